package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.util.List;

/**
 * The value of option IA_TA, an identity association for temporary addresses (RFC 8415 §21.5; dropped by RFC 9915).
 *
 * @param iaid the association's number, 0 to 4294967295
 * @param options the addresses, and a status
 */
public record IaTa(long iaid, Dhcp6Options options) implements IdentityAssociation, OptionHolder {

    static final OptionFormat<IaTa> FORMAT = RecordFormat.of(
            field("iaid", OptionFormat.unsignedInt(), IaTa::iaid),
            field("options", Dhcp6Options.FORMAT, IaTa::options),
            IaTa::new);

    /**
     * Checks the range.
     *
     * @param iaid the association's number, 0 to 4294967295
     * @param options the addresses, and a status
     * @throws IllegalArgumentException if the number is out of range
     */
    public IaTa {
        Ranges.check("IAID", iaid, LARGEST_IAID);
    }

    /** {@return the addresses in the association, in wire order} */
    public List<IaAddress> addresses() {
        return options.getAll(Dhcp6Option.IA_ADDRESS);
    }
}
