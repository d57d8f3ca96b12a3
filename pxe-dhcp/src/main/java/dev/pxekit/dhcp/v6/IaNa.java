package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.time.Duration;
import java.util.List;

/**
 * The value of option IA_NA, an identity association for non-temporary addresses (RFC 8415 §21.4).
 *
 * @param iaid the association's number, 0 to 4294967295
 * @param renewalTime T1, after which the client renews, in whole seconds: 0 leaves it to the client, 4294967295 means never
 * @param rebindingTime T2, after which the client rebinds, in whole seconds: 0 leaves it to the client, 4294967295 means never
 * @param options the addresses, and a status
 */
public record IaNa(long iaid, Duration renewalTime, Duration rebindingTime, Dhcp6Options options)
        implements IdentityAssociation, OptionHolder {

    static final OptionFormat<IaNa> FORMAT = RecordFormat.of(
            field("iaid", OptionFormat.unsignedInt(), IaNa::iaid),
            field("renewalTime", OptionFormat.seconds(), IaNa::renewalTime),
            field("rebindingTime", OptionFormat.seconds(), IaNa::rebindingTime),
            field("options", Dhcp6Options.FORMAT, IaNa::options),
            IaNa::new);

    /**
     * Checks the ranges.
     *
     * @param iaid the association's number, 0 to 4294967295
     * @param renewalTime T1, 0 to 4294967295 seconds
     * @param rebindingTime T2, 0 to 4294967295 seconds
     * @param options the addresses, and a status
     * @throws IllegalArgumentException if one of them is out of range
     */
    public IaNa {
        Ranges.check("IAID", iaid, LARGEST_IAID);
        Ranges.checkSeconds("renewal time", renewalTime);
        Ranges.checkSeconds("rebinding time", rebindingTime);
    }

    /** {@return the addresses in the association, in wire order} */
    public List<IaAddress> addresses() {
        return options.getAll(Dhcp6Option.IA_ADDRESS);
    }
}
