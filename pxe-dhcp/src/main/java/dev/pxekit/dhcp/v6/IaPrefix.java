package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.Optional;

/**
 * The value of option IAPREFIX, a prefix in an identity association (RFC 8415 §21.22).
 *
 * @param preferredLifetime how long it is preferred, in whole seconds; 4294967295 means without end
 * @param validLifetime how long it is valid, in whole seconds; 4294967295 means without end. A client must drop a prefix
 *     whose preferred lifetime is longer
 * @param prefixLength how many bits of the prefix count, 0 to 128
 * @param prefix the prefix, as an address
 * @param options a status, if any
 */
public record IaPrefix(
        Duration preferredLifetime, Duration validLifetime, int prefixLength, Inet6Address prefix, Dhcp6Options options)
        implements OptionHolder {

    static final OptionFormat<IaPrefix> FORMAT = RecordFormat.of(
            field("preferredLifetime", OptionFormat.seconds(), IaPrefix::preferredLifetime),
            field("validLifetime", OptionFormat.seconds(), IaPrefix::validLifetime),
            field("prefixLength", OptionFormat.unsignedByte(), IaPrefix::prefixLength),
            field("prefix", OptionFormat.address6(), IaPrefix::prefix),
            field("options", Dhcp6Options.FORMAT, IaPrefix::options),
            IaPrefix::new);

    /**
     * Checks the ranges.
     *
     * @param preferredLifetime how long it is preferred, 0 to 4294967295 seconds
     * @param validLifetime how long it is valid, 0 to 4294967295 seconds
     * @param prefixLength how many bits of the prefix count, 0 to 128
     * @param prefix the prefix, as an address
     * @param options a status, if any
     * @throws IllegalArgumentException if a lifetime or the length is out of range
     */
    public IaPrefix {
        Ranges.checkSeconds("preferred lifetime", preferredLifetime);
        Ranges.checkSeconds("valid lifetime", validLifetime);
        Ranges.checkPrefixLength(prefixLength);
    }

    /** {@return the status of the prefix; absent means success} */
    public Optional<Status> status() {
        return options.get(Dhcp6Option.STATUS_CODE);
    }
}
