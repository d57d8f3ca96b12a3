package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client of a group against packets made by hand, on the loopback interface. */
class MulticastClientPacketsTest {

    private static final byte[] CONTENT = RandomFiles.bytes(4, 1300);
    private static final int LAST = 3;

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private PacketSocket server;
    private PacketSocket transfer;
    private InetSocketAddress group = Addresses.loopback();
    private TftpClient client;

    @BeforeEach
    void open() throws IOException {
        server = socket();
        transfer = socket();
        group = new InetSocketAddress(Addresses.client("239.255.79.1"), Addresses.groupPort());
        client = TftpClient.builder()
                .server(server.address())
                .retransmission(Duration.ofSeconds(20), 1)
                .multicast()
                .build();
    }

    private static PacketSocket socket() throws IOException {
        NetworkInterface loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        DatagramSocket socket = new DatagramSocket(Addresses.loopback());
        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
        return new PacketSocket(socket);
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

    private void optionAck(boolean master) throws IOException {
        String value = group.getAddress().getHostAddress() + "," + group.getPort() + (master ? ",1" : ",0");
        transfer.send(server.from(), new TftpPacket.OptionAck(TestOptions.of("multicast", value)));
    }

    private static TftpPacket block(int number) {
        int start = (number - 1) * 512;
        return new TftpPacket.Data(
                number, ByteBuffer.wrap(Arrays.copyOfRange(CONTENT, start, Math.min(CONTENT.length, start + 512))));
    }

    private void toGroup(int number) throws IOException {
        transfer.send(group, block(number));
    }

    private void expectAck(int number) throws IOException {
        assertThat(transfer.receive()).isEqualTo(new TftpPacket.Ack(number));
    }

    /** Begins as the master. */
    private CompletableFuture<byte[]> begun() throws IOException {
        CompletableFuture<byte[]> got = get();
        assertThat(server.receive())
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
        transfer.send(server.from(), block(2));
        expectAck(2);
        toGroup(LAST);
        expectAck(LAST);
        assertThat(got.join()).isEqualTo(CONTENT);
    }

    @Test
    void othersThatSendToTheGroupDisturbNothing() throws Exception {
        CompletableFuture<byte[]> got = begun();
        server.send(group, new TftpPacket.Data(1, ByteBuffer.allocate(100)));
        server.send(group, new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "die"));
        transfer.send(group, new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "for somebody else"));
        transfer.send(group, new byte[1]);
        for (int number = 1; number <= LAST; number++) {
            toGroup(number);
            expectAck(number);
        }
        assertThat(got.join()).isEqualTo(CONTENT);
        server.expectNothing();
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
        server.receive();
        optionAck(false);
        // It has joined the group when it refuses a stranger, as it takes packets one by one.
        server.answer(block(1));
        assertThat(server.receive()).isInstanceOf(TftpPacket.Error.class);
        for (int number = LAST; number >= 1; number--) {
            toGroup(number);
        }
        expectAck(LAST);
        assertThat(got.join()).isEqualTo(CONTENT);
        optionAck(false);
        toGroup(LAST);
        optionAck(true);
        expectAck(LAST);
        transfer.expectNothing();
    }

    @Test
    void listenerThatHearsNothingAsksAgainAndGivesUp() throws Exception {
        client = client.toBuilder()
                .option(TftpOption.TIMEOUT_MICROS, Duration.ofMillis(20)) // counts from the OACK on
                .build();
        CompletableFuture<byte[]> got = get();
        TftpPacket request = server.receive();
        optionAck(false);
        assertThat(server.receive()).isEqualTo(request);
        assertThatThrownBy(got::join)
                .hasCauseInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("fell silent after 0 blocks");
    }

    @Test
    void errorOfTheServerIsThrown() throws Exception {
        CompletableFuture<byte[]> got = begun();
        transfer.send(server.from(), new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, "closing"));
        assertThatThrownBy(got::join)
                .hasCauseInstanceOf(TftpErrorException.class)
                .hasMessageContaining("closing");
    }

    @Test
    void answerWithoutGroupIsRefused() throws Exception {
        CompletableFuture<byte[]> got = get();
        server.receive();
        transfer.send(server.from(), new TftpPacket.OptionAck(TestOptions.of("multicast", "192.0.2.1,1758,1")));
        assertThat(transfer.receive())
                .isInstanceOfSatisfying(
                        TftpPacket.Error.class,
                        error -> assertThat(error.code()).isEqualTo(TftpErrorCode.OPTION_NEGOTIATION));
        assertThatThrownBy(got::join).hasCauseInstanceOf(IOException.class).hasMessageContaining("no group");
    }

    @Test
    void blockWithoutOptionAckIsThatOfAServerWithoutOptions() throws Exception {
        CompletableFuture<byte[]> got = get();
        server.receive();
        for (int number = 1; number <= LAST; number++) {
            transfer.send(server.from(), block(number));
            expectAck(number);
        }
        assertThat(got.join()).isEqualTo(CONTENT);
    }
}
