package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client against packets made by hand. */
class TftpClientTest {

    private static final TftpPacket LAST = new TftpPacket.Data(2, ByteBuffer.wrap(new byte[] {7}));

    private PacketSocket server;
    private PacketSocket stranger;
    private TftpClient client;

    @BeforeEach
    void open() throws IOException {
        server = new PacketSocket();
        stranger = new PacketSocket();
        client = TftpClient.builder()
                .server(server.address())
                .retransmission(Duration.ofSeconds(20), 1)
                .build();
    }

    @AfterEach
    void close() {
        server.close();
        stranger.close();
    }

    private CompletableFuture<byte[]> get(TftpClient asking) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return asking.get("file");
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
    }

    private static TftpPacket full(int block) {
        return new TftpPacket.Data(block, ByteBuffer.allocate(512));
    }

    @Test
    void asksForBlocksWindowsAndSizeByDefault() throws Exception {
        CompletableFuture<byte[]> got = get(client);
        assertThat(server.receive())
                .hasToString("ReadRequest[fileName=file, mode=octet, options=blksize=1428 windowsize=8 tsize=0]");
        server.answer(new TftpPacket.Error(TftpErrorCode.FILE_NOT_FOUND, "no\u0007such file"));
        assertThatThrownBy(got::join)
                .hasCauseInstanceOf(TftpErrorException.class)
                .hasMessageContaining("TFTP error 1 (file not found): no?such file");
    }

    @Test
    void strangerGetsErrorFiveAndDisturbsNothing() throws Exception {
        CompletableFuture<byte[]> got = get(client);
        server.receive();
        server.answer(full(1));
        assertThat(server.receive()).isEqualTo(new TftpPacket.Ack(1));
        stranger.send(server.from(), LAST);
        assertThat(stranger.receive())
                .isEqualTo(new TftpPacket.Error(TftpErrorCode.UNKNOWN_TRANSFER_ID, "unknown transfer ID"));
        stranger.answer(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "die"));
        server.answer(LAST);
        assertThat(got.join()).hasSize(513);
    }

    @Test
    void junkDisturbsNothing() throws Exception {
        CompletableFuture<byte[]> got = get(client);
        server.receive();
        server.send(server.from(), new byte[0]);
        server.send(server.from(), new byte[] {0, 9, 1, 1});
        server.answer(full(5));
        server.answer(new TftpPacket.Ack(1));
        server.answer(full(1));
        server.receive();
        server.send(server.from(), new byte[] {0, 3});
        server.send(server.from(), new byte[] {0, 3, 0});
        server.answer(new TftpPacket.Ack(7));
        server.answer(LAST);
        assertThat(got.join()).hasSize(513);
    }

    @Test
    void lastBlockThatIsRepeatedIsAcknowledgedAgainAfterTheCallHasReturned() throws Exception {
        CompletableFuture<byte[]> got = get(client);
        server.receive();
        server.answer(full(1));
        assertThat(server.receive()).isEqualTo(new TftpPacket.Ack(1));
        server.answer(LAST);
        stranger.send(server.from(), LAST);
        server.answer(full(1));
        server.answer(LAST);
        assertThat(got.join()).hasSize(513);
        assertThat(server.receive()).isEqualTo(new TftpPacket.Ack(2));
        assertThat(server.receive()).isEqualTo(new TftpPacket.Ack(2));
    }

    @Test
    void silenceIsTimeoutThatSaysWhatToCheck() {
        TftpClient impatient =
                client.toBuilder().retransmission(Duration.ofMillis(10), 1).build();
        assertThatThrownBy(() -> impatient.get("file"))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("no answer from the server, 1 retransmissions")
                .hasMessageContaining("firewall");
    }

    @Test
    void interruptEndsTheTransferAndTellsTheServer() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                client.get("file");
                thrown.complete(new AssertionError("completed"));
            } catch (IOException e) {
                thrown.complete(e);
            }
        });
        thread.start();
        server.receive();
        server.answer(full(1));
        server.receive();
        thread.interrupt();
        assertThat(server.receive()).isInstanceOf(TftpPacket.Error.class);
        assertThat(thrown.join()).isInstanceOf(InterruptedIOException.class);
        thread.join();
    }

    @Test
    void targetThatFailsEndsTheTransferAndTellsTheServer() throws Exception {
        CompletableFuture<TransferResult> got = CompletableFuture.supplyAsync(() -> {
            try {
                return client.get("file", new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException("disk full");
                    }
                });
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
        server.receive();
        server.answer(full(1));
        assertThat(server.receive()).isInstanceOf(TftpPacket.Error.class);
        assertThatThrownBy(got::join).hasMessageContaining("disk full");
    }

    @Test
    void serverThatKnowsNoOptionsTellsNoSize() throws Exception {
        CompletableFuture<Boolean> told = CompletableFuture.supplyAsync(() -> {
            try {
                return client.size("file").isPresent();
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        });
        server.receive();
        server.answer(full(1));
        assertThat(server.receive())
                .isInstanceOfSatisfying(
                        TftpPacket.Error.class,
                        error -> assertThat(error.code()).isEqualTo(TftpErrorCode.OPTION_NEGOTIATION));
        assertThat(told.join()).isFalse();
    }

    @Test
    void nameThatDoesNotResolveIsUnknownHost() {
        TftpClient lost = client.toBuilder()
                .server(InetSocketAddress.createUnresolved("host.invalid", 69))
                .build();
        assertThatThrownBy(() -> lost.get("file"))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("host.invalid");
    }

    @Test
    void refusesSettingsOutOfRange() {
        TftpClient.Builder builder = TftpClient.builder();
        assertThatThrownBy(() -> builder.blockSize(7)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.windowSize(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.maxSize(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.mode(TransferMode.of("mail"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.retransmission(Duration.ZERO, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
