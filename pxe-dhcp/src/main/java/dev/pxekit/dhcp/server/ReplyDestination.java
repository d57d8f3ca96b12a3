package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.internal.Ipv4;
import java.net.InetSocketAddress;

/** Where a reply goes. Pure functions of the packets. */
@FunctionalInterface
interface ReplyDestination {

    InetSocketAddress of(DhcpPacket request, DhcpPacket reply, InetSocketAddress sender);

    /**
     * RFC 2131 §4.1, in this order:
     *
     * <ol>
     *   <li>{@code giaddr} set: to the relay agent's server port;
     *   <li>a NAK: broadcast;
     *   <li>{@code ciaddr} of the request set: to that address;
     *   <li>an INFORM without {@code ciaddr}: to its sender, if that is an address;
     *   <li>broadcast. The RFC would have a reply to a client without the broadcast flag sent to {@code yiaddr} at its hardware
     *       address, and lets a server that cannot do so broadcast; a process without raw sockets cannot.
     * </ol>
     */
    static ReplyDestination rfc2131(int serverPort, int clientPort) {
        return (request, reply, sender) -> {
            if (!request.relayAgent().isAnyLocalAddress()) {
                return new InetSocketAddress(request.relayAgent(), serverPort);
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
        return (request, reply, sender) -> sender;
    }

    private static boolean isType(DhcpPacket packet, MessageType type) {
        return packet.messageType().filter(type::equals).isPresent();
    }
}
