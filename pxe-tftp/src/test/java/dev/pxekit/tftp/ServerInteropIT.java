package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Our server against clients that we did not write: each with its options, and at the sizes where implementations err. */
@Tag("interop")
class ServerInteropIT {

    private static final String ATFTP_GET = "-g -r FILE -l got 127.0.0.1 PORT";

    private static final PeerClient TFTP_HPA =
            PeerClient.of("tftp", "tftp-hpa", "", "-4 -m binary 127.0.0.1 PORT -c get FILE got");
    private static final PeerClient TFTP_HPA_NETASCII =
            PeerClient.of("tftp", "tftp-hpa", "", "-4 -m ascii 127.0.0.1 PORT -c get FILE got");

    private static final PeerClient ATFTP = PeerClient.atftp("", ATFTP_GET);
    private static final PeerClient ATFTP_LARGE = PeerClient.atftp(
            "tsize=SIZE blksize=8192 windowsize=4", ATFTP_GET, "blksize 8192", "windowsize 4", "tsize 0");
    private static final List<PeerClient> ATFTP_OPTIONS = List.of(
            PeerClient.atftp("blksize=1428", ATFTP_GET, "blksize 1428"),
            PeerClient.atftp("windowsize=8", ATFTP_GET, "windowsize 8"),
            PeerClient.atftp(
                    "tsize=SIZE timeout=3 blksize=512 windowsize=64",
                    ATFTP_GET,
                    "blksize 512",
                    "windowsize 64",
                    "timeout 3",
                    "tsize 0"),
            PeerClient.atftp("", ATFTP_GET, "mode netascii"));

    private static final PeerClient CURL =
            PeerClient.of("curl", "curl", "", "-sS --tftp-no-options -o got tftp://127.0.0.1:PORT/FILE");
    private static final PeerClient CURL_LARGE = PeerClient.of(
            "curl",
            "curl",
            "tsize=SIZE blksize=8192 timeout=6",
            "-sS --tftp-blksize 8192 -o got tftp://127.0.0.1:PORT/FILE");
    private static final PeerClient CURL_OPTIONS =
            PeerClient.of("curl", "curl", "tsize=SIZE blksize=512 timeout=6", "-sS -o got tftp://127.0.0.1:PORT/FILE");

    private static final PeerClient BUSYBOX =
            PeerClient.of("busybox", "busybox-static", "tsize=SIZE", "tftp -g -r FILE -l got 127.0.0.1 PORT");
    private static final PeerClient BUSYBOX_LARGE = PeerClient.of(
            "busybox", "busybox-static", "blksize=8192 tsize=SIZE", "tftp -g -b 8192 -r FILE -l got 127.0.0.1 PORT");
    private static final PeerClient BUSYBOX_OPTIONS = PeerClient.of(
            "busybox", "busybox-static", "blksize=1400 tsize=SIZE", "tftp -g -b 1400 -r FILE -l got 127.0.0.1 PORT");

    @TempDir
    static Path root;

    @TempDir
    Path directory;

    private final RecordingListener served = new RecordingListener();
    private @Nullable TftpServer server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    private String start(TftpServer.Transport transport) throws IOException {
        server = TftpServer.builder()
                .bind(Addresses.loopback())
                .files(TftpFiles.under(root))
                .transport(transport)
                .listener(served)
                .build();
        return Integer.toString(server.start().getPort());
    }

    static Stream<Arguments> edges() {
        Stream<PeerClient> clients = Stream.concat(
                Stream.of(
                        TFTP_HPA,
                        TFTP_HPA_NETASCII,
                        ATFTP,
                        ATFTP_LARGE,
                        CURL,
                        CURL_OPTIONS,
                        CURL_LARGE,
                        BUSYBOX,
                        BUSYBOX_OPTIONS,
                        BUSYBOX_LARGE),
                ATFTP_OPTIONS.stream());
        return clients.flatMap(client -> IntStream.of(RandomFiles.EDGES)
                .filter(size -> size > 0 || !refusesEmptyFile(client))
                .boxed()
                .flatMap(size -> TestTransports.all().map(transport -> Arguments.of(client, size, transport))));
    }

    /** curl 7.88 takes "tsize=0" in an OACK for an error, and RFC 2349 leaves a server no other answer to an empty file. */
    private static boolean refusesEmptyFile(PeerClient client) {
        return client.program().equals("curl") && client.agreed().contains("tsize");
    }

    /** Where the block number wraps: the last size that needs no number twice, the first that does, and one far beyond. */
    static Stream<Arguments> wraps() {
        int most = RandomFiles.MOST_NUMBERS * 512;
        Stream<Arguments> first = Stream.of(TFTP_HPA, ATFTP, CURL, BUSYBOX)
                .flatMap(client -> IntStream.of(most - 1, most).mapToObj(size -> usually(client, size)));
        Stream<Arguments> beyond =
                Stream.of(TFTP_HPA, ATFTP_OPTIONS.get(2)).map(client -> usually(client, RandomFiles.LARGE));
        return Stream.concat(first, beyond);
    }

    static Stream<Arguments> large() {
        return Stream.of(ATFTP_LARGE, CURL_LARGE, BUSYBOX_LARGE).map(client -> usually(client, RandomFiles.LARGE));
    }

    private static Arguments usually(PeerClient client, int size) {
        return Arguments.of(client, size, TftpServer.Transport.AUTO);
    }

    @ParameterizedTest(name = "{1} bytes, {2}: {0}")
    @MethodSource({"edges", "wraps", "large"})
    void contentArrivesIntactWithTheOptionsAskedFor(PeerClient client, int size, TftpServer.Transport transport)
            throws Exception {
        Path file = RandomFiles.ofSize(root, size);
        String output = run(client.command(start(transport), file));
        Path got = directory.resolve("got");
        assertThat(got).describedAs(output).exists();
        assertThat(Files.mismatch(got, file))
                .describedAs("first byte that differs; " + output)
                .isEqualTo(-1);

        TransferResult result = served.result();
        assertThat(result.outcome()).isEqualTo(new TransferOutcome.Completed());
        assertThat(result.transfer().options()).hasToString(client.agreed(size));
        // A busy machine may hold up an ACK; more than this would be blocks that nobody has missed.
        assertThat(result.retransmissions()).isLessThanOrEqualTo(10 + result.blocks() / 100);
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        try (ProgramRun client = ProgramRun.start(directory, command)) {
            return client.output();
        }
    }

    /** curl leaves what it gets as it is. */
    @Test
    void curlInNetasciiGetsLineEndsOfTheNetwork() throws Exception {
        String curl = Needs.program("curl", "curl").toString();
        String port = start(TftpServer.Transport.AUTO);
        Files.writeString(root.resolve("text"), "one\ntwo\r\nthree\rfour\n".repeat(100));
        String output = run(List.of(curl, "-sS", "-o", "got", "tftp://127.0.0.1:" + port + "/text;mode=netascii"));
        assertThat(directory.resolve("got"))
                .describedAs(output)
                .hasContent("one\r\ntwo\r\0\r\nthree\r\0four\r\n".repeat(100));
        assertThat(served.result().transfer().mode()).isEqualTo(TransferMode.NETASCII);
    }

    @Test
    void curlIsToldThatFileIsMissing() throws Exception {
        String curl = Needs.program("curl", "curl").toString();
        String port = start(TftpServer.Transport.AUTO);
        assertThat(run(List.of(curl, "-sS", "tftp://127.0.0.1:" + port + "/absent")))
                .startsWith("exit status 68"); // CURLE_TFTP_NOTFOUND
        assertThat(served.result().outcome())
                .isEqualTo(new TransferOutcome.Failed(TftpErrorCode.FILE_NOT_FOUND, "file not found"));
    }
}
