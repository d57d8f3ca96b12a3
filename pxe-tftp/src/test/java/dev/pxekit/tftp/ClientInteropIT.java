package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Our client against servers that we did not write: the options each takes, at the sizes where implementations err. */
@Tag("interop")
class ClientInteropIT {

    @TempDir
    static Path root;

    private static final PeerServers servers = new PeerServers();

    @TempDir
    Path directory;

    private static PeerServer server(PeerServer.Kind kind) throws Exception {
        return servers.get(kind, root);
    }

    @AfterAll
    static void stop() throws IOException {
        servers.close();
    }

    static Stream<Arguments> edges() {
        return Stream.of(PeerServer.Kind.values())
                .flatMap(kind -> Stream.of(AskedOptions.values())
                        .flatMap(asked ->
                                IntStream.of(RandomFiles.EDGES).mapToObj(size -> Arguments.of(kind, asked, size))));
    }

    /** Where the block number wraps: the last size that needs no number twice, and the first that does. */
    static Stream<Arguments> wraps() {
        int most = RandomFiles.MOST_NUMBERS * 512;
        return Stream.of(PeerServer.Kind.values())
                .flatMap(kind ->
                        IntStream.of(most - 1, most).mapToObj(size -> Arguments.of(kind, AskedOptions.NOTHING, size)));
    }

    static Stream<Arguments> large() {
        return Stream.of(PeerServer.Kind.values())
                .flatMap(kind -> Stream.of(AskedOptions.LARGE_BLOCKS, AskedOptions.WINDOW)
                        .map(asked -> Arguments.of(kind, asked, RandomFiles.LARGE)));
    }

    @ParameterizedTest(name = "{0}, {1}, {2} bytes")
    @MethodSource({"edges", "wraps", "large"})
    void contentArrivesIntactWithTheOptionsThatTheServerKnows(PeerServer.Kind kind, AskedOptions asked, int size)
            throws Exception {
        Path file = RandomFiles.ofSize(root, size);
        TftpClient client = asked.client(server(kind));
        Path got = directory.resolve("got");
        TransferResult result = client.get("" + file.getFileName(), got);
        assertThat(Files.mismatch(got, file))
                .describedAs("first byte that differs")
                .isEqualTo(-1);
        assertThat(result.transfer().options()).hasToString(asked.agreed(kind, size));
    }

    @ParameterizedTest
    @EnumSource
    void lineEndsOfTheNetworkAreTurnedBack(PeerServer.Kind kind) throws Exception {
        String text = "one\ntwo\n\nfour\n".repeat(1000) + (kind == PeerServer.Kind.DNSMASQ ? "" : "\r\r\n\rfive");
        Files.writeString(root.resolve("text"), text);
        TftpClient client =
                server(kind).client().toBuilder().mode(TransferMode.NETASCII).build();
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        assertThat(client.get("text", received).bytes()).isEqualTo(text.length());
        assertThat(received).hasToString(text);
    }

    @ParameterizedTest
    @EnumSource
    void asksForTheSize(PeerServer.Kind kind) throws Exception {
        Path file = RandomFiles.ofSize(root, 123_456);
        assertThat(server(kind).client().size("" + file.getFileName())).hasValue(123_456);
    }

    @ParameterizedTest
    @EnumSource
    void isToldThatFileIsMissing(PeerServer.Kind kind) throws Exception {
        TftpClient client = server(kind).client();
        assertThatThrownBy(() -> client.get("absent"))
                .isInstanceOfSatisfying(
                        TftpErrorException.class, e -> assertThat(e.code()).isEqualTo(TftpErrorCode.FILE_NOT_FOUND));
    }
}
