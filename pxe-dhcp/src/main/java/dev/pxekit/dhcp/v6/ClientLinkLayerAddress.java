package dev.pxekit.dhcp.v6;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.Octets;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.util.Optional;

/**
 * The value of option 79, the client's link-layer address as the relay agent next to it saw it (RFC 6939 §4).
 *
 * @param type the hardware type in the ARP registry, 0 to 65535; 1 is Ethernet
 * @param address the address
 */
public record ClientLinkLayerAddress(int type, Octets address) {

    static final OptionFormat<ClientLinkLayerAddress> FORMAT = RecordFormat.of(
            field("type", OptionFormat.unsignedShort(), ClientLinkLayerAddress::type),
            field("address", OptionFormat.octets(), ClientLinkLayerAddress::address),
            ClientLinkLayerAddress::new);

    /**
     * Checks the range.
     *
     * @param type the hardware type, 0 to 65535
     * @param address the address
     * @throws IllegalArgumentException if the type is out of range
     */
    public ClientLinkLayerAddress {
        Ranges.check("hardware type", type, 0xffff);
    }

    /**
     * {@return the hardware address; empty if DHCPv4 has no room for it (a type over 255, more than 16 octets)}
     */
    public Optional<HardwareAddress> hardwareAddress() {
        return type > 0xff || address.length() > 16
                ? Optional.empty()
                : Optional.of(HardwareAddress.of(type, address.bytes()));
    }
}
