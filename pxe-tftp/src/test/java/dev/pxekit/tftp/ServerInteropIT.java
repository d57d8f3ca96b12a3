package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Our server against clients that we did not write. */
@Tag("interop")
class ServerInteropIT {

    @TempDir
    Path directory;

    private final RecordingListener served = new RecordingListener();
    private TftpServer server;
    private String port;

    @BeforeEach
    void start() throws IOException {
        server = TftpServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .files(TftpFiles.under(Files.createDirectory(directory.resolve("root"))))
                .listener(served)
                .build();
        port = Integer.toString(server.start().getPort());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Arguments> sizes() {
        return IntStream.of(0, 1, 511, 512, 513, 3_000_000).mapToObj(Arguments::of);
    }

    /** Sizes, for each block size and window; the last is over 65,535 blocks of 512 bytes. */
    static Stream<Arguments> sizesAndOptions() {
        int[][] options = {{512, 1}, {1428, 1}, {1428, 8}, {8192, 4}, {512, 64}};
        return Stream.of(options)
                .flatMap(option -> IntStream.of(0, 1, 511, 512, 513, 1428 * 8, 34_000_000)
                        .mapToObj(size -> Arguments.of(size, option[0], option[1])));
    }

    private byte[] file(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        Files.write(directory.resolve("root/file"), content);
        return content;
    }

    private TransferResult fetchedBy(byte[] content, String... command) throws Exception {
        try (ProgramRun client = ProgramRun.start(directory, List.of(command))) {
            String output = client.output();
            Path got = directory.resolve("got");
            assertThat(got).describedAs(output).exists();
            assertThat(Files.readAllBytes(got)).describedAs(output).isEqualTo(content);
        }
        TransferResult result = served.result();
        assertThat(result.outcome()).isEqualTo(new TransferOutcome.Completed());
        assertThat(result.bytes()).isEqualTo(content.length);
        assertThat(result.retransmissions()).isLessThan(100);
        return result;
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("sizes")
    void tftpHpa(int size) throws Exception {
        String tftp = Needs.program("tftp", "tftp-hpa").toString();
        fetchedBy(file(size), tftp, "-4", "-m", "binary", "127.0.0.1", port, "-c", "get", "file", "got");
    }

    @Test
    void tftpHpaInNetascii() throws Exception {
        String tftp = Needs.program("tftp", "tftp-hpa").toString();
        Files.writeString(directory.resolve("root/file"), "one\ntwo\r\nthree\rfour\n".repeat(100));
        try (ProgramRun client = ProgramRun.start(
                directory, List.of(tftp, "-4", "-m", "ascii", "127.0.0.1", port, "-c", "get", "file", "got"))) {
            String output = client.output();
            assertThat(directory.resolve("got"))
                    .describedAs(output)
                    .hasContent("one\ntwo\r\nthree\rfour\n".repeat(100));
        }
    }

    @ParameterizedTest(name = "{0} bytes, block size {1}, window {2}")
    @MethodSource("sizesAndOptions")
    void atftp(int size, int blockSize, int windowSize) throws Exception {
        String atftp = Needs.program("atftp", "atftp").toString();
        TransferResult result = fetchedBy(
                file(size),
                atftp,
                "--option",
                "blksize " + blockSize,
                "--option",
                "windowsize " + windowSize,
                "--option",
                "tsize 0",
                "-g",
                "-r",
                "file",
                "-l",
                "got",
                "127.0.0.1",
                port);
        assertThat(result.transfer().blockSize()).isEqualTo(blockSize);
        assertThat(result.transfer().windowSize()).isEqualTo(windowSize);
    }

    /** Without an empty file: curl 7.88 takes "tsize=0" in an OACK for an error, and RFC 2349 leaves a server no other answer. */
    static Stream<Arguments> sizesForCurl() {
        return sizes().skip(1);
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("sizesForCurl")
    void curl(int size) throws Exception {
        String curl = Needs.program("curl", "curl").toString();
        TransferResult result = fetchedBy(
                file(size), curl, "-sS", "--tftp-blksize", "1024", "-o", "got", "tftp://127.0.0.1:" + port + "/file");
        assertThat(result.transfer().options().get(TftpOption.TRANSFER_SIZE)).contains((long) size);
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("sizes")
    void curlWithoutOptions(int size) throws Exception {
        String curl = Needs.program("curl", "curl").toString();
        fetchedBy(file(size), curl, "-sS", "--tftp-no-options", "-o", "got", "tftp://127.0.0.1:" + port + "/file");
    }

    @ParameterizedTest(name = "{0} bytes")
    @MethodSource("sizes")
    void busybox(int size) throws Exception {
        String busybox = Needs.program("busybox", "busybox-static").toString();
        fetchedBy(file(size), busybox, "tftp", "-g", "-b", "1400", "-r", "file", "-l", "got", "127.0.0.1", port);
    }

    @Test
    void curlIsToldThatFileIsMissing() throws Exception {
        String curl = Needs.program("curl", "curl").toString();
        try (ProgramRun client =
                ProgramRun.start(directory, List.of(curl, "-sS", "tftp://127.0.0.1:" + port + "/absent"))) {
            assertThat(client.output()).startsWith("exit status 68"); // CURLE_TFTP_NOTFOUND
        }
        assertThat(served.result().outcome())
                .isEqualTo(new TransferOutcome.Failed(TftpErrorCode.FILE_NOT_FOUND, "file not found"));
    }
}
