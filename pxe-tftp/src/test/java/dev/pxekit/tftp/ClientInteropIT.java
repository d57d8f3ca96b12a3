package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Our client against tftp-hpa's server, which knows blksize, timeout and tsize and leaves windowsize out of its OACK. */
@Tag("interop")
class ClientInteropIT {

    @TempDir
    Path root;

    private ProgramRun server;
    private TftpClient client;

    @BeforeEach
    void start() throws Exception {
        String tftpd = Needs.program("in.tftpd", "tftpd-hpa").toString();
        int port;
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            port = free.getLocalPort();
        }
        server = ProgramRun.start(
                root, List.of(tftpd, "-L", "-4", "--address", "127.0.0.1:" + port, "--user", "root", "-s", "" + root));
        client = TftpClient.builder()
                .server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .retransmission(Duration.ofMillis(200), 5)
                .build();
        awaitServer();
    }

    private void awaitServer() throws Exception {
        Files.write(root.resolve("ready"), new byte[1]);
        try {
            client.get("ready");
        } catch (SocketTimeoutException e) {
            Assumptions.assumeTrue(server.isRunning(), "in.tftpd needs root, for its change of root directory");
            throw e;
        }
    }

    @AfterEach
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    static Stream<Arguments> sizesAndOptions() {
        return Stream.of("none", "512", "1428", "8192")
                .flatMap(blockSize -> IntStream.of(0, 1, 511, 512, 513, 1428 * 8, 3_000_000)
                        .mapToObj(size -> Arguments.of(size, blockSize)));
    }

    private byte[] file(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        Files.write(root.resolve("file"), content);
        return content;
    }

    @ParameterizedTest(name = "{0} bytes, block size {1}")
    @MethodSource("sizesAndOptions")
    void contentArrivesIntact(int size, String blockSize) throws Exception {
        byte[] content = file(size);
        TftpClient asking = blockSize.equals("none")
                ? client.toBuilder().options(TftpOptions.none()).build()
                : client.toBuilder().blockSize(Integer.parseInt(blockSize)).build();
        Path target = root.resolve("got");
        TransferResult result = asking.get("file", target);
        assertThat(target).hasBinaryContent(content);
        assertThat(result.transfer().windowSize()).isEqualTo(1);
        assertThat(result.transfer().options().get(TftpOption.TRANSFER_SIZE).isPresent())
                .isEqualTo(!blockSize.equals("none"));
    }

    @Test
    void moreThan65535BlocksWrap() throws Exception {
        byte[] content = file(65_536 * 512 + 100);
        assertThat(client.toBuilder().blockSize(512).build().get("file")).isEqualTo(content);
    }

    @Test
    void takesTheTimeoutOption() throws Exception {
        byte[] content = file(5000);
        TftpClient asking = client.toBuilder()
                .option(TftpOption.TIMEOUT, Duration.ofSeconds(2))
                .build();
        assertThat(asking.get("file")).isEqualTo(content);
    }

    @Test
    void asksForTheSize() throws Exception {
        file(123_456);
        assertThat(client.size("file")).hasValue(123_456);
    }

    @Test
    void isToldThatFileIsMissing() {
        assertThatThrownBy(() -> client.get("absent"))
                .isInstanceOfSatisfying(
                        TftpErrorException.class, e -> assertThat(e.code()).isEqualTo(TftpErrorCode.FILE_NOT_FOUND));
    }
}
