package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.transport.DatagramHandler;
import dev.pxekit.dhcp.transport.Received;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The DHCPv4 side of a server's sockets: datagrams are decoded, answered, and the replies sent where they belong. */
final class PacketHandler implements DatagramHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PacketHandler.class);

    /** The {@code chaddr} field (RFC 2131 §2). */
    private static final int HARDWARE_ADDRESS = 28;

    private static final int HARDWARE_ADDRESS_END = 44;

    private final Responder responder;
    private final ReplyDestination destination;
    private final SafeListener listener;

    PacketHandler(Responder responder, ReplyDestination destination, SafeListener listener) {
        this.responder = responder;
        this.destination = destination;
        this.listener = listener;
    }

    @Override
    public long client(byte[] octets, InetSocketAddress sender) {
        long hash = 1;
        for (int i = HARDWARE_ADDRESS; i < HARDWARE_ADDRESS_END && i < octets.length; i++) {
            hash = 31 * hash + octets[i];
        }
        return hash;
    }

    @Override
    public void answer(Received received, Replies replies) {
        InetSocketAddress sender = received.sender();
        DhcpPacket request;
        try {
            request = DhcpCodec.decode(received.octets());
        } catch (DhcpFormatException e) {
            listener.tell(l -> l.malformed(sender, e));
            replies.drop("malformed", e);
            return;
        }
        try {
            responder.respond(request, received).ifPresent(reply -> send(request, reply, received, replies));
        } catch (RuntimeException e) {
            // The boundary to the caller's boot policy, lease store and clock: only this client goes without an answer.
            replies.drop("failed", null);
            LOG.atWarn().addKeyValue("peer", sender).setCause(e).log("request failed: {}", request);
            listener.tell(l -> l.ignored(request, "failed: " + e));
        }
    }

    private void send(DhcpPacket request, DhcpPacket reply, Received received, Replies replies) {
        InetSocketAddress target = destination.of(request, reply, received);
        LOG.atDebug()
                .addKeyValue("peer", received.sender())
                .addKeyValue("to", target)
                .log("{} -> {}", request, reply);
        replies.send(DhcpCodec.encode(reply), target);
    }
}
