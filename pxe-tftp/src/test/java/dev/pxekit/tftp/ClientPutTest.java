package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client's writes, and its calls on an executor, against packets made by hand. */
class ClientPutTest {

    private static final byte[] CONTENT = RandomFiles.bytes(1, 1300);

    private final RecordingListener watched = new RecordingListener();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private PacketSocket server;
    private PacketSocket transfer;
    private TftpClient client;

    @BeforeEach
    void open() throws IOException {
        server = new PacketSocket();
        transfer = new PacketSocket();
        client = TftpClient.builder()
                .server(server.address())
                .retransmission(Duration.ofSeconds(20), 1)
                .option(TftpOption.TIMEOUT, Duration.ofSeconds(20))
                .listener(watched)
                .build();
    }

    @AfterEach
    void close() throws InterruptedException {
        server.close();
        transfer.close();
        executor.shutdownNow();
        assertThat(executor.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
    }

    private CompletableFuture<TransferResult> put(TftpClient asking) {
        return asking.async(executor, call -> call.put(CONTENT, "file"));
    }

    private void optionAck(String... namesAndValues) throws IOException {
        transfer.send(server.from(), new TftpPacket.OptionAck(TestOptions.of(namesAndValues)));
    }

    private static TftpPacket ack(int block) {
        return new TftpPacket.Ack(block);
    }

    private static TftpPacket block(int number, int blockSize) {
        int start = (number - 1) * blockSize;
        return new TftpPacket.Data(
                number,
                ByteBuffer.wrap(Arrays.copyOfRange(CONTENT, start, Math.min(CONTENT.length, start + blockSize))));
    }

    @Test
    void tellsTheSizeAndSendsWindowsToThePortThatAnswers() throws Exception {
        CompletableFuture<TransferResult> sent = put(client);
        assertThat(server.receive())
                .hasToString(
                        "WriteRequest[fileName=file, mode=octet, options=blksize=1428 windowsize=8 tsize=1300 timeout=20]");
        optionAck("blksize", "512", "windowsize", "2", "tsize", "1300");
        assertThat(transfer.receive()).isEqualTo(block(1, 512));
        assertThat(transfer.receive()).isEqualTo(block(2, 512));
        transfer.answer(ack(2));
        assertThat(transfer.receive()).isEqualTo(block(3, 512));
        transfer.answer(ack(3));
        TransferResult result = sent.join();
        assertThat(result.outcome()).isEqualTo(new TransferOutcome.Completed());
        assertThat(result.bytes()).isEqualTo(1300);
        assertThat(result.blocks()).isEqualTo(3);
        assertThat(watched.started).hasValue(1);
        assertThat(watched.result()).isEqualTo(result);
    }

    @Test
    void serverWithoutOptionsGetsBlocksOf512InLockStep() throws Exception {
        CompletableFuture<TransferResult> sent = put(client);
        server.receive();
        transfer.send(server.from(), ack(0));
        for (int number = 1; number <= 3; number++) {
            assertThat(transfer.receive()).isEqualTo(block(number, 512));
            transfer.answer(ack(number));
        }
        assertThat(sent.join().transfer().options().isEmpty()).isTrue();
    }

    @Test
    void windowGoesOnBehindTheLastBlockThatArrived() throws Exception {
        CompletableFuture<TransferResult> sent = put(client);
        server.receive();
        optionAck("blksize", "100", "windowsize", "4");
        for (int number = 1; number <= 4; number++) {
            assertThat(transfer.receive()).isEqualTo(block(number, 100));
        }
        transfer.answer(ack(1));
        for (int number = 2; number <= 5; number++) {
            assertThat(transfer.receive()).isEqualTo(block(number, 100));
        }
        transfer.answer(ack(5));
        for (int number = 6; number <= 9; number++) {
            assertThat(transfer.receive()).isEqualTo(block(number, 100));
        }
        transfer.answer(ack(9));
        for (int number = 10; number <= 13; number++) {
            assertThat(transfer.receive()).isEqualTo(block(number, 100));
        }
        transfer.answer(ack(13));
        assertThat(transfer.receive()).isEqualTo(block(14, 100)); // 1300 bytes: the empty block
        transfer.answer(ack(14));
        assertThat(sent.join().bytes()).isEqualTo(1300);
    }

    @Test
    void largerBlockThanAskedForIsRefused() throws Exception {
        refuses("blksize", "1429");
    }

    @Test
    void optionThatWasNotAskedForIsRefused() throws Exception {
        refuses("rollover", "1");
    }

    private void refuses(String option, String value) throws IOException {
        CompletableFuture<TransferResult> sent = put(client);
        server.receive();
        optionAck(option, value);
        assertThat(transfer.receive())
                .isInstanceOfSatisfying(
                        TftpPacket.Error.class,
                        error -> assertThat(error.code()).isEqualTo(TftpErrorCode.OPTION_NEGOTIATION));
        assertThatThrownBy(sent::join).hasCauseInstanceOf(IOException.class).hasMessageContaining(option);
    }

    @Test
    void errorOfTheServerIsThrown() throws Exception {
        CompletableFuture<TransferResult> sent = put(client);
        server.receive();
        server.answer(new TftpPacket.Error(TftpErrorCode.FILE_EXISTS, "there already"));
        assertThatThrownBy(sent::join)
                .hasCauseInstanceOf(TftpErrorException.class)
                .hasMessageContaining("TFTP error 6 (file already exists): there already");
        assertThat(watched.result().outcome())
                .isEqualTo(new TransferOutcome.Failed(TftpErrorCode.FILE_EXISTS, "server: there already"));
    }

    @Test
    void strangerGetsErrorFiveAndDisturbsNothing() throws Exception {
        CompletableFuture<TransferResult> sent = put(client);
        server.receive();
        optionAck("blksize", "1428");
        transfer.receive();
        server.answer(ack(0));
        assertThat(server.receive())
                .isEqualTo(new TftpPacket.Error(TftpErrorCode.UNKNOWN_TRANSFER_ID, "unknown transfer ID"));
        server.answer(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "die"));
        transfer.answer(ack(1));
        assertThat(sent.join().isCompleted()).isTrue();
    }

    @Test
    void silenceIsTimeoutThatSaysWhatToCheck() {
        TftpClient impatient =
                client.toBuilder().retransmission(Duration.ofMillis(10), 1).build();
        assertThatThrownBy(() -> impatient.put(CONTENT, "file"))
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("1 retransmissions")
                .hasMessageContaining("firewall");
    }

    @Test
    void timeoutThatIsAskedForIsTheClientsOwn() throws Exception {
        Duration timeout = Duration.ofMillis(300); // longer than the client would wait after an answer as quick as this
        CompletableFuture<TransferResult> sent = put(
                client.toBuilder().option(TftpOption.TIMEOUT_MICROS, timeout).build());
        server.receive();
        long start = System.nanoTime();
        optionAck("utimeout", "300000");
        assertThat(transfer.receive()).isEqualTo(block(1, 512));
        assertThat(transfer.receive()).isEqualTo(block(1, 512));
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(timeout.toNanos());
        assertThatThrownBy(sent::join).hasCauseInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void sourceThatFailsEndsTheTransferAndTellsTheServer() throws Exception {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("bad sector");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return read();
            }
        };
        CompletableFuture<TransferResult> sent = client.async(executor, call -> call.put(broken, 100, "file"));
        server.receive();
        transfer.send(server.from(), ack(0));
        assertThat(transfer.receive())
                .isEqualTo(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "the client cannot read the file"));
        assertThatThrownBy(sent::join).hasMessageContaining("bad sector");
    }

    @Test
    void cancelledCallTellsTheServerAndFreesItsThread() throws Exception {
        CompletableFuture<TransferResult> sent = put(client);
        server.receive();
        transfer.send(server.from(), ack(0));
        transfer.receive();
        assertThat(sent.cancel(false)).isTrue();
        assertThat(transfer.receive()).isEqualTo(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "interrupted"));
        assertThatThrownBy(sent::join).isInstanceOf(CancellationException.class);
        assertThat(watched.result().isCompleted()).isFalse();
        // The only thread of the executor goes on, and is not interrupted any more.
        assertThat(executor.submit(() -> Thread.currentThread().isInterrupted()).get(20, TimeUnit.SECONDS))
                .isFalse();
    }

    @Test
    void callThatIsCancelledBeforeItBeginsNeverDoes() throws Exception {
        CompletableFuture<TransferResult> running = put(client);
        server.receive();
        CompletableFuture<TransferResult> waiting = put(client);
        waiting.cancel(false);
        running.cancel(false);
        executor.submit(() -> {}).get(20, TimeUnit.SECONDS);
        watched.result();
        assertThat(watched.isEmpty()).isTrue();
    }

    @Test
    void callThatTimesOutTellsTheServer() throws Exception {
        CompletableFuture<byte[]> got = client.async(executor, call -> call.get("file"));
        server.receive();
        transfer.send(server.from(), new TftpPacket.Data(1, ByteBuffer.allocate(512)));
        assertThat(transfer.receive()).isEqualTo(ack(1));
        got.orTimeout(1, TimeUnit.MILLISECONDS);
        assertThat(transfer.receive()).isEqualTo(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "interrupted"));
    }

    @Test
    void interruptIsReportedAsSuch() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                client.put(CONTENT, "file");
                thrown.complete(new AssertionError("completed"));
            } catch (IOException e) {
                thrown.complete(e);
            }
        });
        thread.start();
        server.receive();
        transfer.send(server.from(), ack(0));
        transfer.receive();
        thread.interrupt();
        assertThat(transfer.receive()).isInstanceOf(TftpPacket.Error.class);
        assertThat(thrown.join()).isInstanceOf(InterruptedIOException.class);
        thread.join();
    }

    @Test
    void windowIsAskedForOnlyAsFarAsMemoryGoes() {
        TftpOptions wished = TftpOptions.builder()
                .set(TftpOption.BLOCK_SIZE, 65464)
                .set(TftpOption.WINDOW_SIZE, 65535)
                .build();
        TftpOptions asked = ClientWrite.asked(wished, TransferMode.OCTET, 1);
        assertThat(asked.get(TftpOption.WINDOW_SIZE)).contains(1025);
        assertThat(asked.get(TftpOption.BLOCK_SIZE)).contains(65464);
    }

    @Test
    void refusesNegativeSize() {
        assertThatThrownBy(() -> client.put(InputStream.nullInputStream(), -1, "file"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: 0 or more");
    }
}
