package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Our client writes to servers that we did not write: the options each takes, at the sizes where implementations err. */
@Tag("interop")
class ClientWriteInteropIT {

    @TempDir
    static Path root;

    @TempDir
    static Path sources;

    private static final PeerServers servers = new PeerServers();

    private static PeerServer server(PeerServer.Kind kind) throws Exception {
        return servers.get(kind, root);
    }

    @AfterEach
    void removeFile() throws IOException {
        Files.deleteIfExists(root.resolve("file"));
    }

    @AfterAll
    static void stop() throws IOException {
        servers.close();
    }

    /** dnsmasq takes no files. */
    static Stream<PeerServer.Kind> kinds() {
        return Stream.of(PeerServer.Kind.TFTPD_HPA, PeerServer.Kind.ATFTPD);
    }

    static Stream<Arguments> edges() {
        return kinds().flatMap(kind -> Stream.of(AskedOptions.values())
                .flatMap(asked -> IntStream.of(RandomFiles.EDGES).mapToObj(size -> Arguments.of(kind, asked, size))));
    }

    /** Where the block number wraps: the last size that needs no number twice, and the first that does. */
    static Stream<Arguments> wraps() {
        int most = RandomFiles.MOST_NUMBERS * 512;
        return kinds().flatMap(kind ->
                IntStream.of(most - 1, most).mapToObj(size -> Arguments.of(kind, AskedOptions.NOTHING, size)));
    }

    static Stream<Arguments> large() {
        return kinds().flatMap(kind -> Stream.of(AskedOptions.LARGE_BLOCKS, AskedOptions.WINDOW)
                .map(asked -> Arguments.of(kind, asked, RandomFiles.LARGE)));
    }

    @ParameterizedTest(name = "{0}, {1}, {2} bytes")
    @MethodSource({"edges", "wraps", "large"})
    void contentArrivesIntactWithTheOptionsThatTheServerKnows(PeerServer.Kind kind, AskedOptions asked, int size)
            throws Exception {
        TransferResult result = send(asked.client(server(kind)), size);
        assertThat(result.transfer().options()).hasToString(asked.agreed(kind, size));
    }

    /** Sends a file of this size and compares it with what the server has. */
    private static TransferResult send(TftpClient client, int size) throws Exception {
        Path source = RandomFiles.ofSize(sources, size);
        TransferResult result = client.put(source, "file");
        awaitSize(size);
        assertThat(Files.mismatch(root.resolve("file"), source))
                .describedAs("first byte that differs")
                .isEqualTo(-1);
        return result;
    }

    /** atftpd acknowledges the last block before it writes the last of its own buffer. */
    private static void awaitSize(int size) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (Files.size(root.resolve("file")) < size && System.nanoTime() < end) {
            Thread.sleep(5);
        }
    }

    /** In windows where the server knows them; atftpd wants the OACK to be no longer than a block. */
    @ParameterizedTest
    @MethodSource("kinds")
    void blockNumbersOfWindowsWrap(PeerServer.Kind kind) throws Exception {
        TftpClient client =
                server(kind).client().toBuilder().blockSize(64).windowSize(64).build();
        Transfer transfer = send(client, (RandomFiles.MOST_NUMBERS + 100) * 64).transfer();
        assertThat(transfer.blockSize()).isEqualTo(64);
        assertThat(transfer.windowSize()).isEqualTo(kind == PeerServer.Kind.ATFTPD ? 64 : 1);
    }

    @Test
    void blockNumbersOfTftpHpaGoOnWithOne() throws Exception {
        TftpClient client = server(PeerServer.Kind.TFTPD_HPA).client().toBuilder()
                .blockSize(8)
                .option(TftpOption.ROLLOVER, 1)
                .build();
        TransferResult result = send(client, (RandomFiles.MOST_NUMBERS + 100) * 8);
        assertThat(result.transfer().options().get(TftpOption.ROLLOVER)).contains(1);
        assertThat(client.get("file")).isEqualTo(Files.readAllBytes(root.resolve("file")));
    }

    @Test
    void sendsToTftpHpaWithItsOwnOptions() throws Exception {
        TftpClient client = server(PeerServer.Kind.TFTPD_HPA).client().toBuilder()
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

    @ParameterizedTest
    @MethodSource("kinds")
    void isToldThatThereIsNoSuchDirectory(PeerServer.Kind kind) throws Exception {
        TftpClient client = server(kind).client();
        assertThatThrownBy(() -> client.put(new byte[1], "absent/file")).isInstanceOf(TftpErrorException.class);
    }
}
