package dev.pxekit.tftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server against packets made by hand. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.pxekit.tftp.TestTransports#all")
class TftpServerTest {

    private static final byte[] CONTENT = RandomFiles.bytes(1, 1300);
    private static final TftpPacket BUSY =
            new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "server busy, try again later");

    private final TftpServer.Transport transport;

    TftpServerTest(TftpServer.Transport transport) {
        this.transport = transport;
    }

    private final RecordingListener served = new RecordingListener();
    private final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : toClose) {
            closeable.close();
        }
    }

    private TftpServer.Builder builder() {
        return TftpServer.builder()
                .bind(Addresses.loopback())
                .transport(transport)
                .files(TftpFiles.of("file", CONTENT))
                .listener(served)
                .retransmissionTimeout(Duration.ofSeconds(20));
    }

    private InetSocketAddress start(TftpServer.Builder builder) throws IOException {
        TftpServer server = builder.build();
        toClose.add(0, server);
        return server.start();
    }

    private PacketSocket peer() throws IOException {
        PacketSocket peer = new PacketSocket();
        toClose.add(peer);
        return peer;
    }

    /** Returns when the server has dealt with every request sent before: it takes them in their order. */
    private void awaitEarlierRequests(InetSocketAddress server) throws IOException {
        PacketSocket last = peer();
        last.send(server, new TftpPacket.WriteRequest("file", TransferMode.OCTET, TftpOptions.none()));
        assertThat(last.receive()).isInstanceOf(TftpPacket.Error.class);
    }

    private static TftpPacket read(String name, String... namesAndValues) {
        return new TftpPacket.ReadRequest(name, TransferMode.OCTET, TestOptions.of(namesAndValues));
    }

    private static TftpPacket ack(int block) {
        return new TftpPacket.Ack(block);
    }

    private static TftpPacket block(int number) {
        int from = (number - 1) * 512;
        return new TftpPacket.Data(
                number, ByteBuffer.wrap(Arrays.copyOfRange(CONTENT, from, Math.min(CONTENT.length, from + 512))));
    }

    /** What follows a block, which the server repeats to a client that is late with its ACK. */
    private static TftpPacket receiveAfter(int block, PacketSocket peer) throws IOException {
        TftpPacket packet = peer.receive();
        while (packet.equals(block(block))) {
            packet = peer.receive();
        }
        return packet;
    }

    private static void finish(PacketSocket peer, int fromBlock) throws IOException {
        for (int number = fromBlock; number <= 3; number++) {
            peer.answer(ack(number - 1));
            assertThat(receiveAfter(number - 1, peer)).isEqualTo(block(number));
        }
        peer.answer(ack(3));
    }

    /**
     * As a client whose ACKs may be lost, in a full receive buffer, or late: a repeated block gets its ACK again, and another
     * transfer's packets are passed over.
     */
    private static void finishPatiently(PacketSocket peer) throws IOException {
        InetSocketAddress transfer = peer.from();
        for (int number = 2; number <= 3; number++) {
            TftpPacket packet = block(number - 1);
            while (packet.equals(block(number - 1))) {
                peer.send(transfer, ack(number - 1));
                packet = peer.receiveFrom(transfer);
            }
            assertThat(packet).isEqualTo(block(number));
        }
        peer.answer(ack(3));
    }

    @Test
    void plainRequestIsServedInBlocksOf512() throws Exception {
        PacketSocket peer = peer();
        peer.send(start(builder()), read("file"));
        assertThat(peer.receive()).isEqualTo(block(1));
        finish(peer, 2);
        assertThat(served.result().isCompleted()).isTrue();
    }

    @Test
    void requestOfOvmfIsProbeAndThenTransfer() throws Exception {
        InetSocketAddress server = start(builder());
        PacketSocket peer = peer();
        peer.send(server, read("file", "tsize", "0", "blksize", "1468", "windowsize", "4"));
        assertThat(peer.receive()).hasToString("OptionAck[options=tsize=1300 blksize=1468 windowsize=4]");
        peer.answer(new TftpPacket.Error(TftpErrorCode.OPTION_NEGOTIATION, "User aborted the transfer"));
        assertThat(served.result().outcome()).isEqualTo(new TransferOutcome.Probe());

        peer.send(server, read("file", "blksize", "1468", "windowsize", "4"));
        assertThat(peer.receive()).hasToString("OptionAck[options=blksize=1468 windowsize=4]");
        peer.answer(ack(0));
        assertThat(peer.receive()).isEqualTo(new TftpPacket.Data(1, ByteBuffer.wrap(CONTENT)));
        peer.answer(ack(1));
        assertThat(served.result().isCompleted()).isTrue();
    }

    @Test
    void anotherRequestFromTheSamePortTakesThePlaceOfTheProbeWhoseErrorWasLost() throws Exception {
        InetSocketAddress server = start(builder());
        PacketSocket peer = peer();
        peer.send(server, read("file", "tsize", "0"));
        assertThat(peer.receive()).isInstanceOf(TftpPacket.OptionAck.class);
        peer.send(server, read("file"));
        assertThat(peer.receive()).isEqualTo(block(1));
        assertThat(served.result().outcome()).isEqualTo(new TransferOutcome.Probe());
        finish(peer, 2);
        assertThat(served.result().isCompleted()).isTrue();
    }

    @Test
    void repeatedRequestDoesNotStartSecondTransfer() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        AtomicInteger opened = new AtomicInteger();
        InetSocketAddress server = start(builder().files(request -> {
            opened.incrementAndGet();
            await(opening);
            return TftpFile.of(CONTENT);
        }));
        PacketSocket peer = peer();
        for (int i = 0; i < 10; i++) {
            peer.send(server, read("file"));
        }
        awaitEarlierRequests(server);
        opening.countDown();
        assertThat(peer.receive()).isEqualTo(block(1));
        InetSocketAddress transfer = peer.from();
        peer.send(server, read("file"));
        awaitEarlierRequests(server);
        finish(peer, 2);
        assertThat(peer.from()).isEqualTo(transfer);
        assertThat(served.result().isCompleted()).isTrue();
        assertThat(opened).hasValue(1);
    }

    @Test
    void clientThatFellSilentAndAsksAgainStartsOver() throws Exception {
        InetSocketAddress server =
                start(builder().retransmissionTimeout(Duration.ofMillis(300)).maxRetransmissions(100));
        PacketSocket peer = peer();
        peer.send(server, read("file"));
        assertThat(peer.receive()).isEqualTo(block(1));
        InetSocketAddress first = peer.from();
        peer.answer(ack(1));
        for (int seen = 0; seen < 2; ) {
            seen += peer.receive().equals(block(2)) ? 1 : 0; // the second time after the timeout
        }
        peer.send(server, read("file"));
        TftpPacket packet = peer.receive();
        while (peer.from().equals(first)) {
            packet = peer.receive();
        }
        assertThat(packet).isEqualTo(block(1));
        finishPatiently(peer);
        assertThat(List.of(served.result().isCompleted(), served.result().isCompleted()))
                .containsExactlyInAnyOrder(false, true);
    }

    @Test
    void strangerGetsErrorFiveAndDisturbsNothing() throws Exception {
        PacketSocket peer = peer();
        peer.send(start(builder()), read("file"));
        assertThat(peer.receive()).isEqualTo(block(1));
        PacketSocket stranger = peer();
        stranger.send(peer.from(), ack(1));
        assertThat(stranger.receive())
                .isEqualTo(new TftpPacket.Error(TftpErrorCode.UNKNOWN_TRANSFER_ID, "unknown transfer ID"));
        stranger.answer(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "die"));
        finish(peer, 2);
        assertThat(served.result().isCompleted()).isTrue();
    }

    @Test
    void junkDisturbsNothing() throws Exception {
        InetSocketAddress server =
                start(builder().retransmissionTimeout(Duration.ofMillis(600)).maxRetransmissions(20));
        PacketSocket peer = peer();
        PacketSocket attacker = peer();
        Random random = new Random(5);
        peer.send(server, read("file"));
        assertThat(peer.receive()).isEqualTo(block(1));
        for (int i = 0; i < 2000; i++) {
            byte[] junk = new byte[random.nextInt(600)];
            random.nextBytes(junk);
            if (junk.length > 1) {
                junk[0] = 0;
                junk[1] = (byte) (3 + random.nextInt(10)); // anything but a request
            }
            attacker.send(i % 2 == 0 ? server : peer.from(), junk);
        }
        finishPatiently(peer);
        assertThat(served.result().isCompleted()).isTrue();
        assertThat(served.isEmpty()).isTrue();
    }

    @Test
    void acceptsEverySequenceOfPacketsFromItsClient() throws Exception {
        InetSocketAddress server = start(builder());
        Random random = new Random(9);
        PacketSocket peer = peer();
        for (int round = 0; round < 50; round++) {
            peer.send(server, read("file", "windowsize", "3", "blksize", "16", "round", "" + round));
            TftpPacket first = peer.receive();
            while (!(first instanceof TftpPacket.OptionAck)) {
                first = peer.receive();
            }
            for (int i = 0; i < 40; i++) {
                byte[] packet = new byte[random.nextInt(40)];
                random.nextBytes(packet);
                if (packet.length > 3 && random.nextInt(4) > 0) {
                    packet[0] = 0;
                    packet[1] = (byte) (random.nextInt(20) == 0 ? random.nextInt(8) : 4);
                    packet[2] = 0;
                }
                peer.send(peer.from(), packet);
            }
        }
        PacketSocket other = peer();
        other.send(server, read("file"));
        assertThat(other.receive()).isEqualTo(block(1));
        finish(other, 2);
    }

    @Test
    void retransmitsToSilentClientAndGivesUp() throws Exception {
        InetSocketAddress server =
                start(builder().retransmissionTimeout(Duration.ofMillis(10)).maxRetransmissions(2));
        PacketSocket peer = peer();
        peer.send(server, read("file"));
        for (int i = 0; i < 3; i++) {
            assertThat(peer.receive()).isEqualTo(block(1));
        }
        TransferResult result = served.result();
        assertThat(result.outcome()).isInstanceOf(TransferOutcome.Failed.class);
        assertThat(result.retransmissions()).isEqualTo(2);
        assertThat(result.bytes()).isZero();
    }

    @Test
    void writeRequestIsAccessViolation() throws Exception {
        PacketSocket peer = peer();
        peer.send(start(builder()), new TftpPacket.WriteRequest("file", TransferMode.OCTET, TftpOptions.none()));
        assertThat(peer.receive()).isEqualTo(new TftpPacket.Error(TftpErrorCode.ACCESS_VIOLATION, "read only"));
    }

    @Test
    void unknownModeIsIllegalOperation() throws Exception {
        PacketSocket peer = peer();
        peer.send(start(builder()), new TftpPacket.ReadRequest("file", TransferMode.of("mail"), TftpOptions.none()));
        assertThat(peer.receive())
                .isInstanceOfSatisfying(
                        TftpPacket.Error.class,
                        error -> assertThat(error.code()).isEqualTo(TftpErrorCode.ILLEGAL_OPERATION));
    }

    @Test
    void overTheLimitIsErrorAndRunningTransfersGoOn() throws Exception {
        InetSocketAddress server = start(builder().maxTransfers(1));
        PacketSocket peer = peer();
        peer.send(server, read("file"));
        assertThat(peer.receive()).isEqualTo(block(1));
        PacketSocket tooMany = peer();
        tooMany.send(server, read("file"));
        assertThat(tooMany.receive()).isEqualTo(BUSY);
        finish(peer, 2);
        assertThat(served.result().isCompleted()).isTrue();
    }

    @Test
    void differentRequestsFromOnePortDoNotPileUpOnTheExecutor() throws Exception {
        CountDownLatch opening = new CountDownLatch(1);
        AtomicInteger opened = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
        toClose.add(executor::shutdownNow);
        InetSocketAddress server =
                start(builder().maxTransfers(4).executor(executor).files(request -> {
                    opened.incrementAndGet();
                    await(opening);
                    return TftpFile.of(CONTENT);
                }));
        PacketSocket peer = peer();
        for (int i = 0; i < 1000; i++) {
            peer.send(server, read("file", "x", "" + i));
            if (i % 100 == 99) {
                awaitEarlierRequests(server);
            }
        }
        assertThat(executor.getQueue()).hasSizeLessThanOrEqualTo(4);
        opening.countDown();
        PacketSocket other = peer();
        TftpPacket answer = BUSY;
        while (answer.equals(BUSY)) {
            other.send(server, read("file"));
            answer = other.receive();
        }
        assertThat(answer).isEqualTo(block(1));
        assertThat(opened)
                .describedAs("requests that were given up are not opened")
                .hasValue(2);
    }

    @Test
    void oneClientAddressCannotTakeAllTransfers() throws Exception {
        InetSocketAddress server = start(builder().maxTransfersPerClient(1));
        PacketSocket peer = peer();
        peer.send(server, read("file"));
        assertThat(peer.receive()).isEqualTo(block(1));
        PacketSocket second = peer();
        second.send(server, read("file"));
        assertThat(second.receive())
                .isEqualTo(new TftpPacket.Error(
                        TftpErrorCode.NOT_DEFINED, "too many transfers of one client (limit: 1), try again later"));
        finish(peer, 2);
        assertThat(served.result().isCompleted()).isTrue();
    }

    @Test
    void memoryIsTakenByClientsThatHaveAnsweredOnly() throws Exception {
        InetSocketAddress server = start(builder().maxMemory(2 * (512 + 4)));
        for (int i = 0; i < 5; i++) {
            PacketSocket silent = peer();
            silent.send(server, read("file", "blksize", "512"));
            assertThat(silent.receive()).isInstanceOf(TftpPacket.OptionAck.class);
        }
        PacketSocket first = peer();
        first.send(server, read("file", "blksize", "512"));
        assertThat(first.receive()).isInstanceOf(TftpPacket.OptionAck.class);
        first.answer(ack(0));
        assertThat(first.receive()).isEqualTo(block(1));
        PacketSocket second = peer();
        second.send(server, read("file", "blksize", "512"));
        assertThat(second.receive()).isInstanceOf(TftpPacket.OptionAck.class);
        second.answer(ack(0));
        assertThat(second.receive()).isEqualTo(BUSY);
        assertThat(served.result().outcome()).isInstanceOf(TransferOutcome.Failed.class);
        finish(first, 2);
        assertThat(served.result().isCompleted()).isTrue();
        second.send(server, read("file"));
        assertThat(second.receive()).isEqualTo(block(1));
    }

    @Test
    void windowShrinksToTheMemoryThatIsLeft() throws Exception {
        PacketSocket peer = peer();
        peer.send(start(builder().maxMemory(4096)), read("file", "windowsize", "16"));
        assertThat(peer.receive()).hasToString("OptionAck[options=windowsize=3]");
    }

    @Test
    void closesAfterTheEventLoopsOfTheCallerHaveEnded() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        EventLoopGroup group = newGroup();
        TftpServer server = builder()
                .eventLoopGroup(group)
                .files(request -> new TftpFile() {
                    @Override
                    public long size() {
                        return CONTENT.length;
                    }

                    @Override
                    public int read(ByteBuffer target, long position) {
                        int length = Math.min(target.remaining(), CONTENT.length - (int) position);
                        target.put(CONTENT, (int) position, length);
                        return length;
                    }

                    @Override
                    public void close() {
                        closed.countDown();
                    }
                })
                .build();
        PacketSocket peer = peer();
        InetSocketAddress address = server.start();
        peer.send(address, read("file"));
        assertThat(peer.receive()).isEqualTo(block(1));
        assertThat(group.shutdownGracefully(0, 10, TimeUnit.SECONDS).await(20, TimeUnit.SECONDS))
                .isTrue();
        assertThatCode(server::close).doesNotThrowAnyException();
        await(closed);
        assertThat(served.result().outcome()).isInstanceOf(TransferOutcome.Failed.class);
        try (DatagramSocket again = new DatagramSocket(address)) {
            assertThat(again.isBound()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"runtime", "io", "null", "own"})
    void filesThatThrowCostTheirClientOnly(String kind) throws Exception {
        InetSocketAddress server =
                start(builder().files(TftpFiles.of("file", CONTENT).orElse(request -> switch (kind) {
                    case "runtime" -> throw new IllegalStateException("/etc/secret");
                    case "io" -> throw new IOException("/etc/secret");
                    case "own" -> throw new TftpErrorException(TftpErrorCode.of(99), "not today");
                    default -> nothing();
                })));
        PacketSocket peer = peer();
        peer.send(server, read("other"));
        assertThat(peer.receive())
                .isEqualTo(
                        kind.equals("own")
                                ? new TftpPacket.Error(TftpErrorCode.of(99), "not today")
                                : new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "cannot read the file"));
        peer.send(server, read("file"));
        assertThat(peer.receive()).isEqualTo(block(1));
    }

    @SuppressWarnings("NullAway") // what a caller without null checks can do
    private static TftpFile nothing() {
        return null;
    }

    @Test
    void fileThatFailsAmidTheTransferEndsItWithAnErrorAndIsClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        TftpFile failing = new TftpFile() {
            @Override
            public long size() {
                return 5000;
            }

            @Override
            public int read(ByteBuffer target, long position) throws IOException {
                if (position >= 512) {
                    throw new IOException("/dev/secret: bad sector");
                }
                target.put(new byte[512]);
                return 512;
            }

            @Override
            public void close() {
                closed.countDown();
            }
        };
        PacketSocket peer = peer();
        peer.send(start(builder().files(request -> failing)), read("file"));
        TftpPacket packet = peer.receive();
        if (packet instanceof TftpPacket.Data) {
            peer.answer(ack(1));
            packet = peer.receive();
        }
        assertThat(packet).isEqualTo(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "cannot read the file"));
        await(closed);
    }

    @Test
    void listenerThatThrowsHarmsNothing() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        InetSocketAddress server = start(builder().listener(new TransferListener() {
            @Override
            public void started(Transfer transfer) {
                throw new IllegalStateException("started");
            }

            @Override
            public void ended(TransferResult result) {
                ended.countDown();
                throw new IllegalStateException("ended");
            }
        }));
        PacketSocket peer = peer();
        peer.send(server, read("file"));
        assertThat(peer.receive()).isEqualTo(block(1));
        finish(peer, 2);
        await(ended);
    }

    @Test
    void executorThatTakesNoMoreMeansBusy() throws Exception {
        InetSocketAddress server = start(builder().executor(task -> {
            throw new RejectedExecutionException("full");
        }));
        PacketSocket peer = peer();
        peer.send(server, read("file"));
        assertThat(peer.receive()).isEqualTo(BUSY);
        assertThat(served.result().outcome()).isInstanceOf(TransferOutcome.Failed.class);
    }

    @Test
    void transfersWithPortsOfTheirOwnTakeThemFromTheRange() throws Exception {
        int free = 0;
        InetSocketAddress server = Addresses.loopback();
        PacketSocket peer = peer();
        TftpPacket first = BUSY;
        // Another program may take a port that was free a moment ago.
        for (int tries = 0; tries < 20 && first.equals(BUSY); tries++) {
            try (DatagramSocket probe = new DatagramSocket(Addresses.loopback())) {
                free = probe.getLocalPort();
            }
            server = start(builder().ports(TftpServer.Ports.TRANSFER).portRange(free, free));
            peer.send(server, read("file"));
            first = peer.receive();
        }
        assertThat(first).isEqualTo(block(1));
        assertThat(peer.from().getPort()).isEqualTo(free);
        PacketSocket second = peer();
        second.send(server, read("file"));
        assertThat(second.receive()).isEqualTo(BUSY);
        finish(peer, 2);
    }

    @Test
    void uploadsHaveHalfOfTheRange(@TempDir Path root) throws Exception {
        TftpPacket.WriteRequest write = new TftpPacket.WriteRequest("new", TransferMode.OCTET, TftpOptions.none());
        PacketSocket writer = peer();
        TftpPacket answer = BUSY;
        Set<Integer> shared = new HashSet<>();
        // Another program may take one of the two ports.
        for (int tries = 0; tries < 20 && answer.equals(BUSY); tries++) {
            int free;
            try (DatagramSocket probe = new DatagramSocket(Addresses.loopback())) {
                free = probe.getLocalPort();
            }
            InetSocketAddress server = start(builder()
                    .uploads(TftpUploads.into(root))
                    .portRange(Math.min(free, 65_534), Math.min(free, 65_534) + 1));
            shared.clear();
            for (int i = 0; i < 4; i++) {
                PacketSocket reader = peer();
                reader.send(server, read("file"));
                reader.receive();
                shared.add(reader.from().getPort());
            }
            writer.send(server, write);
            answer = writer.receive();
        }
        assertThat(answer).isEqualTo(new TftpPacket.Ack(0));
        assertThat(shared).hasSize(1).doesNotContain(writer.from().getPort());
    }

    @Test
    void onePortIsNotEnoughForReadsToShareAndUploads(@TempDir Path root) {
        TftpServer.Builder builder = builder().uploads(TftpUploads.into(root)).portRange(5000, 5000);
        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5000..5000 (expected: more than one port");
        assertThat(builder.ports(TftpServer.Ports.SERVER).build()).isNotNull();
    }

    @Test
    void transfersShareThePortsOfTheRange() throws Exception {
        InetSocketAddress server = start(builder().portRange(20_000, 60_000));
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            PacketSocket first = peer();
            first.send(server, read("file"));
            assertThat(first.receive()).isEqualTo(block(1));
            ports.add(first.from().getPort());
            PacketSocket second = peer();
            second.send(server, read("file"));
            assertThat(second.receive()).isEqualTo(block(1));
            ports.add(second.from().getPort());
            finish(second, 2);
            finish(first, 2);
        }
        assertThat(ports).hasSize(8).allMatch(port -> port >= 20_000 && port <= 60_000);
    }

    @Test
    void everythingOnThePortOfTheServer() throws Exception {
        InetSocketAddress server = start(builder().ports(TftpServer.Ports.SERVER));
        PacketSocket first = peer();
        first.send(server, read("file", "blksize", "512"));
        assertThat(first.receive()).isInstanceOf(TftpPacket.OptionAck.class);
        assertThat(first.from()).isEqualTo(server);
        PacketSocket second = peer();
        second.send(server, read("file"));
        assertThat(second.receive()).isEqualTo(block(1));
        assertThat(second.from()).isEqualTo(server);
        first.answer(ack(0));
        assertThat(first.receive()).isEqualTo(block(1));
        first.send(server, read("absent"));
        assertThat(receiveAfter(1, first))
                .isEqualTo(new TftpPacket.Error(TftpErrorCode.FILE_NOT_FOUND, "file not found"));
        finish(second, 2);
    }

    @Test
    void closeTellsRunningClientsAndIsIdempotent() throws Exception {
        TftpServer server = builder().build();
        InetSocketAddress address = server.start();
        PacketSocket peer = peer();
        peer.send(address, read("file"));
        assertThat(peer.receive()).isEqualTo(block(1));
        server.close();
        TftpPacket last = peer.receive();
        while (last instanceof TftpPacket.Data) {
            last = peer.receive();
        }
        assertThat(last).isEqualTo(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "server is shutting down"));
        assertThat(served.result().outcome()).isInstanceOf(TransferOutcome.Failed.class);
        assertThatCode(server::close).doesNotThrowAnyException();
        assertThatThrownBy(server::start).isInstanceOf(IllegalStateException.class);
        try (DatagramSocket again = new DatagramSocket(address)) {
            assertThat(again.isBound()).isTrue();
        }
    }

    @Test
    void closeWithGraceLetsRunningTransfersEnd() throws Exception {
        TftpServer server = builder().build();
        InetSocketAddress address = server.start();
        PacketSocket peer = peer();
        peer.send(address, read("file"));
        assertThat(peer.receive()).isEqualTo(block(1));
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> server.close(Duration.ofSeconds(60)));
        finish(peer, 2);
        assertThat(closed).succeedsWithin(Duration.ofSeconds(20));
        assertThat(served.result().isCompleted()).isTrue();
    }

    @Test
    void closeEndsTheGraceOfAnother() throws Exception {
        TftpServer server = builder().build();
        InetSocketAddress address = server.start();
        assertThat(server.transport()).isEqualTo(transport);
        PacketSocket peer = peer();
        peer.send(address, read("file"));
        assertThat(peer.receive()).isEqualTo(block(1));
        CompletableFuture<Void> closed = CompletableFuture.runAsync(() -> server.close(Duration.ofSeconds(60)));
        server.close();
        assertThat(closed).succeedsWithin(Duration.ofSeconds(20));
        assertThat(peer.receive())
                .isEqualTo(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "server is shutting down"));
    }

    @Test
    void graceEnds() throws Exception {
        TftpServer server = builder().build();
        InetSocketAddress address = server.start();
        PacketSocket peer = peer();
        peer.send(address, read("file"));
        assertThat(peer.receive()).isEqualTo(block(1));
        server.close(Duration.ofMillis(50));
        assertThat(peer.receive())
                .isEqualTo(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "server is shutting down"));
    }

    @Test
    void policyRefusesAndCapsOptionsOfClient() throws Exception {
        InetSocketAddress server = start(builder()
                .optionPolicy(request -> request.fileName().equals("file")
                        ? TftpOptions.builder().set(TftpOption.BLOCK_SIZE, 600).build()
                        : request.options()));
        PacketSocket peer = peer();
        peer.send(server, read("file", "tsize", "0", "blksize", "1400"));
        assertThat(peer.receive()).hasToString("OptionAck[options=blksize=600]");
        InetSocketAddress plain = start(builder().optionPolicy(OptionPolicy.refusing("BLKSIZE", "blksize", "tsize")));
        PacketSocket another = peer();
        another.send(plain, read("file", "tsize", "0", "blksize", "1400"));
        assertThat(another.receive()).isEqualTo(block(1));
    }

    @Test
    void wildcardAnswersFromTheAddressThatWasAsked() throws Exception {
        InetSocketAddress server = start(builder().bind(new InetSocketAddress(0)));
        List<InetAddress> addresses = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLinkLocalAddress())
                .toList();
        assertThat(addresses).contains(InetAddress.getLoopbackAddress());
        for (InetAddress address : addresses) {
            try (PacketSocket peer = new PacketSocket(new DatagramSocket())) {
                peer.send(new InetSocketAddress(address, server.getPort()), read("file", "tsize", "0"));
                peer.receive();
                assertThat(peer.from().getAddress()).isEqualTo(address);
                peer.answer(new TftpPacket.Error(TftpErrorCode.OPTION_NEGOTIATION, ""));
            }
            assertThat(served.result().outcome()).isEqualTo(new TransferOutcome.Probe());
        }
    }

    @Test
    void closeDoesNotWaitForFilesThatNeverOpen() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        CountDownLatch opening = new CountDownLatch(1);
        ExecutorService executor = Executors.newCachedThreadPool();
        toClose.add(executor::shutdownNow);
        TftpServer server = builder()
                .executor(executor)
                .files(request -> {
                    opening.countDown();
                    await(never);
                    throw new NoSuchFileException("too late");
                })
                .build();
        PacketSocket peer = peer();
        peer.send(server.start(), read("file"));
        await(opening);
        server.close();
        assertThat(peer.receive())
                .isEqualTo(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "server is shutting down"));
        never.countDown();
        assertThat(served.result().outcome()).isInstanceOf(TransferOutcome.Failed.class);
    }

    @Test
    void closesNeitherGroupNorExecutorThatItWasGiven() throws Exception {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        EventLoopGroup group = newGroup();
        toClose.add(executor::shutdownNow);
        toClose.add(() -> group.shutdownGracefully(0, 1, TimeUnit.SECONDS));
        TftpServer server = builder().executor(executor).eventLoopGroup(group).build();
        PacketSocket peer = peer();
        InetSocketAddress address = server.start();
        peer.send(address, read("file"));
        assertThat(peer.receive()).isEqualTo(block(1));
        server.close();
        try (DatagramSocket again = new DatagramSocket(address)) {
            assertThat(again.isBound()).isTrue();
        }
        assertThat(executor.isShutdown()).isFalse();
        assertThat(group.isShuttingDown()).isFalse();
    }

    @SuppressWarnings("deprecation") // the class that Netty 4.1 and 4.2 share
    private EventLoopGroup newGroup() throws IOException {
        return Transports.of(transport, null)
                .newGroup(1, new DefaultThreadFactory("test"), DefaultSelectStrategyFactory.INSTANCE);
    }

    @Test
    void saysWhatToDoWhenThePortIsTaken() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(Addresses.loopback())) {
            TftpServer server = builder()
                    .bind((InetSocketAddress) taken.getLocalSocketAddress())
                    .build();
            assertThatThrownBy(server::start)
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("another server has this port");
        }
    }

    @Test
    void saysWhatToDoWhenTheAddressIsNotOfThisMachine() {
        TftpServer server =
                builder().bind(new InetSocketAddress("192.0.2.1", 0)).build();
        assertThatThrownBy(server::start)
                .isInstanceOf(BindException.class)
                .hasMessageContaining("no network interface of this machine has this address");
    }

    @Test
    void refusesLimitsOutOfRange() {
        TftpServer.Builder builder = TftpServer.builder();
        List.<Runnable>of(
                        () -> builder.maxBlockSize(511),
                        () -> builder.maxBlockSize(65465),
                        () -> builder.maxWindowSize(0),
                        () -> builder.maxTransfers(0),
                        () -> builder.maxTransfersPerClient(0),
                        () -> builder.maxMemory(1023),
                        () -> builder.maxTransferMemory(1023),
                        () -> builder.portRange(0, 10),
                        () -> builder.portRange(10, 9),
                        () -> builder.retransmissionTimeout(Duration.ZERO),
                        () -> builder.maxRetransmissions(-1),
                        () -> builder.bind(InetSocketAddress.createUnresolved("host.invalid", 69)))
                .forEach(call -> assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void servesManyRequestsFromManyPorts() throws Exception {
        InetSocketAddress server = start(builder());
        List<PacketSocket> peers = new ArrayList<>();
        for (int i : IntStream.range(0, 100).toArray()) {
            PacketSocket peer = peer();
            peer.send(server, read("file", "x", "" + i));
            peers.add(peer);
        }
        for (PacketSocket peer : peers) {
            assertThat(peer.receive()).isEqualTo(block(1));
            finish(peer, 2);
        }
        for (int i = 0; i < peers.size(); i++) {
            assertThat(served.result().isCompleted()).isTrue();
        }
    }

    @Test
    void servesTextMadeForEachClient() throws Exception {
        InetSocketAddress server = start(builder()
                .files(request -> TftpFile.of(("port " + request.client().getPort()).getBytes(UTF_8))));
        PacketSocket peer = peer();
        peer.send(server, read("script"));
        assertThat(peer.receive())
                .isEqualTo(new TftpPacket.Data(
                        1, ByteBuffer.wrap(("port " + peer.address().getPort()).getBytes(UTF_8))));
        peer.answer(ack(1));
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
