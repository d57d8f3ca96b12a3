package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A server that is written to, against packets made by hand. */
@ParameterizedClass(name = "{0}")
@MethodSource("dev.pxekit.tftp.TestTransports#all")
class WriteRequestTest {

    private final TftpServer.Transport transport;

    WriteRequestTest(TftpServer.Transport transport) {
        this.transport = transport;
    }

    @TempDir
    Path root;

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
                .uploads(TftpUploads.into(root))
                .listener(served)
                .retransmissionTimeout(Duration.ofSeconds(20));
    }

    private Peer peerOf(TftpServer.Builder builder) throws IOException {
        TftpServer server = builder.build();
        toClose.add(0, server);
        return new Peer(server.start());
    }

    /** A client that writes. */
    private final class Peer extends PacketSocket {
        private final InetSocketAddress server;

        Peer(InetSocketAddress server) throws IOException {
            this.server = server;
            toClose.add(this);
        }

        void ask(String name, String... namesAndValues) throws IOException {
            send(server, new TftpPacket.WriteRequest(name, TransferMode.OCTET, TestOptions.of(namesAndValues)));
        }

        void block(int number, int length) throws IOException {
            answer(new TftpPacket.Data(number, ByteBuffer.allocate(length)));
        }
    }

    private static TftpPacket ack(int block) {
        return new TftpPacket.Ack(block);
    }

    private static TftpErrorCode codeOf(TftpPacket packet) {
        assertThat(packet).isInstanceOf(TftpPacket.Error.class);
        return ((TftpPacket.Error) packet).code();
    }

    @ParameterizedTest
    @EnumSource(TftpServer.Ports.class)
    void answersAckWithoutOptions(TftpServer.Ports ports) throws Exception {
        Peer peer = peerOf(builder().ports(ports));
        peer.ask("file");
        assertThat(peer.receive()).isEqualTo(ack(0));
        assertThat(peer.from().equals(peer.server)).isEqualTo(ports == TftpServer.Ports.SERVER);
        peer.block(1, 512);
        assertThat(peer.receive()).isEqualTo(ack(1));
        peer.block(2, 0);
        assertThat(peer.receive()).isEqualTo(ack(2));
        assertThat(root.resolve("file")).hasSize(512);
    }

    @Test
    void answersOptionsThatItKnowsWithinItsLimits() throws Exception {
        Peer peer = peerOf(builder().maxBlockSize(1000).maxWindowSize(4));
        peer.ask("file", "tsize", "5", "blksize", "1428", "color", "blue", "windowsize", "8", "timeout", "3");
        assertThat(peer.receive()).hasToString("OptionAck[options=tsize=5 blksize=1000 windowsize=4 timeout=3]");
    }

    @Test
    void optionPolicyCounts() throws Exception {
        Peer peer = peerOf(builder().optionPolicy(OptionPolicy.refusing("blksize")));
        peer.ask("file", "blksize", "1428", "tsize", "5");
        assertThat(peer.receive()).hasToString("OptionAck[options=tsize=5]");
    }

    @ParameterizedTest
    @EnumSource(TftpServer.Ports.class)
    void lastBlockThatIsRepeatedIsAcknowledgedAgainAfterTheEnd(TftpServer.Ports ports) throws Exception {
        Peer peer = peerOf(builder().ports(ports));
        peer.ask("file");
        peer.receive();
        peer.block(1, 3);
        assertThat(peer.receive()).isEqualTo(ack(1));
        assertThat(served.result().isCompleted()).isTrue();
        peer.block(1, 3);
        assertThat(peer.receive()).isEqualTo(ack(1));
        assertThat(root.resolve("file")).hasSize(3);
    }

    @Test
    void sameClientPortWritesFileAfterFile() throws Exception {
        Peer peer = peerOf(builder().ports(TftpServer.Ports.SERVER));
        for (int i = 1; i <= 3; i++) {
            peer.ask("file" + i);
            assertThat(peer.receive()).isEqualTo(ack(0));
            peer.block(1, i);
            assertThat(peer.receive()).isEqualTo(ack(1));
            served.result();
            assertThat(root.resolve("file" + i)).hasSize(i);
        }
    }

    @Test
    void lastBlockThatIsRepeatedIsAcknowledgedAgainWhileTheServerClosesInGrace() throws Exception {
        TftpServer server = builder().build();
        toClose.add(0, server);
        Peer peer = new Peer(server.start());
        peer.ask("file");
        peer.receive();
        peer.block(1, 3);
        assertThat(peer.receive()).isEqualTo(ack(1));
        Thread closing = new Thread(() -> server.close(Duration.ofMinutes(1)));
        closing.start();
        while (Set.of(Thread.State.NEW, Thread.State.RUNNABLE, Thread.State.BLOCKED)
                .contains(closing.getState())) {
            Thread.onSpinWait();
        }
        peer.block(1, 3);
        assertThat(peer.receive()).isEqualTo(ack(1));
        closing.join();
    }

    @Test
    void requestThatIsRepeatedDoesNotBeginTwice() throws Exception {
        AtomicInteger opened = new AtomicInteger();
        DirectoryUploads uploads = TftpUploads.into(root);
        Peer peer = peerOf(builder().uploads(request -> {
            opened.incrementAndGet();
            return uploads.open(request);
        }));
        peer.ask("file");
        peer.ask("file");
        peer.receive();
        peer.ask("file");
        peer.block(1, 3);
        assertThat(peer.receive()).isEqualTo(ack(1));
        assertThat(opened).hasValue(1);
    }

    @Test
    void anotherRequestOfTheClientEndsTheFirst() throws Exception {
        Peer peer = peerOf(builder());
        peer.ask("file");
        peer.receive();
        peer.block(1, 512);
        peer.receive();
        peer.ask("other");
        assertThat(peer.receive()).isEqualTo(ack(0));
        assertThat(served.result().outcome())
                .isEqualTo(new TransferOutcome.Failed(TftpErrorCode.NOT_DEFINED, "client: asked for something else"));
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void errorOfTheClientLeavesNothing() throws Exception {
        Peer peer = peerOf(builder());
        peer.ask("file");
        peer.receive();
        peer.block(1, 512);
        peer.receive();
        peer.answer(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "enough"));
        assertThat(served.result().outcome())
                .isEqualTo(new TransferOutcome.Failed(TftpErrorCode.NOT_DEFINED, "client: enough"));
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void strangerGetsErrorFiveAndDisturbsNothing() throws Exception {
        Peer peer = peerOf(builder());
        peer.ask("file");
        peer.receive();
        Peer stranger = new Peer(peer.server);
        stranger.send(peer.from(), new TftpPacket.Data(1, ByteBuffer.allocate(7)));
        assertThat(codeOf(stranger.receive())).isEqualTo(TftpErrorCode.UNKNOWN_TRANSFER_ID);
        peer.block(1, 3);
        assertThat(peer.receive()).isEqualTo(ack(1));
        assertThat(root.resolve("file")).hasSize(3);
    }

    @Test
    void requestThatNobodyFollowsGetsFourPacketsAndLeavesNoFile() throws Exception {
        Peer peer = peerOf(builder().retransmissionTimeout(Duration.ofMillis(10)));
        peer.ask("file", "timeout", "60", "blksize", "1428");
        for (int i = 0; i < 4; i++) {
            assertThat(peer.receive()).isInstanceOf(TftpPacket.OptionAck.class);
            assertThat(root).isEmptyDirectory();
        }
        TransferResult result = served.result();
        assertThat(result.outcome())
                .isEqualTo(new TransferOutcome.Failed(
                        TftpErrorCode.NOT_DEFINED, "no answer from the client, 3 retransmissions"));
        assertThat(result.retransmissions()).isEqualTo(3);
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void clientThatFallsSilentLeavesNothing() throws Exception {
        Peer peer = peerOf(builder().maxRetransmissions(1));
        peer.ask("file", "utimeout", "10000"); // counts from the first block on
        peer.receive();
        peer.block(1, 512);
        assertThat(peer.receive()).isEqualTo(ack(1));
        assertThat(peer.receive()).isEqualTo(ack(1));
        assertThat(served.result().outcome())
                .isEqualTo(new TransferOutcome.Failed(
                        TftpErrorCode.NOT_DEFINED, "the client fell silent after block 1, 1 retransmissions"));
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void blockLongerThanAgreedEndsTheTransfer() throws Exception {
        Peer peer = peerOf(builder());
        peer.ask("file");
        peer.receive();
        peer.block(1, 513);
        assertThat(codeOf(peer.receive())).isEqualTo(TftpErrorCode.ILLEGAL_OPERATION);
    }

    @Test
    void noMoreThanTheMemoryOfTheServerIsTaken() throws Exception {
        Peer first = peerOf(builder().maxMemory(8 * 1032));
        first.ask("first", "windowsize", "8", "blksize", "512");
        assertThat(first.receive()).hasToString("OptionAck[options=windowsize=8 blksize=512]");
        first.block(1, 512);
        Peer second = new Peer(first.server);
        first.block(3, 512); // answered when the first block has been taken
        assertThat(first.receive()).isEqualTo(ack(1));
        second.ask("second");
        assertThat(second.receive()).isEqualTo(ack(0));
        second.block(1, 512);
        assertThat(second.receive())
                .isEqualTo(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "server busy, try again later"));
        first.answer(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "enough"));
        served.result();
        served.result();
        second.ask("third");
        assertThat(second.receive()).isEqualTo(ack(0));
        second.block(1, 3);
        assertThat(second.receive()).isEqualTo(ack(1));
    }

    /** An upload that waits to be let go on. */
    private static final class Gate implements TftpUpload {
        final CountDownLatch open = new CountDownLatch(1);
        final AtomicInteger bytes = new AtomicInteger();
        final AtomicInteger commits = new AtomicInteger();

        @Override
        public void write(ByteBuffer content) throws IOException {
            try {
                if (!open.await(20, TimeUnit.SECONDS)) {
                    throw new IOException("not let go on");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            bytes.addAndGet(content.remaining());
        }

        @Override
        public void commit() {
            commits.incrementAndGet();
        }

        @Override
        public void close() {}
    }

    @Test
    void noMoreThanTheMemoryOfTransferIsTakenBeforeItIsWritten() throws Exception {
        Gate gate = new Gate();
        Peer peer = peerOf(builder().uploads(request -> gate).maxTransferMemory(2064));
        peer.ask("file", "windowsize", "2");
        peer.receive();
        peer.block(1, 512);
        peer.block(2, 512);
        assertThat(peer.receive()).isEqualTo(ack(2));
        peer.block(3, 512);
        peer.block(4, 512);
        peer.block(5, 512); // too early, and so not taken: no ACK has called for it
        peer.block(5, 512);
        // A block that is too long would end the transfer if it were taken.
        peer.block(5, 513);
        // The answer to a stranger comes when the port has dealt with all that came before.
        Peer stranger = new Peer(peer.server);
        stranger.send(peer.from(), ack(9));
        assertThat(stranger.receive()).isInstanceOf(TftpPacket.Error.class);
        gate.open.countDown();
        assertThat(peer.receive()).isEqualTo(ack(4));
        peer.block(5, 0);
        assertThat(peer.receive()).isEqualTo(ack(5));
        assertThat(gate.bytes).hasValue(4 * 512);
        assertThat(gate.commits).hasValue(1);
    }

    @Test
    void uploadThatIsBegunCanBeWrittenWhileFilesAreRead() throws Exception {
        Files.write(root.resolve("old"), new byte[100]);
        Peer writer = peerOf(builder().files(TftpFiles.under(root)));
        writer.ask("new");
        writer.receive();
        writer.block(1, 512);
        writer.receive();
        TftpClient reader = TftpClient.builder().server(writer.server).build();
        assertThat(reader.get("old")).hasSize(100);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> reader.get("new"))
                .isInstanceOf(TftpErrorException.class);
        writer.block(2, 1);
        writer.receive();
        assertThat(reader.get("new")).hasSize(513);
    }
}
