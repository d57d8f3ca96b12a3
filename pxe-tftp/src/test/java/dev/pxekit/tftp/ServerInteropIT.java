package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

    /**
     * How a program is told to fetch a file into the file "got".
     *
     * @param agreed the OACK that it asks for, SIZE for the file's size; empty for a client of RFC 1350
     * @param arguments with PORT and FILE where these belong
     */
    record Fetch(String program, String debianPackage, String agreed, List<String> arguments) {

        static Fetch by(String program, String debianPackage, String agreed, String arguments) {
            return new Fetch(program, debianPackage, agreed, List.of(arguments.split(" ")));
        }

        /** atftp takes an option as one argument with a blank. */
        static Fetch byAtftp(String agreed, String... options) {
            Stream<String> asked = Stream.of(options).flatMap(option -> Stream.of("--option", option));
            Stream<String> rest = Stream.of("-g", "-r", "FILE", "-l", "got", "127.0.0.1", "PORT");
            return new Fetch(
                    "atftp", "atftp", agreed, Stream.concat(asked, rest).toList());
        }

        List<String> command(String port, Path file) {
            Stream<String> filled = arguments.stream()
                    .map(argument -> argument.replace("PORT", port).replace("FILE", "" + file.getFileName()));
            String path = Needs.program(program, debianPackage).toString();
            return Stream.concat(Stream.of(path), filled).toList();
        }

        @Override
        public String toString() {
            return program + " " + String.join(" ", arguments);
        }
    }

    private static final Fetch TFTP_HPA =
            Fetch.by("tftp", "tftp-hpa", "", "-4 -m binary 127.0.0.1 PORT -c get FILE got");
    private static final Fetch TFTP_HPA_NETASCII =
            Fetch.by("tftp", "tftp-hpa", "", "-4 -m ascii 127.0.0.1 PORT -c get FILE got");

    private static final Fetch ATFTP = Fetch.byAtftp("");
    private static final Fetch ATFTP_LARGE =
            Fetch.byAtftp("tsize=SIZE blksize=8192 windowsize=4", "blksize 8192", "windowsize 4", "tsize 0");
    private static final List<Fetch> ATFTP_OPTIONS = List.of(
            Fetch.byAtftp("blksize=1428", "blksize 1428"),
            Fetch.byAtftp("windowsize=8", "windowsize 8"),
            Fetch.byAtftp(
                    "tsize=SIZE timeout=3 blksize=512 windowsize=64",
                    "blksize 512",
                    "windowsize 64",
                    "timeout 3",
                    "tsize 0"),
            Fetch.byAtftp("", "mode netascii"));

    private static final Fetch CURL =
            Fetch.by("curl", "curl", "", "-sS --tftp-no-options -o got tftp://127.0.0.1:PORT/FILE");
    private static final Fetch CURL_LARGE = Fetch.by(
            "curl",
            "curl",
            "tsize=SIZE blksize=8192 timeout=6",
            "-sS --tftp-blksize 8192 -o got tftp://127.0.0.1:PORT/FILE");
    private static final Fetch CURL_OPTIONS =
            Fetch.by("curl", "curl", "tsize=SIZE blksize=512 timeout=6", "-sS -o got tftp://127.0.0.1:PORT/FILE");

    private static final Fetch BUSYBOX =
            Fetch.by("busybox", "busybox-static", "tsize=SIZE", "tftp -g -r FILE -l got 127.0.0.1 PORT");
    private static final Fetch BUSYBOX_LARGE = Fetch.by(
            "busybox", "busybox-static", "blksize=8192 tsize=SIZE", "tftp -g -b 8192 -r FILE -l got 127.0.0.1 PORT");
    private static final Fetch BUSYBOX_OPTIONS = Fetch.by(
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
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .files(TftpFiles.under(root))
                .transport(transport)
                .listener(served)
                .build();
        return Integer.toString(server.start().getPort());
    }

    static Stream<Arguments> edges() {
        Stream<Fetch> fetches = Stream.concat(
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
        return fetches.flatMap(fetch -> IntStream.of(RandomFiles.EDGES)
                .filter(size -> size > 0 || !refusesEmptyFile(fetch))
                .boxed()
                .flatMap(size -> TestTransports.all().map(transport -> Arguments.of(fetch, size, transport))));
    }

    /** curl 7.88 takes "tsize=0" in an OACK for an error, and RFC 2349 leaves a server no other answer to an empty file. */
    private static boolean refusesEmptyFile(Fetch fetch) {
        return fetch.program().equals("curl") && fetch.agreed().contains("tsize");
    }

    /** Where the block number wraps: the last size that needs no number twice, the first that does, and one far beyond. */
    static Stream<Arguments> wraps() {
        int most = RandomFiles.MOST_NUMBERS * 512;
        Stream<Arguments> first = Stream.of(TFTP_HPA, ATFTP, CURL, BUSYBOX)
                .flatMap(fetch -> IntStream.of(most - 1, most).mapToObj(size -> usually(fetch, size)));
        Stream<Arguments> beyond =
                Stream.of(TFTP_HPA, ATFTP_OPTIONS.get(2)).map(fetch -> usually(fetch, RandomFiles.LARGE));
        return Stream.concat(first, beyond);
    }

    static Stream<Arguments> large() {
        return Stream.of(ATFTP_LARGE, CURL_LARGE, BUSYBOX_LARGE).map(fetch -> usually(fetch, RandomFiles.LARGE));
    }

    private static Arguments usually(Fetch fetch, int size) {
        return Arguments.of(fetch, size, TftpServer.Transport.AUTO);
    }

    @ParameterizedTest(name = "{1} bytes, {2}: {0}")
    @MethodSource({"edges", "wraps", "large"})
    void contentArrivesIntactWithTheOptionsAskedFor(Fetch fetch, int size, TftpServer.Transport transport)
            throws Exception {
        Path file = RandomFiles.ofSize(root, size);
        String output = run(fetch.command(start(transport), file));
        Path got = directory.resolve("got");
        assertThat(got).describedAs(output).exists();
        assertThat(Files.mismatch(got, file))
                .describedAs("first byte that differs; " + output)
                .isEqualTo(-1);

        TransferResult result = served.result();
        assertThat(result.outcome()).isEqualTo(new TransferOutcome.Completed());
        assertThat(result.transfer().options()).hasToString(fetch.agreed().replace("SIZE", "" + size));
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
