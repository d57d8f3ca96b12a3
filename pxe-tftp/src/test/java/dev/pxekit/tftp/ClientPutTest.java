package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
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

    private static final byte[] CONTENT = new byte[1300];

    static {
        new Random(1).nextBytes(CONTENT);
    }

    private final RecordingListener watched = new RecordingListener();
    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private DatagramSocket server;
    private DatagramSocket transfer;
    private InetSocketAddress from = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private TftpClient client;

    @BeforeEach
    void open() throws IOException {
        server = socket();
        transfer = socket();
        client = TftpClient.builder()
                .server((InetSocketAddress) server.getLocalSocketAddress())
                .retransmission(Duration.ofSeconds(20), 1)
                .listener(watched)
                .build();
    }

    private static DatagramSocket socket() throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(20_000);
        return socket;
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

    private TftpPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[2000], 2000);
        socket.receive(datagram);
        from = (InetSocketAddress) datagram.getSocketAddress();
        return TftpCodec.decode(ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength()));
    }

    private void send(DatagramSocket socket, TftpPacket packet) throws IOException {
        byte[] bytes = TftpCodec.encode(packet);
        socket.send(new DatagramPacket(bytes, bytes.length, from));
    }

    private void optionAck(String... namesAndValues) throws IOException {
        TftpOptions.Builder options = TftpOptions.builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options.set(namesAndValues[i], namesAndValues[i + 1]);
        }
        send(transfer, new TftpPacket.OptionAck(options.build()));
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
        assertThat(receive(server))
                .hasToString("WriteRequest[fileName=file, mode=octet, options=blksize=1428 windowsize=8 tsize=1300]");
        optionAck("blksize", "512", "windowsize", "2", "tsize", "1300");
        assertThat(receive(transfer)).isEqualTo(block(1, 512));
        assertThat(receive(transfer)).isEqualTo(block(2, 512));
        send(transfer, ack(2));
        assertThat(receive(transfer)).isEqualTo(block(3, 512));
        send(transfer, ack(3));
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
        receive(server);
        send(transfer, ack(0));
        for (int number = 1; number <= 3; number++) {
            assertThat(receive(transfer)).isEqualTo(block(number, 512));
            send(transfer, ack(number));
        }
        assertThat(sent.join().transfer().options().isEmpty()).isTrue();
    }

    @Test
    void windowGoesOnBehindTheLastBlockThatArrived() throws Exception {
        CompletableFuture<TransferResult> sent = put(client);
        receive(server);
        optionAck("blksize", "100", "windowsize", "4");
        for (int number = 1; number <= 4; number++) {
            assertThat(receive(transfer)).isEqualTo(block(number, 100));
        }
        send(transfer, ack(1));
        for (int number = 2; number <= 5; number++) {
            assertThat(receive(transfer)).isEqualTo(block(number, 100));
        }
        send(transfer, ack(5));
        for (int number = 6; number <= 9; number++) {
            assertThat(receive(transfer)).isEqualTo(block(number, 100));
        }
        send(transfer, ack(9));
        for (int number = 10; number <= 13; number++) {
            assertThat(receive(transfer)).isEqualTo(block(number, 100));
        }
        send(transfer, ack(13));
        assertThat(receive(transfer)).isEqualTo(block(14, 100)); // 1300 bytes: the empty block
        send(transfer, ack(14));
        assertThat(sent.join().bytes()).isEqualTo(1300);
    }

    @Test
    void largerBlockThanAskedForIsRefused() throws Exception {
        refuses("blksize", "1429");
    }

    @Test
    void optionThatWasNotAskedForIsRefused() throws Exception {
        refuses("timeout", "1");
    }

    private void refuses(String option, String value) throws IOException {
        CompletableFuture<TransferResult> sent = put(client);
        receive(server);
        optionAck(option, value);
        assertThat(receive(transfer))
                .isInstanceOfSatisfying(
                        TftpPacket.Error.class,
                        error -> assertThat(error.code()).isEqualTo(TftpErrorCode.OPTION_NEGOTIATION));
        assertThatThrownBy(sent::join).hasCauseInstanceOf(IOException.class).hasMessageContaining(option);
    }

    @Test
    void errorOfTheServerIsThrown() throws Exception {
        CompletableFuture<TransferResult> sent = put(client);
        receive(server);
        send(server, new TftpPacket.Error(TftpErrorCode.FILE_EXISTS, "there already"));
        assertThatThrownBy(sent::join)
                .hasCauseInstanceOf(TftpErrorException.class)
                .hasMessageContaining("TFTP error 6 (file already exists): there already");
        assertThat(watched.result().outcome())
                .isEqualTo(new TransferOutcome.Failed(TftpErrorCode.FILE_EXISTS, "server: there already"));
    }

    @Test
    void strangerGetsErrorFiveAndDisturbsNothing() throws Exception {
        CompletableFuture<TransferResult> sent = put(client);
        receive(server);
        optionAck("blksize", "1428");
        receive(transfer);
        send(server, ack(0));
        assertThat(receive(server))
                .isEqualTo(new TftpPacket.Error(TftpErrorCode.UNKNOWN_TRANSFER_ID, "unknown transfer ID"));
        send(server, new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "die"));
        send(transfer, ack(1));
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
        CompletableFuture<TransferResult> sent = put(client.toBuilder()
                .option(TftpOption.TIMEOUT_MICROS, Duration.ofMillis(10))
                .build());
        receive(server);
        optionAck("utimeout", "10000");
        assertThat(receive(transfer)).isEqualTo(block(1, 512));
        assertThat(receive(transfer)).isEqualTo(block(1, 512));
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
        receive(server);
        send(transfer, ack(0));
        assertThat(receive(transfer))
                .isEqualTo(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "the client cannot read the file"));
        assertThatThrownBy(sent::join).hasMessageContaining("bad sector");
    }

    @Test
    void cancelledCallTellsTheServerAndFreesItsThread() throws Exception {
        CompletableFuture<TransferResult> sent = put(client);
        receive(server);
        send(transfer, ack(0));
        receive(transfer);
        assertThat(sent.cancel(false)).isTrue();
        assertThat(receive(transfer)).isEqualTo(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "interrupted"));
        assertThatThrownBy(sent::join).isInstanceOf(CancellationException.class);
        assertThat(watched.result().isCompleted()).isFalse();
        // The only thread of the executor goes on, and is not interrupted any more.
        assertThat(executor.submit(() -> Thread.currentThread().isInterrupted()).get(20, TimeUnit.SECONDS))
                .isFalse();
    }

    @Test
    void callThatIsCancelledBeforeItBeginsNeverDoes() throws Exception {
        CompletableFuture<TransferResult> running = put(client);
        receive(server);
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
        receive(server);
        send(transfer, new TftpPacket.Data(1, ByteBuffer.allocate(512)));
        assertThat(receive(transfer)).isEqualTo(ack(1));
        got.orTimeout(1, TimeUnit.MILLISECONDS);
        assertThat(receive(transfer)).isEqualTo(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "interrupted"));
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
        receive(server);
        send(transfer, ack(0));
        receive(transfer);
        thread.interrupt();
        assertThat(receive(transfer)).isInstanceOf(TftpPacket.Error.class);
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
