package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv4;
import java.util.List;
import java.util.Optional;

/** What makes a packet one that no server may answer, whatever it asks for. */
final class RequestCheck {

    /**
     * Octets, its parts joined, of an option that goes back to the client, stays with its lease, or is gone through for each
     * option of the reply: as many as one can hold.
     */
    private static final int LONGEST = 255;

    private static final List<DhcpOption<?>> BOUNDED = List.of(
            DhcpOption.CLIENT_IDENTIFIER,
            DhcpOption.RELAY_AGENT_INFORMATION,
            DhcpOption.PARAMETER_REQUEST_LIST,
            DhcpOption.CLIENT_ARCHITECTURES);

    private RequestCheck() {}

    /** Why the packet must not be answered, or nothing. */
    static Optional<String> fault(DhcpPacket packet) {
        if (!packet.isRequest()) {
            return Optional.of("a reply, sent to a server");
        }
        if (packet.relayAgent().equals(Ipv4.BROADCAST) || packet.relayAgent().isMulticastAddress()) {
            return Optional.of("giaddr is a broadcast or multicast address");
        }
        for (DhcpOption<?> bounded : BOUNDED) {
            if (packet.options().length(bounded.code()) > LONGEST) {
                return Optional.of(bounded + " of more than " + LONGEST + " octets");
            }
        }
        HardwareAddress address = packet.clientHardwareAddress();
        if (address.type() == HardwareAddress.ETHERNET && address.length() > 0 && (address.bytes()[0] & 1) != 0) {
            return Optional.of("chaddr is a group address");
        }
        if (address.isZero()
                && packet.options().get(DhcpOption.CLIENT_IDENTIFIER).isEmpty()) {
            return Optional.of("neither hardware address nor client identifier");
        }
        return Optional.empty();
    }
}
