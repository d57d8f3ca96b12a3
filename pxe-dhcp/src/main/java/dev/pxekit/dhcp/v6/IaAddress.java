package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.Optional;

/**
 * The value of option IAADDR, an address in an identity association (RFC 8415 §21.6).
 *
 * @param address the address
 * @param preferredLifetime how long it is preferred, in whole seconds; 4294967295 means without end
 * @param validLifetime how long it is valid, in whole seconds; 4294967295 means without end. A client must drop an address
 *     whose preferred lifetime is longer
 * @param options a status, if any
 */
public record IaAddress(Inet6Address address, Duration preferredLifetime, Duration validLifetime, Dhcp6Options options)
        implements OptionHolder {

    static final OptionFormat<IaAddress> FORMAT = RecordFormat.of(
            field("address", OptionFormat.address6(), IaAddress::address),
            field("preferredLifetime", OptionFormat.seconds(), IaAddress::preferredLifetime),
            field("validLifetime", OptionFormat.seconds(), IaAddress::validLifetime),
            field("options", Dhcp6Options.FORMAT, IaAddress::options),
            IaAddress::new);

    /**
     * Checks the ranges.
     *
     * @param address the address
     * @param preferredLifetime how long it is preferred, 0 to 4294967295 seconds
     * @param validLifetime how long it is valid, 0 to 4294967295 seconds
     * @param options a status, if any
     * @throws IllegalArgumentException if a lifetime is out of range
     */
    public IaAddress {
        Ranges.checkSeconds("preferred lifetime", preferredLifetime);
        Ranges.checkSeconds("valid lifetime", validLifetime);
    }

    /** {@return the status of the address; absent means success} */
    public Optional<Status> status() {
        return options.get(Dhcp6Option.STATUS_CODE);
    }
}
