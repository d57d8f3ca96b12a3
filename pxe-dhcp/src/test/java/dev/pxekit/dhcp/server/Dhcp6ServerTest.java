package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pxekit.dhcp.Await;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.lease.LeaseStore;
import dev.pxekit.dhcp.v6.Dhcp6Codec;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A server through sockets on loopback. */
@Timeout(30)
class Dhcp6ServerTest {

    private static final Inet6Address LOOPBACK = Ipv6.parse("::1");

    private final Recorder6 recorder = new Recorder6();

    @BeforeAll
    static void needsIpv6() throws Exception {
        assumeTrue(NetworkInterface.getByInetAddress(LOOPBACK) != null, "no interface has the address ::1");
    }

    private Dhcp6Server.Builder server() {
        return Dhcp6Server.builder()
                .bind("::1")
                .port(0)
                .replyToSender()
                .serverIdentifier(Link6.SERVER)
                .listener(recorder)
                .subnet(Link6.subnet().build());
    }

    private static Dhcp6Message ask(DatagramSocket socket, InetSocketAddress server, byte[] request)
            throws IOException {
        socket.send(new DatagramPacket(request, request.length, server));
        DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
        socket.receive(answer);
        return Dhcp6Codec.decode(Arrays.copyOf(answer.getData(), answer.getLength()));
    }

    private static DatagramSocket client() throws IOException {
        DatagramSocket socket = new DatagramSocket(0, LOOPBACK);
        socket.setSoTimeout(10_000);
        return socket;
    }

    @Test
    void leasesAndReleases() throws Exception {
        try (Dhcp6Server server = server().build();
                DatagramSocket client = client()) {
            InetSocketAddress address = server.start();
            byte[] solicit = Dhcp6Codec.encode(Link6.solicit(Link6.CLIENT, 7).build());
            String offered = Link6.address(ask(client, address, solicit));
            Dhcp6Message.Builder request = Link6.toServer(Dhcp6MessageType.REQUEST, Link6.CLIENT)
                    .addOption(Dhcp6Option.IA_NA, Link6.association(7, offered));
            Dhcp6Message reply = ask(client, address, Dhcp6Codec.encode(request.build()));
            assertThat(reply.type()).isEqualTo(Dhcp6MessageType.REPLY);
            assertThat(Link6.address(reply)).isEqualTo(offered);
            Dhcp6Message.Builder release = Link6.toServer(Dhcp6MessageType.RELEASE, Link6.CLIENT)
                    .addOption(Dhcp6Option.IA_NA, Link6.association(7, offered));
            Dhcp6Message released = ask(client, address, Dhcp6Codec.encode(release.build()));
            assertThat(Link6.status(released.options())).contains("Success");
            assertThat(recorder.events)
                    .containsExactly("advertise", "leased " + offered, "reply", "released " + offered, "reply");
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void answersByEveryTransport(Transport transport) throws Exception {
        assumeTrue(transport != Transport.EPOLL || Epoll.isAvailable(), "no epoll");
        try (Dhcp6Server server = server().transport(transport).build();
                DatagramSocket client = client()) {
            byte[] solicit = Dhcp6Codec.encode(Link6.solicit(Link6.CLIENT, 7).build());
            assertThat(ask(client, server.start(), solicit).type()).isEqualTo(Dhcp6MessageType.ADVERTISE);
        }
    }

    @Test
    void answersOneClientOnlySoOften() throws Exception {
        try (Dhcp6Server server = server().clientRateLimit(1, 2).build();
                DatagramSocket client = client()) {
            InetSocketAddress address = server.start();
            byte[] solicit = Dhcp6Codec.encode(Link6.solicit(Link6.CLIENT, 7).build());
            // Not more than there is room for: what the system drops is not told, and so could be the other client's.
            for (int i = 0; i < 20; i++) {
                client.send(new DatagramPacket(solicit, solicit.length, address));
            }
            Await.until(() -> recorder.events.stream().anyMatch(event -> event.startsWith("dropped: ")));
            assertThat(server.droppedPackets()).isPositive();
            byte[] other = Dhcp6Codec.encode(Link6.solicit(dev.pxekit.dhcp.v6.Duid.uuid(new java.util.UUID(1, 2)), 7)
                    .transactionId(0x123456)
                    .build());
            Dhcp6Message answer = ask(client, address, other);
            while (answer.transactionId() != 0x123456) {
                DatagramPacket next = new DatagramPacket(new byte[2000], 2000);
                client.receive(next);
                answer = Dhcp6Codec.decode(Arrays.copyOf(next.getData(), next.getLength()));
            }
            assertThat(answer.type()).isEqualTo(Dhcp6MessageType.ADVERTISE);
        }
    }

    @Test
    void answersThroughARelayAgent() throws Exception {
        try (Dhcp6Server server = server().build();
                DatagramSocket client = client()) {
            Dhcp6Message relayed = Dhcp6Message.relay(
                            Link6.solicit(Link6.CLIENT, 7).build(), Ipv6.parse("fd77::fe"), Link6.SENDER)
                    .build();
            Dhcp6Message answer = ask(client, server.start(), Dhcp6Codec.encode(relayed));
            assertThat(answer.type()).isEqualTo(Dhcp6MessageType.RELAY_REPL);
            assertThat(Link6.address(answer.innermost())).startsWith("fd77::1");
        }
    }

    /** RFC 8357 §5: to the port that the relay agent asks from, with its option. */
    @Test
    void answersARelayAgentOnThePortThatItAsksFrom() throws Exception {
        try (Dhcp6Server server = Dhcp6Server.builder()
                        .bind("::1")
                        .port(0)
                        .serverIdentifier(Link6.SERVER)
                        .subnet(Link6.subnet().build())
                        .build();
                DatagramSocket relayAgent = client()) {
            Dhcp6Message relayed = Dhcp6Message.relay(
                            Link6.solicit(Link6.CLIENT, 7).build(), Ipv6.parse("fd77::fe"), Link6.SENDER)
                    .option(Dhcp6Option.RELAY_SOURCE_PORT, 0)
                    .build();
            Dhcp6Message answer = ask(relayAgent, server.start(), Dhcp6Codec.encode(relayed));
            assertThat(answer.options().contains(Dhcp6Option.RELAY_SOURCE_PORT)).isTrue();
        }
    }

    @Test
    void outlivesWhatIsNoMessageAndAPolicyThatFails() throws Exception {
        try (Dhcp6Server server = server().policy(client -> {
                            throw new IllegalStateException("policy");
                        })
                        .build();
                DatagramSocket client = client()) {
            InetSocketAddress address = server.start();
            byte[] junk = {1, 2};
            client.send(new DatagramPacket(junk, junk.length, address));
            byte[] boot = Dhcp6Codec.encode(Link6.solicit(Link6.CLIENT, 7)
                    .option(Dhcp6Option.USER_CLASSES, List.of("iPXE"))
                    .build());
            client.send(new DatagramPacket(boot, boot.length, address));
            byte[] solicit = Dhcp6Codec.encode(Link6.solicit(Link6.CLIENT, 7).build());
            assertThat(ask(client, address, solicit).type()).isEqualTo(Dhcp6MessageType.ADVERTISE);
            // Junk is nobody's: it may be looked at after what a client sent later; drops are told after they are
            // counted.
            Await.until(() -> recorder.events.size() >= 4 && server.droppedPackets() >= 2);
            assertThat(recorder.events)
                    .containsExactlyInAnyOrder(
                            "malformed",
                            "ignored: failed: java.lang.IllegalStateException: policy",
                            "dropped: a boot policy, class, lease store or clock threw an exception",
                            "advertise");
            assertThat(server.droppedPackets()).isEqualTo(2);
        }
    }

    @Test
    void saysWhenTheLeaseStoreFails() throws Exception {
        LeaseStore broken = new BrokenStore();
        Link6 link = Link6.ordinary();
        link.settings.leaseStore(broken);
        Engine6 responder = link.responder();
        assertThat(responder.respond(Link6.solicit(Link6.CLIENT, 7).build(), Link6.multicast()))
                .isEmpty();
        Dhcp6Message renew = Link6.toServer(Dhcp6MessageType.RENEW, Link6.CLIENT)
                .addOption(Dhcp6Option.IA_NA, Link6.association(7, "fd77::100"))
                .build();
        assertThat(Link6.status(Link6.answer(responder, renew).options())).contains("UnspecFail");
        assertThat(link.recorder.events).containsExactly("ignored: lease store failed: disk full", "reply");
    }

    private static final class BrokenStore implements LeaseStore {

        @Override
        public Optional<Lease> find(java.net.InetAddress address) throws IOException {
            throw new IOException("disk full");
        }

        @Override
        public List<Lease> find(dev.pxekit.dhcp.ClientIdentifier client) throws IOException {
            throw new IOException("disk full");
        }

        @Override
        public Optional<java.net.InetAddress> freeAddress(dev.pxekit.dhcp.lease.AddressPool pool, Instant now)
                throws IOException {
            throw new IOException("disk full");
        }

        @Override
        public Optional<java.net.InetAddress> offeredAddress(dev.pxekit.dhcp.lease.AddressPool pool, Instant now)
                throws IOException {
            throw new IOException("disk full");
        }

        @Override
        public boolean claim(Lease lease, Instant now) throws IOException {
            throw new IOException("disk full");
        }

        @Override
        public void forEach(java.util.function.Consumer<? super Lease> action) {}

        @Override
        public void close() {}
    }

    @Test
    void saysWhatIsWrongWithTheMachine() {
        Subnet6 subnet = Link6.subnet().build();
        assertThatThrownBy(() -> Dhcp6Server.builder()
                        .subnet(subnet)
                        .networkInterface("nonesuch0")
                        .build()
                        .start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no interface nonesuch0 (there are: ");
        assertThatThrownBy(() -> Dhcp6Server.builder()
                        .subnet(subnet)
                        .bind("::1")
                        .port(0)
                        .build()
                        .start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("serverIdentifier(duid)");
        assertThatThrownBy(() -> Dhcp6Server.builder()
                        .subnet(subnet)
                        .bind("fd99::99")
                        .build()
                        .start())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no interface has the address fd99::99");
    }

    @Test
    void startsOnceAndClosesTwice() throws Exception {
        Dhcp6Server server = server().build();
        server.start();
        assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
        server.close();
        server.close();
        assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tellsClientsApartByTheirDuidAndElseByWhereTheyAre() {
        MessageHandler handler =
                new MessageHandler(Link6.ordinary().responder().responder(), Link6.ordinary().settings);
        InetSocketAddress relay = new InetSocketAddress(Ipv6.parse("fd77::fe"), 547);
        Dhcp6Message known = Link6.solicit(Link6.CLIENT, 7).build();
        Dhcp6Message anonymous =
                Dhcp6Message.builder(Dhcp6MessageType.INFORMATION_REQUEST).build();
        long direct = handler.client(Dhcp6Codec.encode(known), relay);
        long[] clients = new long[2];
        for (int i = 0; i < 2; i++) {
            assertThat(handler.client(nested(known, i), relay)).isEqualTo(direct);
            clients[i] = handler.client(nested(anonymous, i), relay);
        }
        assertThat(clients[0]).isNotEqualTo(clients[1]);
        for (byte[] octets = nested(known, 1); octets.length > 0; octets = Arrays.copyOf(octets, octets.length - 1)) {
            assertThat(handler.client(octets, relay)).isNotZero();
        }
    }

    private static byte[] nested(Dhcp6Message message, int client) {
        Dhcp6Message inner = Dhcp6Message.relay(message, Ipv6.ANY, Ipv6.parse("fe80::" + client))
                .build();
        return Dhcp6Codec.encode(
                Dhcp6Message.relay(inner, Ipv6.parse("fd77::fe"), Link6.SENDER).build());
    }
}
