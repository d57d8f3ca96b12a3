package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.Octets;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.RecordFormat;

/**
 * The value of option 68, which virtual private network a client is in (RFC 6607).
 *
 * @param type 0 a name, 1 an identifier (RFC 2685), 255 the global network; 0 to 255
 * @param information what the type says it is, possibly empty
 */
public record VirtualSubnetSelection(int type, Octets information) {

    static final OptionFormat<VirtualSubnetSelection> FORMAT = RecordFormat.of(
            field("type", OptionFormat.unsignedByte(), VirtualSubnetSelection::type),
            field("information", OptionFormat.octets(), VirtualSubnetSelection::information),
            VirtualSubnetSelection::new);

    /**
     * Checks the range.
     *
     * @param type the type, 0 to 255
     * @param information what the type says it is
     * @throws IllegalArgumentException if the type is out of range
     */
    public VirtualSubnetSelection {
        Ranges.check("type", type, 255);
    }
}
