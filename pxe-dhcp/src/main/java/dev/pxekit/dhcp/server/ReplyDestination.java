package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.transport.Received;
import java.net.InetSocketAddress;

/** Where a reply goes. */
@FunctionalInterface
interface ReplyDestination {

    InetSocketAddress of(DhcpPacket request, DhcpPacket reply, Received received);

    /**
     * RFC 2131 §4.1, in this order:
     *
     * <ol>
     *   <li>{@code giaddr} set: to the relay agent's server port, or the port that it asks from if it says so (RFC 8357);
     *   <li>a NAK: broadcast;
     *   <li>{@code ciaddr} of the request set: to that address;
     *   <li>an INFORM without {@code ciaddr}: to its sender, if that is an address;
     *   <li>broadcast. The RFC would have a reply to a client without the broadcast flag sent to {@code yiaddr} at its hardware
     *       address, and lets a server that cannot do so broadcast: {@link NeighbourDelivery} can.
     * </ol>
     */
    static ReplyDestination rfc2131(int serverPort, int clientPort) {
        return (request, reply, received) -> {
            InetSocketAddress sender = received.sender();
            if (!request.relayAgent().isAnyLocalAddress()) {
                return new InetSocketAddress(
                        request.relayAgent(), hasRelaySourcePort(request) ? sender.getPort() : serverPort);
            }
            if (isType(reply, MessageType.NAK)) {
                return new InetSocketAddress(Ipv4.BROADCAST, clientPort);
            }
            if (!request.clientAddress().isAnyLocalAddress()) {
                return new InetSocketAddress(request.clientAddress(), clientPort);
            }
            if (isType(request, MessageType.INFORM) && !sender.getAddress().isAnyLocalAddress()) {
                return new InetSocketAddress(sender.getAddress(), clientPort);
            }
            return new InetSocketAddress(Ipv4.BROADCAST, clientPort);
        };
    }

    /** Back to where the request came from: port 4011, and servers without privileges. */
    static ReplyDestination sender() {
        return (request, reply, received) -> received.sender();
    }

    private static boolean hasRelaySourcePort(DhcpPacket request) {
        return request.options()
                .get(DhcpOption.RELAY_AGENT_INFORMATION)
                .flatMap(agent -> agent.get(RelayAgentInformation.RELAY_SOURCE_PORT))
                .isPresent();
    }

    private static boolean isType(DhcpPacket packet, MessageType type) {
        return packet.messageType().filter(type::equals).isPresent();
    }
}
