package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
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

/** Writing, with programs that we did not write: their clients to our server, our client to their servers. */
@Tag("interop")
class WriteInteropIT {

    private static final String LINES = "one\ntwo\r\nthree\rfour\n".repeat(100);

    @TempDir
    Path directory;

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final RecordingListener served = new RecordingListener();
    private Path root;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectory(directory.resolve("root"));
        for (Path readable : List.of(directory, root)) {
            Files.setPosixFilePermissions(readable, PosixFilePermissions.fromString("rwxrwxrwx"));
        }
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable closeable : toClose) {
            closeable.close();
        }
    }

    private byte[] file(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        Files.write(directory.resolve("file"), content);
        return content;
    }

    static Stream<Arguments> sizes() {
        return IntStream.of(0, 1, 511, 512, 513, 3_000_000).mapToObj(Arguments::of);
    }

    // ---- to our server

    private String serve() throws IOException {
        TftpServer server = TftpServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .uploads(TftpUploads.into(root))
                .listener(served)
                .build();
        toClose.add(server);
        return Integer.toString(server.start().getPort());
    }

    private TransferResult sentBy(byte[] content, String... command) throws Exception {
        try (ProgramRun client = ProgramRun.start(directory, List.of(command))) {
            String output = client.output();
            Path got = root.resolve("file");
            assertThat(got).describedAs(output).exists();
            assertThat(Files.readAllBytes(got)).describedAs(output).isEqualTo(content);
        }
        TransferResult result = served.result();
        assertThat(result.outcome()).isEqualTo(new TransferOutcome.Completed());
        assertThat(result.bytes()).isEqualTo(content.length);
        return result;
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("sizes")
    void tftpHpaSends(int size) throws Exception {
        String tftp = Needs.program("tftp", "tftp-hpa").toString();
        sentBy(file(size), tftp, "-4", "-m", "binary", "127.0.0.1", serve(), "-c", "put", "file", "file");
    }

    @Test
    void tftpHpaSendsText() throws Exception {
        String tftp = Needs.program("tftp", "tftp-hpa").toString();
        Files.writeString(directory.resolve("file"), LINES);
        try (ProgramRun client = ProgramRun.start(
                directory, List.of(tftp, "-4", "-m", "ascii", "127.0.0.1", serve(), "-c", "put", "file", "file"))) {
            String output = client.output();
            assertThat(root.resolve("file")).describedAs(output).hasContent(LINES);
        }
    }

    static Stream<Arguments> sizesAndOptions() {
        int[][] options = {{512, 1}, {1428, 8}, {8192, 4}, {512, 64}};
        return Stream.of(options)
                .flatMap(option -> IntStream.of(0, 1, 511, 512, 513, 1428 * 8, 34_000_000)
                        .mapToObj(size -> Arguments.of(size, option[0], option[1])));
    }

    @ParameterizedTest(name = "{0} bytes, block size {1}, window {2}")
    @MethodSource("sizesAndOptions")
    void atftpSends(int size, int blockSize, int windowSize) throws Exception {
        String atftp = Needs.program("atftp", "atftp").toString();
        TransferResult result = sentBy(
                file(size),
                atftp,
                "--option",
                "blksize " + blockSize,
                "--option",
                "windowsize " + windowSize,
                "--option",
                "tsize 0",
                "-p",
                "-l",
                "file",
                "-r",
                "file",
                "127.0.0.1",
                serve());
        assertThat(result.transfer().blockSize()).isEqualTo(blockSize);
        assertThat(result.transfer().windowSize()).isEqualTo(windowSize);
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("sizes")
    void curlSends(int size) throws Exception {
        String curl = Needs.program("curl", "curl").toString();
        sentBy(
                file(size),
                curl,
                "-sS",
                "--tftp-blksize",
                "1024",
                "-T",
                "file",
                "tftp://127.0.0.1:" + serve() + "/file");
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("sizes")
    void busyboxSends(int size) throws Exception {
        String busybox = Needs.program("busybox", "busybox-static").toString();
        sentBy(file(size), busybox, "tftp", "-p", "-b", "1400", "-l", "file", "-r", "file", "127.0.0.1", serve());
    }

    @Test
    void curlIsToldThatFileIsThere() throws Exception {
        String curl = Needs.program("curl", "curl").toString();
        file(10);
        Files.writeString(root.resolve("file"), "old");
        try (ProgramRun client = ProgramRun.start(
                directory, List.of(curl, "-sS", "-T", "file", "tftp://127.0.0.1:" + serve() + "/file"))) {
            assertThat(client.output()).startsWith("exit status 73"); // CURLE_REMOTE_FILE_EXISTS
        }
        assertThat(root.resolve("file")).hasContent("old");
    }

    // ---- to their servers

    private static int freePort() throws IOException {
        try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return free.getLocalPort();
        }
    }

    private TftpClient tftpHpa() throws Exception {
        String tftpd = Needs.program("in.tftpd", "tftpd-hpa").toString();
        int port = freePort();
        return clientOf(
                port,
                tftpd,
                "-L",
                "-4",
                "-c",
                "--permissive",
                "--address",
                "127.0.0.1:" + port,
                "--user",
                "root",
                "-s",
                root.toString());
    }

    private TftpClient atftpd() throws Exception {
        String given = System.getProperty("pxekit.atftpd", "");
        String atftpd = given.isEmpty() ? Needs.program("atftpd", "atftpd").toString() : given;
        int port = freePort();
        return clientOf(
                port,
                atftpd,
                "--daemon",
                "--no-fork",
                "--bind-address",
                "127.0.0.1",
                "--port",
                "" + port,
                "--user",
                "root",
                "--group",
                "root",
                "--logfile",
                "-",
                root.toString());
    }

    /** A client of a server that has been seen to run. */
    private TftpClient clientOf(int port, String... command) throws Exception {
        Files.write(root.resolve("ready"), new byte[1]);
        ProgramRun server = ProgramRun.start(directory, List.of(command));
        toClose.add(server);
        TftpClient client = TftpClient.builder()
                .server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .retransmission(Duration.ofMillis(200), 5)
                .build();
        try {
            client.get("ready");
        } catch (SocketTimeoutException e) {
            Assumptions.assumeTrue(server.isRunning(), command[0] + " needs root, for its change of user");
            throw e;
        }
        return client;
    }

    private TransferResult send(TftpClient client, int size) throws Exception {
        byte[] content = file(size);
        TransferResult result = client.put(directory.resolve("file"), "file");
        awaitSize(size);
        assertThat(root.resolve("file")).hasBinaryContent(content);
        assertThat(result.bytes()).isEqualTo(size);
        return result;
    }

    /** atftpd acknowledges the last block before it writes the last of its own buffer. */
    private void awaitSize(int size) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (Files.size(root.resolve("file")) < size && System.nanoTime() < end) {
            Thread.sleep(5);
        }
    }

    @Test
    void sendsToTftpHpa() throws Exception {
        TftpClient client = tftpHpa();
        for (int blockSize : new int[] {8, 512, 1428, 8192}) {
            for (int size : new int[] {0, 1, 511, 512, 513, 1428 * 8, 600_000}) {
                TransferResult result =
                        send(client.toBuilder().blockSize(blockSize).build(), size);
                assertThat(result.transfer().blockSize()).isEqualTo(blockSize);
                Files.delete(root.resolve("file"));
            }
        }
    }

    @Test
    void sendsToTftpHpaWithItsOwnOptions() throws Exception {
        TftpClient client = tftpHpa().toBuilder()
                .options(TftpOptions.builder()
                        .set(TftpOption.BLOCK_SIZE_2, 1500)
                        .set(TftpOption.ROLLOVER, 1)
                        .set(TftpOption.TIMEOUT_MICROS, Duration.ofMillis(300))
                        .build())
                .build();
        TransferResult result = send(client, 100_000);
        assertThat(result.transfer().options()).hasToString("blksize2=1024 rollover=1 utimeout=300000");
        assertThat(client.get("file")).hasSize(100_000);
    }

    @Test
    void blockNumbersOfTftpHpaGoOnWithOne() throws Exception {
        TftpClient client = tftpHpa().toBuilder()
                .blockSize(8)
                .option(TftpOption.ROLLOVER, 1)
                .build();
        TransferResult result = send(client, 65_540 * 8);
        assertThat(result.transfer().options().get(TftpOption.ROLLOVER)).contains(1);
        assertThat(client.get("file")).isEqualTo(Files.readAllBytes(directory.resolve("file")));
    }

    @Test
    void sendsTextToTftpHpa() throws Exception {
        TftpClient client = tftpHpa().toBuilder().mode(TransferMode.NETASCII).build();
        byte[] text = LINES.getBytes(StandardCharsets.UTF_8);
        client.put(text, "file");
        awaitSize(text.length);
        assertThat(root.resolve("file")).hasContent(LINES);
    }

    @Test
    void isToldThatNameIsNotAllowed() throws Exception {
        TftpClient client = tftpHpa();
        assertThatThrownBy(() -> client.put(new byte[1], "absent/file")).isInstanceOf(TftpErrorException.class);
    }

    @Test
    void sendsToAtftpd() throws Exception {
        TftpClient client = atftpd();
        for (int window : new int[] {1, 8, 64}) {
            for (int size : new int[] {0, 1, 511, 512, 513, 1428 * 8, 3_000_000}) {
                TransferResult result =
                        send(client.toBuilder().windowSize(window).build(), size);
                assertThat(result.transfer().windowSize()).isEqualTo(window);
                Files.delete(root.resolve("file"));
            }
        }
    }

    @Test
    void moreThan65535BlocksToAtftpdWrap() throws Exception {
        send(atftpd().toBuilder().blockSize(512).build(), 65_536 * 512 + 100);
    }
}
