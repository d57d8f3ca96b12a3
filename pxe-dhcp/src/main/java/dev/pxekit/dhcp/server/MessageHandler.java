package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.transport.DatagramHandler;
import dev.pxekit.dhcp.transport.Received;
import dev.pxekit.dhcp.v6.Dhcp6Codec;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The DHCPv6 side of a server's sockets: datagrams are decoded, answered, and the answers sent where they belong. */
final class MessageHandler implements DatagramHandler {

    private static final Logger LOG = LoggerFactory.getLogger(MessageHandler.class);

    private static final int PEER_ADDRESS = 18;
    private static final int RELAY_HEADER_LENGTH = 34;
    private static final int MESSAGE_HEADER_LENGTH = 4;
    private static final int OPTION_HEADER_LENGTH = 4;

    private final Dhcp6Responder responder;
    private final ListenerBoundary<Dhcp6ServerListener> listener;
    private final boolean replyToSender;
    private final int relayPort;
    private final int clientPort;

    MessageHandler(Dhcp6Responder responder, Dhcp6Server.Builder settings) {
        this.responder = responder;
        this.listener = settings.boundary();
        this.replyToSender = settings.isReplyToSender();
        this.relayPort = settings.relayPort();
        this.clientPort = settings.clientPort();
    }

    /** The client's DUID, or for want of one the address that it sent from, as the relay agent next to it says if there is one. */
    @Override
    public long client(byte[] octets, InetSocketAddress sender) {
        long peer = sender.hashCode();
        int message = 0;
        while (isRelayForward(octets, message)) {
            int end = message + RELAY_HEADER_LENGTH;
            peer = Arrays.hashCode(Arrays.copyOfRange(octets, message + PEER_ADDRESS, end));
            message = option(octets, end, Dhcp6Option.RELAY_MESSAGE.code()) + OPTION_HEADER_LENGTH;
        }
        int duid = option(octets, message + MESSAGE_HEADER_LENGTH, Dhcp6Option.CLIENT_IDENTIFIER.code());
        if (duid + OPTION_HEADER_LENGTH > octets.length) {
            return peer;
        }
        int end = Math.min(octets.length, duid + OPTION_HEADER_LENGTH + readShort(octets, duid + 2));
        return Arrays.hashCode(Arrays.copyOfRange(octets, duid, end));
    }

    private static boolean isRelayForward(byte[] octets, int message) {
        return message + RELAY_HEADER_LENGTH <= octets.length && octets[message] == Dhcp6MessageType.RELAY_FORW.code();
    }

    /** Where the first option of a code begins among those from an offset on; beyond the last whole one if there is none. */
    private static int option(byte[] octets, int from, int code) {
        int option = from;
        while (option + OPTION_HEADER_LENGTH <= octets.length && readShort(octets, option) != code) {
            option += OPTION_HEADER_LENGTH + readShort(octets, option + 2);
        }
        return option;
    }

    private static int readShort(byte[] octets, int offset) {
        return (octets[offset] & 0xff) << 8 | (octets[offset + 1] & 0xff);
    }

    @Override
    public void answer(Received received, Replies replies) {
        InetSocketAddress sender = received.sender();
        Dhcp6Message request;
        try {
            request = Dhcp6Codec.decode(received.octets());
        } catch (DhcpFormatException e) {
            listener.tell(l -> l.malformed(sender, e));
            replies.drop("malformed", e);
            return;
        }
        if (!(sender.getAddress() instanceof Inet6Address address)) {
            replies.drop("not from an IPv6 address", null);
            return;
        }
        Arrival6 arrival = new Arrival6(address, received.interfaceName(), isUnicast(received, address));
        AnswerSteps.<Dhcp6Message>take(
                replies,
                () -> responder.respond(request, arrival),
                answer -> finish(request, answer, sender, replies),
                e -> listener.tell(l -> l.ignored(request, "failed: " + e)));
    }

    private void finish(Dhcp6Message request, Answer<Dhcp6Message> answer, InetSocketAddress sender, Replies replies) {
        Optional<Throwable> failure = answer.failure();
        failure.ifPresent(cause -> replies.fail("the lease store failed", cause));
        Answer<Dhcp6Message> told =
                failure.map(cause -> responder.failed(request, cause)).orElse(answer);
        told.announcement().run();
        told.reply().ifPresent(reply -> send(request, reply, sender, replies));
    }

    /**
     * What a client sends from an address that is not link-local can only be by unicast (RFC 8415 §13.1), also where the socket does
     * not tell how it was addressed.
     */
    private boolean isUnicast(Received received, Inet6Address sender) {
        InetAddress local = received.localAddress();
        boolean toAddress = !local.isAnyLocalAddress() && !local.isMulticastAddress();
        return !replyToSender && (toAddress || !sender.isLinkLocalAddress());
    }

    private void send(Dhcp6Message request, Dhcp6Message answer, InetSocketAddress sender, Replies replies) {
        InetSocketAddress target = destination(request, sender);
        LOG.atDebug().addKeyValue("peer", sender).addKeyValue("to", target).log("{} -> {}", request, answer);
        replies.send(Dhcp6Codec.encode(answer), target);
    }

    /** RFC 8415 §18.3.10; RFC 8357 §5 for relay agents on a port of their own. */
    private InetSocketAddress destination(Dhcp6Message request, InetSocketAddress sender) {
        if (replyToSender || (request.isRelay() && request.options().contains(Dhcp6Option.RELAY_SOURCE_PORT))) {
            return sender;
        }
        return new InetSocketAddress(sender.getAddress(), request.isRelay() ? relayPort : clientPort);
    }
}
