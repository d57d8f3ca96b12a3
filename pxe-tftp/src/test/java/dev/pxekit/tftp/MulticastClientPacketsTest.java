package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client of a group against packets made by hand, on the loopback interface. */
class MulticastClientPacketsTest {

    private static final byte[] CONTENT = new byte[1300];
    private static final int LAST = 3;

    static {
        new Random(4).nextBytes(CONTENT);
    }

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private DatagramSocket server;
    private DatagramSocket transfer;
    private InetSocketAddress group = Asking.loopback();
    private InetSocketAddress from = Asking.loopback();
    private TftpClient client;

    @BeforeEach
    void open() throws IOException {
        server = socket();
        transfer = socket();
        try (DatagramSocket free = new DatagramSocket(0)) {
            group = new InetSocketAddress(Asking.client("239.255.79.1"), free.getLocalPort());
        }
        client = TftpClient.builder()
                .server((InetSocketAddress) server.getLocalSocketAddress())
                .retransmission(Duration.ofSeconds(20), 1)
                .multicast()
                .build();
    }

    private static DatagramSocket socket() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback, 0));
        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByInetAddress(loopback));
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

    private CompletableFuture<byte[]> get() {
        return client.async(executor, call -> call.get("file"));
    }

    private TftpPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[2000], 2000);
        socket.receive(datagram);
        from = (InetSocketAddress) datagram.getSocketAddress();
        return TftpCodec.decode(ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength()));
    }

    private static void send(DatagramSocket socket, TftpPacket packet, InetSocketAddress to) throws IOException {
        byte[] bytes = TftpCodec.encode(packet);
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private void optionAck(boolean master) throws IOException {
        String value = group.getAddress().getHostAddress() + "," + group.getPort() + (master ? ",1" : ",0");
        TftpOptions options = TftpOptions.builder().set("multicast", value).build();
        send(transfer, new TftpPacket.OptionAck(options), from);
    }

    private static TftpPacket block(int number) {
        int start = (number - 1) * 512;
        return new TftpPacket.Data(
                number, ByteBuffer.wrap(Arrays.copyOfRange(CONTENT, start, Math.min(CONTENT.length, start + 512))));
    }

    private void toGroup(int number) throws IOException {
        send(transfer, block(number), group);
    }

    private void expectAck(int number) throws IOException {
        assertThat(receive(transfer)).isEqualTo(new TftpPacket.Ack(number));
    }

    /** Begins as the master. */
    private CompletableFuture<byte[]> begun() throws IOException {
        CompletableFuture<byte[]> got = get();
        assertThat(receive(server))
                .hasToString("ReadRequest[fileName=file, mode=octet, options=blksize=1428 tsize=0 multicast=]");
        optionAck(true);
        expectAck(0);
        return got;
    }

    @Test
    void takesBlocksOfTheGroupAndItsOwn() throws Exception {
        CompletableFuture<byte[]> got = begun();
        toGroup(1);
        expectAck(1);
        send(transfer, block(2), from);
        expectAck(2);
        toGroup(LAST);
        expectAck(LAST);
        assertThat(got.join()).isEqualTo(CONTENT);
    }

    @Test
    void othersThatSendToTheGroupDisturbNothing() throws Exception {
        CompletableFuture<byte[]> got = begun();
        send(server, new TftpPacket.Data(1, ByteBuffer.allocate(100)), group);
        send(server, new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "die"), group);
        send(transfer, new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "for somebody else"), group);
        transfer.send(new DatagramPacket(new byte[1], 1, group));
        for (int number = 1; number <= LAST; number++) {
            toGroup(number);
            expectAck(number);
        }
        assertThat(got.join()).isEqualTo(CONTENT);
        server.setSoTimeout(1);
        assertThatThrownBy(() -> receive(server)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void masterStillAnswersTheLastBlockAfterTheEnd() throws Exception {
        CompletableFuture<byte[]> got = begun();
        for (int number = 1; number <= LAST; number++) {
            toGroup(number);
            expectAck(number);
        }
        got.join();
        toGroup(1);
        toGroup(LAST);
        expectAck(LAST);
    }

    @Test
    void listenerThatHasItAllStillTakesItsTurn() throws Exception {
        CompletableFuture<byte[]> got = get();
        receive(server);
        optionAck(false);
        // It has joined the group when it refuses a stranger, as it takes packets one by one.
        send(server, block(1), from);
        assertThat(receive(server)).isInstanceOf(TftpPacket.Error.class);
        for (int number = LAST; number >= 1; number--) {
            toGroup(number);
        }
        expectAck(LAST);
        assertThat(got.join()).isEqualTo(CONTENT);
        optionAck(false);
        toGroup(LAST);
        optionAck(true);
        expectAck(LAST);
        transfer.setSoTimeout(1);
        assertThatThrownBy(() -> receive(transfer)).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void listenerThatHearsNothingAsksAgainAndGivesUp() throws Exception {
        client = client.toBuilder().retransmission(Duration.ofMillis(20), 2).build();
        CompletableFuture<byte[]> got = get();
        TftpPacket request = receive(server);
        optionAck(false);
        assertThat(receive(server)).isEqualTo(request);
        assertThatThrownBy(got::join)
                .hasCauseInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("fell silent after 0 blocks");
    }

    @Test
    void errorOfTheServerIsThrown() throws Exception {
        CompletableFuture<byte[]> got = begun();
        send(transfer, new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "closing"), from);
        assertThatThrownBy(got::join)
                .hasCauseInstanceOf(TftpErrorException.class)
                .hasMessageContaining("closing");
    }

    @Test
    void answerWithoutGroupIsRefused() throws Exception {
        CompletableFuture<byte[]> got = get();
        receive(server);
        send(
                transfer,
                new TftpPacket.OptionAck(TftpOptions.builder()
                        .set("multicast", "192.0.2.1,1758,1")
                        .build()),
                from);
        assertThat(receive(transfer))
                .isInstanceOfSatisfying(
                        TftpPacket.Error.class,
                        error -> assertThat(error.code()).isEqualTo(TftpErrorCode.OPTION_NEGOTIATION));
        assertThatThrownBy(got::join).hasCauseInstanceOf(IOException.class).hasMessageContaining("no group");
    }

    @Test
    void blockWithoutOptionAckIsThatOfAServerWithoutOptions() throws Exception {
        CompletableFuture<byte[]> got = get();
        receive(server);
        for (int number = 1; number <= LAST; number++) {
            send(transfer, block(number), from);
            expectAck(number);
        }
        assertThat(got.join()).isEqualTo(CONTENT);
    }
}
