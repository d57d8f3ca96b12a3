package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.transport.DatagramHandler;
import dev.pxekit.dhcp.transport.Received;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How clients are told apart before their packets are decoded, and when they are answered. */
class PacketHandlerTest {

    private final PacketHandler handler = new PacketHandler(
            (request, received) -> Answer.of(Optional.empty()),
            ReplyDestination.sender(),
            new ListenerBoundary<>(new DhcpServerListener() {}));

    private long client(byte[] octets) {
        return handler.client(octets, new InetSocketAddress(Ipv4.ANY, 68));
    }

    private static byte[] packet(MessageType type, String hardwareAddress, int clientIdentifier) {
        return packet(type, hardwareAddress, clientIdentifier, Ipv4.ANY);
    }

    private static byte[] packet(
            MessageType type, String hardwareAddress, int clientIdentifier, Inet4Address relayAgent) {
        return DhcpCodec.encode(DhcpPacket.builder()
                .messageType(type)
                .relayAgent(relayAgent)
                .clientHardwareAddress(HardwareAddress.parse(hardwareAddress))
                .option(DhcpOption.CLIENT_IDENTIFIER, ClientIdentifier.of(new byte[] {0, 1, (byte) clientIdentifier}))
                .build());
    }

    @Test
    void tellsClientsByTheirHardwareAddress() {
        long one = client(packet(MessageType.DISCOVER, "52:54:00:77:00:01", 1));
        assertThat(client(packet(MessageType.REQUEST, "52:54:00:77:00:01", 2))).isEqualTo(one);
        assertThat(client(packet(MessageType.DISCOVER, "52:54:00:77:00:02", 1))).isNotEqualTo(one);
        assertThat(client(packet(MessageType.DISCOVER, "52:54:00:77:01:00", 1))).isNotEqualTo(one);
    }

    @Test
    void tellsClientsWithoutOneByTheirIdentifier() {
        String none = "00:00:00:00:00:00";
        long one = client(packet(MessageType.DISCOVER, none, 1));
        assertThat(client(packet(MessageType.REQUEST, none, 1))).isEqualTo(one);
        assertThat(client(packet(MessageType.DISCOVER, none, 2))).isNotEqualTo(one);
    }

    /** Nobody elsewhere uses up the rate of a client by sending its address, or its identifier. */
    @Test
    void tellsClientsBehindDifferentRelayAgents() {
        for (String address : List.of("52:54:00:77:00:01", "00:00:00:00:00:00")) {
            byte[] here = packet(MessageType.DISCOVER, address, 1);
            byte[] there = packet(MessageType.DISCOVER, address, 1, Ipv4.parse("10.78.0.2"));
            byte[] elsewhere = packet(MessageType.DISCOVER, address, 1, Ipv4.parse("10.79.0.2"));
            assertThat(client(here)).isNotEqualTo(client(there));
            assertThat(client(there)).isNotEqualTo(client(elsewhere));
            assertThat(client(packet(MessageType.REQUEST, address, 1, Ipv4.parse("10.78.0.2"))))
                    .isEqualTo(client(there));
        }
    }

    @Test
    void sendsNothingBeforeTheLeaseIsKept() {
        CompletableFuture<Void> recorded = new CompletableFuture<>();
        Replies replies = new Replies();
        answer(recorded, replies);
        assertThat(replies.events).isEmpty();
        recorded.complete(null);
        assertThat(replies.events).containsExactly("announced", "sent");
    }

    @Test
    void sendsNothingIfTheLeaseCannotBeKept() {
        CompletableFuture<Void> recorded = new CompletableFuture<>();
        Replies replies = new Replies();
        answer(recorded, replies);
        recorded.completeExceptionally(new IOException("disk full"));
        assertThat(replies.events)
                .containsExactly("failed: the lease store failed", "ignored: lease store failed: disk full");
    }

    @Test
    void anAnnouncementThatFailsCostsThisClientOnly() {
        Replies replies = new Replies();
        answer(CompletableFuture.completedFuture(null), replies, () -> {
            throw new IllegalStateException("broken");
        });
        assertThat(replies.events)
                .containsExactly(
                        "failed: a boot policy, class, lease store or clock threw an exception",
                        "ignored: failed: java.lang.IllegalStateException: broken");
    }

    private static void answer(CompletableFuture<Void> recorded, Replies replies) {
        answer(recorded, replies, () -> replies.events.add("announced"));
    }

    private static void answer(CompletableFuture<Void> recorded, Replies replies, Runnable announcement) {
        byte[] octets = packet(MessageType.REQUEST, "52:54:00:77:00:01", 1);
        DhcpServerListener listener = new DhcpServerListener() {
            @Override
            public void ignored(DhcpPacket request, String reason) {
                replies.events.add("ignored: " + reason);
            }
        };
        new PacketHandler(
                        (request, received) -> new Answer<>(
                                Optional.of(DhcpPacket.replyTo(request, MessageType.ACK)
                                        .build()),
                                recorded,
                                announcement),
                        ReplyDestination.sender(),
                        new ListenerBoundary<>(listener))
                .answer(new Received(octets, new InetSocketAddress(Ipv4.ANY, 68), Ipv4.ANY, "eth0"), replies);
    }

    private static final class Replies implements DatagramHandler.Replies {

        private final List<String> events = new ArrayList<>();

        @Override
        public void send(byte[] octets, InetSocketAddress target) {
            events.add("sent");
        }

        @Override
        public void after(CompletableFuture<?> event, Runnable rest) {
            event.whenComplete((result, failure) -> rest.run());
        }

        @Override
        public void fail(String why, Throwable cause) {
            events.add("failed: " + why);
        }

        @Override
        public void drop(String why, @Nullable Throwable cause) {
            events.add("dropped: " + why);
        }
    }

    @Test
    void bearsAnyOctets() {
        Random random = new Random(77);
        for (int length = 0; length < 600; length++) {
            byte[] octets = new byte[length];
            client(octets);
            for (int i = 240; i < length; i++) {
                octets[i] = (byte) random.nextInt();
            }
            client(octets);
        }
    }
}
