package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.time.Duration;
import java.util.List;

/**
 * The value of option IA_PD, an identity association for delegated prefixes (RFC 8415 §21.21).
 *
 * @param iaid the association's number, 0 to 4294967295
 * @param renewalTime T1, after which the client renews, in whole seconds: 0 leaves it to the client, 4294967295 means never
 * @param rebindingTime T2, after which the client rebinds, in whole seconds: 0 leaves it to the client, 4294967295 means never
 * @param options the prefixes, and a status
 */
public record IaPd(long iaid, Duration renewalTime, Duration rebindingTime, Dhcp6Options options)
        implements IdentityAssociation, OptionHolder {

    static final OptionFormat<IaPd> FORMAT = RecordFormat.of(
            field("iaid", OptionFormat.unsignedInt(), IaPd::iaid),
            field("renewalTime", OptionFormat.seconds(), IaPd::renewalTime),
            field("rebindingTime", OptionFormat.seconds(), IaPd::rebindingTime),
            field("options", Dhcp6Options.FORMAT, IaPd::options),
            IaPd::new);

    /**
     * Checks the ranges.
     *
     * @param iaid the association's number, 0 to 4294967295
     * @param renewalTime T1, 0 to 4294967295 seconds
     * @param rebindingTime T2, 0 to 4294967295 seconds
     * @param options the prefixes, and a status
     * @throws IllegalArgumentException if one of them is out of range
     */
    public IaPd {
        Ranges.check("IAID", iaid, LARGEST_IAID);
        Ranges.checkSeconds("renewal time", renewalTime);
        Ranges.checkSeconds("rebinding time", rebindingTime);
    }

    /** {@return the prefixes in the association, in wire order} */
    public List<IaPrefix> prefixes() {
        return options.getAll(Dhcp6Option.IA_PREFIX);
    }
}
