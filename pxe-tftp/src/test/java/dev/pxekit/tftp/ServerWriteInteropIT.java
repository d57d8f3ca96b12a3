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

/** Clients that we did not write send to our server: each with its options, and at the sizes where implementations err. */
@Tag("interop")
class ServerWriteInteropIT {

    private static final String ATFTP_PUT = "-p -l FILE -r FILE 127.0.0.1 PORT";

    private static final PeerClient TFTP_HPA =
            PeerClient.of("tftp", "tftp-hpa", "", "-4 -m binary 127.0.0.1 PORT -c put FILE FILE");
    private static final PeerClient TFTP_HPA_NETASCII =
            PeerClient.of("tftp", "tftp-hpa", "", "-4 -m ascii 127.0.0.1 PORT -c put FILE FILE");

    private static final PeerClient ATFTP = PeerClient.atftp("", ATFTP_PUT);
    private static final PeerClient ATFTP_WINDOW = PeerClient.atftp(
            "tsize=SIZE timeout=3 blksize=512 windowsize=64",
            ATFTP_PUT,
            "blksize 512",
            "windowsize 64",
            "timeout 3",
            "tsize 0");
    private static final PeerClient ATFTP_LARGE = PeerClient.atftp(
            "tsize=SIZE blksize=8192 windowsize=4", ATFTP_PUT, "blksize 8192", "windowsize 4", "tsize 0");
    private static final PeerClient ATFTP_NETASCII = PeerClient.atftp("", ATFTP_PUT, "mode netascii");
    private static final List<PeerClient> ATFTP_OPTIONS = List.of(
            PeerClient.atftp("blksize=1428", ATFTP_PUT, "blksize 1428"),
            PeerClient.atftp("windowsize=8", ATFTP_PUT, "windowsize 8"),
            PeerClient.atftp("blksize=1428 windowsize=8", ATFTP_PUT, "blksize 1428", "windowsize 8"));

    private static final PeerClient CURL =
            PeerClient.of("curl", "curl", "", "-sS --tftp-no-options -T FILE tftp://127.0.0.1:PORT/FILE");
    private static final PeerClient CURL_LARGE = PeerClient.of(
            "curl",
            "curl",
            "tsize=SIZE blksize=8192 timeout=6",
            "-sS --tftp-blksize 8192 -T FILE tftp://127.0.0.1:PORT/FILE");
    private static final PeerClient CURL_OPTIONS =
            PeerClient.of("curl", "curl", "tsize=SIZE blksize=512 timeout=6", "-sS -T FILE tftp://127.0.0.1:PORT/FILE");

    private static final PeerClient BUSYBOX =
            PeerClient.of("busybox", "busybox-static", "tsize=SIZE", "tftp -p -l FILE -r FILE 127.0.0.1 PORT");
    private static final PeerClient BUSYBOX_LARGE = PeerClient.of(
            "busybox", "busybox-static", "blksize=8192 tsize=SIZE", "tftp -p -b 8192 -l FILE -r FILE 127.0.0.1 PORT");
    private static final PeerClient BUSYBOX_OPTIONS = PeerClient.of(
            "busybox", "busybox-static", "blksize=1400 tsize=SIZE", "tftp -p -b 1400 -l FILE -r FILE 127.0.0.1 PORT");

    private static final int MOST_WITHOUT_WRAP = RandomFiles.MOST_NUMBERS * 512 - 1;

    @TempDir
    static Path sources;

    @TempDir
    Path root;

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
                .uploads(TftpUploads.into(root))
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
                        ATFTP_WINDOW,
                        ATFTP_LARGE,
                        ATFTP_NETASCII,
                        CURL,
                        CURL_OPTIONS,
                        CURL_LARGE,
                        BUSYBOX,
                        BUSYBOX_OPTIONS,
                        BUSYBOX_LARGE),
                ATFTP_OPTIONS.stream());
        return clients.flatMap(client -> IntStream.of(RandomFiles.EDGES)
                .boxed()
                .flatMap(size -> TestTransports.all().map(transport -> Arguments.of(client, size, transport))));
    }

    /** Where the block number wraps: the last size that needs no number twice, the first that does, and one far beyond. */
    static Stream<Arguments> wraps() {
        return Stream.of(TFTP_HPA, ATFTP, ATFTP_WINDOW, CURL, BUSYBOX)
                .flatMap(client -> IntStream.of(MOST_WITHOUT_WRAP, MOST_WITHOUT_WRAP + 1, RandomFiles.LARGE)
                        .mapToObj(size -> usually(client, size)));
    }

    /**
     * These take the end for the beginning: tftp-hpa 5.2 where the last block has the number 0 again, curl 7.88 also where it has
     * 65,535. They send one more empty block then, and wait for its ACK.
     */
    private static boolean missesItsEnd(PeerClient client, int size) {
        return (client.equals(TFTP_HPA) && size == MOST_WITHOUT_WRAP + 1)
                || (client.equals(CURL) && (size == MOST_WITHOUT_WRAP || size == MOST_WITHOUT_WRAP + 1));
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
        Path file = RandomFiles.ofSize(sources, size);
        TransferResult result;
        String output = "";
        try (ProgramRun program = ProgramRun.start(sources, client.command(start(transport), file))) {
            if (!missesItsEnd(client, size)) {
                output = program.output();
                assertThat(output).startsWith("exit status 0");
            }
            result = served.result(ProgramRun.PATIENCE);
        }
        Path received = root.resolve(file.getFileName());
        assertThat(received).describedAs(output).exists();
        assertThat(Files.mismatch(received, file))
                .describedAs("first byte that differs; " + output)
                .isEqualTo(-1);
        assertThat(result.outcome()).isEqualTo(new TransferOutcome.Completed());
        assertThat(result.transfer().options()).hasToString(client.agreed(size));
        // A busy machine may hold up a block; more than this would be ACKs that nobody has missed.
        assertThat(result.retransmissions()).isLessThanOrEqualTo(10 + result.blocks() / 100);
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        try (ProgramRun client = ProgramRun.start(sources, command)) {
            return client.output();
        }
    }

    /** curl sends what it has as it is. */
    @Test
    void lineEndsThatCurlSendsInNetasciiAreTurned() throws Exception {
        String curl = Needs.program("curl", "curl").toString();
        String url = "tftp://127.0.0.1:" + start(TftpServer.Transport.AUTO) + "/text;mode=netascii";
        Files.writeString(sources.resolve("text"), "one\r\ntwo\r\0\r\nthree\r\0four\r\n".repeat(100));
        String output = run(List.of(curl, "-sS", "-T", "text", url));
        assertThat(root.resolve("text"))
                .describedAs(output)
                .content()
                .isEqualTo("one\ntwo\r\nthree\rfour\n".repeat(100));
        assertThat(served.result().transfer().mode()).isEqualTo(TransferMode.NETASCII);
    }

    @Test
    void curlIsToldThatFileIsThere() throws Exception {
        Path file = RandomFiles.ofSize(sources, 513);
        Path old = Files.writeString(root.resolve(file.getFileName()), "old");
        assertThat(run(CURL.command(start(TftpServer.Transport.AUTO), file)))
                .startsWith("exit status 73"); // CURLE_REMOTE_FILE_EXISTS
        assertThat(old).hasContent("old");
    }
}
