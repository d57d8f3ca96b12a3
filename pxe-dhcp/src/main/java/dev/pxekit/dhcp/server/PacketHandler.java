package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.transport.DatagramHandler;
import dev.pxekit.dhcp.transport.Received;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The DHCPv4 side of a server's sockets: datagrams are decoded, answered, and the replies sent where they belong. */
final class PacketHandler implements DatagramHandler {

    private static final Logger LOG = LoggerFactory.getLogger(PacketHandler.class);

    /** The {@code giaddr} field, with {@code chaddr} behind it (RFC 2131 §2). */
    private static final int RELAY_AGENT = 24;

    private static final int HARDWARE_ADDRESS = 28;

    private static final int HARDWARE_ADDRESS_END = 44;

    /** Behind the magic cookie. */
    private static final int OPTIONS = 240;

    private static final int PAD = 0;
    private static final int END = 255;

    /** The hash of a hardware address of zeros. */
    private static final long ANONYMOUS = 0;

    private final Responder responder;
    private final ReplyDestination destination;
    private final ListenerBoundary<DhcpServerListener> listener;

    PacketHandler(Responder responder, ReplyDestination destination, ListenerBoundary<DhcpServerListener> listener) {
        this.responder = responder;
        this.destination = destination;
        this.listener = listener;
    }

    /**
     * By its hardware address; without one, as of InfiniBand, by its client identifier (RFC 4390 §2.1). And by its relay agent:
     * whoever sends a client's address from elsewhere does not use up its rate.
     */
    @Override
    public long client(byte[] octets, InetSocketAddress sender) {
        if (hash(octets, HARDWARE_ADDRESS, HARDWARE_ADDRESS_END) != ANONYMOUS) {
            return hash(octets, RELAY_AGENT, HARDWARE_ADDRESS_END);
        }
        long relayAgent = hash(octets, RELAY_AGENT, HARDWARE_ADDRESS);
        int at = OPTIONS;
        while (at + 1 < octets.length && (octets[at] & 0xff) != END) {
            int next = octets[at] == PAD ? at + 1 : at + 2 + (octets[at + 1] & 0xff);
            if (octets[at] == DhcpOption.CLIENT_IDENTIFIER.code()) {
                return 31 * relayAgent + hash(octets, at + 2, next);
            }
            at = next;
        }
        return relayAgent;
    }

    private static long hash(byte[] octets, int begin, int end) {
        long hash = 0;
        for (int i = begin; i < end && i < octets.length; i++) {
            hash = 257 * hash + octets[i];
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
        AnswerSteps.<DhcpPacket>take(
                replies,
                () -> responder.respond(request, received),
                answer -> finish(request, answer, received, replies),
                e -> listener.tell(l -> l.ignored(request, "failed: " + e)));
    }

    private void finish(DhcpPacket request, Answer<DhcpPacket> answer, Received received, Replies replies) {
        Optional<Throwable> failure = answer.failure();
        if (failure.isPresent()) {
            replies.fail("the lease store failed", failure.get());
            listener.tell(l ->
                    l.ignored(request, "lease store failed: " + failure.get().getMessage()));
            return;
        }
        answer.announcement().run();
        answer.reply().ifPresent(reply -> send(request, reply, received, replies));
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
