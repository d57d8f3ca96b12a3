package dev.pxekit.dhcp.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.internal.Ipv6;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class DatagramServiceTest {

    private static final RateLimits MANY = new RateLimits(1_000_000, 1_000_000, 1_000_000);

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

    private static Stream<DatagramTransport> transports() throws IOException {
        return EpollTransport.unavailability().isEmpty()
                ? Stream.of(Transports.nio(), Transports.epoll())
                : Stream.of(Transports.nio());
    }

    private DatagramService service(DatagramTransport transport, RateLimits limits) {
        return new DatagramService(new ServiceSettings(
                transport,
                null,
                null,
                limits,
                (reason, packets, sender) -> told.add(packets + " " + reason + " " + sender.getPort())));
    }

    /** Clients are told apart by their first octet. */
    private interface Answers extends DatagramHandler {
        @Override
        default long client(byte[] octets, InetSocketAddress sender) {
            return octets.length == 0 ? -1 : octets[0];
        }
    }

    private static final Answers ECHO = (received, replies) -> replies.send(received.octets(), received.sender());

    private static void send(DatagramSocket socket, InetSocketAddress server, int... octets) throws IOException {
        byte[] packet = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            packet[i] = (byte) octets[i];
        }
        socket.send(new DatagramPacket(packet, packet.length, server));
    }

    private static int[] receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100_000], 100_000);
        socket.setSoTimeout(20_000);
        socket.receive(packet);
        int[] octets = new int[packet.getLength()];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = packet.getData()[i];
        }
        return octets;
    }

    @ParameterizedTest
    @MethodSource("transports")
    void answersTheDatagramsOfOneClientInTheirOrder(DatagramTransport transport) throws Exception {
        try (DatagramService service = service(transport, MANY);
                DatagramSocket client = new DatagramSocket(0, Ipv4.parse("127.0.0.1"))) {
            InetSocketAddress server = service.listen(List.of(Ipv4.parse("127.0.0.1")), 0, true, ECHO);
            for (int i = 0; i < 100; i++) {
                send(client, server, 1, i);
            }
            for (int i = 0; i < 100; i++) {
                assertThat(receive(client)).containsExactly(1, i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void oneClientThatWaitsDoesNotHoldUpOthers(DatagramTransport transport) throws Exception {
        CountDownLatch last = new CountDownLatch(40);
        Answers together = (received, replies) -> {
            last.countDown();
            try {
                last.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            replies.send(received.octets(), received.sender());
        };
        try (DatagramService service = service(transport, MANY);
                DatagramSocket client = new DatagramSocket(0, Ipv4.parse("127.0.0.1"))) {
            InetSocketAddress server = service.listen(List.of(Ipv4.parse("127.0.0.1")), 0, true, together);
            for (int i = 0; i < 40; i++) {
                send(client, server, i);
            }
            assertThat(receive(client)).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void manyAnswersThatWaitForSomethingElseTakeNoThread(DatagramTransport transport) throws Exception {
        int many = 200; // as many as there is room for in a receive buffer, and more than there are threads
        CountDownLatch waiting = new CountDownLatch(many);
        CompletableFuture<Void> event = new CompletableFuture<>();
        DatagramHandler later = new DatagramHandler() {
            @Override
            public long client(byte[] octets, InetSocketAddress sender) {
                return waiting.getCount();
            }

            @Override
            public void answer(Received received, Replies replies) {
                replies.after(event, () -> {
                    told.add(Thread.currentThread().getName());
                    replies.send(received.octets(), received.sender());
                });
                waiting.countDown();
            }
        };
        try (DatagramService service = service(transport, MANY);
                DatagramSocket client = new DatagramSocket(0, Ipv4.parse("127.0.0.1"))) {
            InetSocketAddress server = service.listen(List.of(Ipv4.parse("127.0.0.1")), 0, true, later);
            for (int i = 0; i < many; i++) {
                send(client, server, i);
            }
            waiting.await();
            event.complete(null);
            assertThat(receive(client)).hasSize(1);
            assertThat(told).allMatch(thread -> thread.startsWith("pxekit-dhcp-worker"));
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void sendsAnswersThatWaitWhenItIsClosed(DatagramTransport transport) throws Exception {
        CountDownLatch waiting = new CountDownLatch(1);
        CompletableFuture<Void> event = new CompletableFuture<>();
        Answers later = (received, replies) -> {
            replies.after(event, () -> replies.send(received.octets(), received.sender()));
            waiting.countDown();
        };
        try (DatagramService service = service(transport, MANY);
                DatagramSocket client = new DatagramSocket(0, Ipv4.parse("127.0.0.1"))) {
            InetSocketAddress server = service.listen(List.of(Ipv4.parse("127.0.0.1")), 0, true, later);
            send(client, server, 7);
            waiting.await();
            Thread closing = new Thread(service::close);
            closing.start();
            awaitThatItWaitsForAnswers(closing);
            event.complete(null);
            assertThat(receive(client)).containsExactly(7);
            closing.join();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void tellsOnceWhatIsTooMuch(DatagramTransport transport) throws Exception {
        try (DatagramService service = service(transport, new RateLimits(1, 3, 1000));
                DatagramSocket client = new DatagramSocket(0, Ipv4.parse("127.0.0.1"))) {
            InetSocketAddress server = service.listen(List.of(Ipv4.parse("127.0.0.1")), 0, true, ECHO);
            for (int i = 0; i < 20; i++) {
                send(client, server, 1, i);
            }
            for (int i = 0; i < 3; i++) {
                assertThat(receive(client)).containsExactly(1, i);
            }
            // Another client is served meanwhile, and tells that all of the others have been read.
            send(client, server, 2);
            int[] answer = receive(client);
            while (answer[0] != 2) {
                answer = receive(client);
            }
            assertThat(service.droppedPackets()).isBetween(10L, 17L);
            // Told on the executor, which may come after the other client's answer.
            assertThat(told.take()).isEqualTo("1 " + RateLimiter.CLIENT + " " + client.getLocalPort());
            assertThat(told).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void servesIpv6AndTheLongestDatagrams(DatagramTransport transport) throws Exception {
        Inet6Address loopback = Ipv6.parse("::1");
        try (DatagramService service = service(transport, MANY);
                DatagramSocket client = new DatagramSocket(0, loopback)) {
            InetSocketAddress server = service.listen(loopback, 0, List.of(), List.of(), ECHO);
            send(client, server, new int[60_000]);
            assertThat(receive(client)).hasSize(60_000);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void servesSeveralAddressesOnOnePort(DatagramTransport transport) throws Exception {
        List<Inet4Address> addresses = List.of(Ipv4.parse("127.0.0.1"), Ipv4.parse("127.0.0.2"));
        Answers local =
                (received, replies) -> replies.send(received.localAddress().getAddress(), received.sender());
        try (DatagramService service = service(transport, MANY);
                DatagramSocket client = new DatagramSocket(0, Ipv4.parse("127.0.0.1"))) {
            InetSocketAddress first = service.listen(addresses, 0, true, local);
            send(client, first);
            assertThat(receive(client)).containsExactly(127, 0, 0, 1);
            send(client, new InetSocketAddress(addresses.get(1), first.getPort()));
            assertThat(receive(client)).containsExactly(127, 0, 0, 2);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void joinsGroups(DatagramTransport transport) throws Exception {
        Inet6Address group = Ipv6.parse("ff02::1:2");
        NetworkInterface loopback = NetworkInterface.getByInetAddress(Ipv6.parse("::1"));
        try (DatagramService service = service(transport, MANY)) {
            InetSocketAddress server = service.listen(Ipv6.parse("::"), 0, List.of(group), List.of(loopback), ECHO);
            assertThat(server.getPort()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void sendsTheAnswersThatRunWhenItIsClosed(DatagramTransport transport) throws Exception {
        CountDownLatch taken = new CountDownLatch(8);
        CountDownLatch closing = new CountDownLatch(1);
        Answers slow = (received, replies) -> {
            taken.countDown();
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            replies.send(received.octets(), received.sender());
        };
        DatagramService service = service(transport, MANY);
        Thread closer = new Thread(service::close);
        try (DatagramSocket client = new DatagramSocket(0, Ipv4.parse("127.0.0.1"))) {
            InetSocketAddress server = service.listen(List.of(Ipv4.parse("127.0.0.1")), 0, true, slow);
            for (int i = 0; i < 8; i++) {
                send(client, server, i);
            }
            taken.await();
            closer.start();
            awaitThatItWaitsForAnswers(closer);
            send(client, server, 99);
            closing.countDown();
            closer.join();
            Set<Integer> answered = new HashSet<>();
            for (int i = 0; i < 8; i++) {
                answered.add(receive(client)[0]);
            }
            assertThat(answered).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7);
        } finally {
            closing.countDown();
            service.close();
        }
    }

    /** Where it waits is the one sign from outside that the sockets are in the state in which answers end. */
    private static void awaitThatItWaitsForAnswers(Thread closer) {
        while (Stream.of(closer.getStackTrace())
                .noneMatch(frame -> frame.getClassName().equals(RunningAnswers.class.getName()))) {
            assertThat(closer.isAlive()).isTrue();
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void canBeClosedAfterTheEventLoopsThatItWasGiven(DatagramTransport transport) throws Exception {
        EventLoopGroup group = transport.newGroup(1, new DefaultThreadFactory("test", true));
        DatagramService service =
                new DatagramService(new ServiceSettings(transport, group, null, MANY, (reason, packets, sender) -> {}));
        service.listen(List.of(Ipv4.parse("127.0.0.1")), 0, true, ECHO);
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        assertThatCode(service::close).doesNotThrowAnyException();
    }
}
