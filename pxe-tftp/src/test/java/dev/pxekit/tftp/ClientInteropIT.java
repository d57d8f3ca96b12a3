package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
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

    /** What the client asks for; what a server makes of it says {@link #taken}. */
    enum Asked {
        NOTHING,
        BLOCK_SIZE,
        WINDOW,
        SIZE,
        TIMEOUT,
        LARGE_BLOCKS,
        NETASCII;

        TftpOptions options() {
            TftpOptions.Builder options = TftpOptions.builder();
            return switch (this) {
                case NOTHING, NETASCII -> options.build();
                case BLOCK_SIZE -> options.set(TftpOption.BLOCK_SIZE, 1428).build();
                case WINDOW ->
                    options.set(TftpOption.BLOCK_SIZE, 1428)
                            .set(TftpOption.WINDOW_SIZE, 8)
                            .build();
                case SIZE -> options.set(TftpOption.TRANSFER_SIZE, 0L).build();
                case TIMEOUT ->
                    options.set(TftpOption.TIMEOUT, Duration.ofSeconds(2)).build();
                case LARGE_BLOCKS -> options.set(TftpOption.BLOCK_SIZE, 8192).build();
            };
        }
    }

    @TempDir
    static Path root;

    private static final Map<PeerServer.Kind, PeerServer> servers = new EnumMap<>(PeerServer.Kind.class);

    @TempDir
    Path directory;

    private static PeerServer server(PeerServer.Kind kind) throws Exception {
        if (!servers.containsKey(kind)) {
            servers.put(kind, PeerServer.start(kind, root));
        }
        return servers.get(kind);
    }

    @AfterAll
    static void stop() throws IOException {
        for (PeerServer server : servers.values()) {
            server.close();
        }
        servers.clear();
    }

    static Stream<Arguments> edges() {
        return Stream.of(PeerServer.Kind.values())
                .flatMap(kind -> Stream.of(Asked.values())
                        .flatMap(asked ->
                                IntStream.of(RandomFiles.EDGES).mapToObj(size -> Arguments.of(kind, asked, size))));
    }

    /** Where the block number wraps: the last size that needs no number twice, and the first that does. */
    static Stream<Arguments> wraps() {
        int most = RandomFiles.MOST_NUMBERS * 512;
        return Stream.of(PeerServer.Kind.values())
                .flatMap(
                        kind -> IntStream.of(most - 1, most).mapToObj(size -> Arguments.of(kind, Asked.NOTHING, size)));
    }

    static Stream<Arguments> large() {
        return Stream.of(PeerServer.Kind.values())
                .flatMap(kind -> Stream.of(Asked.LARGE_BLOCKS, Asked.WINDOW)
                        .map(asked -> Arguments.of(kind, asked, RandomFiles.LARGE)));
    }

    @ParameterizedTest(name = "{0}, {1}, {2} bytes")
    @MethodSource({"edges", "wraps", "large"})
    void contentArrivesIntactWithTheOptionsThatTheServerKnows(PeerServer.Kind kind, Asked asked, int size)
            throws Exception {
        Path file = RandomFiles.ofSize(root, size);
        TftpClient client = server(kind).client().toBuilder()
                .options(asked.options())
                .mode(asked == Asked.NETASCII ? TransferMode.NETASCII : TransferMode.OCTET)
                .build();
        Path got = directory.resolve("got");
        TransferResult result = client.get("" + file.getFileName(), got);
        assertThat(Files.mismatch(got, file))
                .describedAs("first byte that differs")
                .isEqualTo(-1);
        assertThat(result.transfer().options()).hasToString(taken(kind, asked, size));
    }

    private static String taken(PeerServer.Kind kind, Asked asked, int size) {
        return switch (asked) {
            case NOTHING, NETASCII -> "";
            case BLOCK_SIZE -> "blksize=1428";
            case WINDOW -> kind == PeerServer.Kind.ATFTPD ? "blksize=1428 windowsize=8" : "blksize=1428";
            case SIZE -> "tsize=" + size;
            case TIMEOUT -> kind == PeerServer.Kind.DNSMASQ ? "" : "timeout=2";
            case LARGE_BLOCKS -> "blksize=8192";
        };
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
