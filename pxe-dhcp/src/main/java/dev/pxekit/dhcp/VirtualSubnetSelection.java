package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;

/**
 * The VPN in option 221, in suboption 151 of option 82 and in DHCPv6 option 68 (RFC 6607 §3). Immutable.
 *
 * @param type 0 a name in ASCII, 1 a VPN-ID of seven octets (RFC 2685), 255 the global, default VPN, 0 to 255
 * @param information the name or VPN-ID; none for the default VPN
 */
public record VirtualSubnetSelection(int type, Octets information) {

    static final OptionFormat<VirtualSubnetSelection> FORMAT = RecordFormat.of(
            field("type", OptionFormat.unsignedByte(), VirtualSubnetSelection::type),
            field("information", OptionFormat.octets(), VirtualSubnetSelection::information),
            VirtualSubnetSelection::new);

    /**
     * Checks the ranges.
     *
     * @param type 0 a name in ASCII, 1 a VPN-ID of seven octets (RFC 2685), 255 the global, default VPN
     * @param information the name or VPN-ID
     * @throws IllegalArgumentException if a number is out of range
     */
    public VirtualSubnetSelection {
        Ranges.check("virtual subnet selection type", type, 255);
    }
}
