package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that the client of this module sends to its server, over the loopback interface. */
class UploadTest {

    /** Where nothing gets lost, and nothing is to be sent again on a busy machine either. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path root;

    private final RecordingListener served = new RecordingListener();
    private final List<TftpServer> servers = new ArrayList<>();
    private TftpClient client;

    @BeforeEach
    void start() throws IOException {
        client = clientOf(builder());
    }

    private TftpServer.Builder builder() {
        return TftpServer.builder()
                .bind(Addresses.loopback())
                .uploads(TftpUploads.into(root))
                .listener(served);
    }

    private TftpClient clientOf(TftpServer.Builder builder) throws IOException {
        TftpServer server = builder.build();
        servers.add(server);
        return TftpClient.builder().server(server.start()).build();
    }

    @AfterEach
    void stop() {
        servers.forEach(TftpServer::close);
    }

    private static byte[] random(int size) {
        return RandomFiles.bytes(size, size);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(root)) {
            return files.toList();
        }
    }

    static Stream<Arguments> sizesAndOptions() {
        int[][] options = {{512, 1}, {512, 8}, {1428, 1}, {1428, 64}, {8192, 4}, {65464, 2}};
        int[] sizes = {0, 1, 511, 512, 513, 4096, 1 << 20};
        return Stream.of(options)
                .flatMap(option -> java.util.stream.IntStream.of(sizes)
                        .mapToObj(size -> Arguments.of(size, option[0], option[1])));
    }

    @ParameterizedTest(name = "{0} bytes, block size {1}, window {2}")
    @MethodSource("sizesAndOptions")
    void contentArrivesIntact(int size, int blockSize, int windowSize) throws Exception {
        byte[] content = random(size);
        TransferResult sent = client.toBuilder()
                .blockSize(blockSize)
                .windowSize(windowSize)
                .build()
                .put(content, "file");
        assertThat(root.resolve("file")).hasBinaryContent(content);
        for (TransferResult result : List.of(sent, served.result())) {
            assertThat(result.outcome()).isEqualTo(new TransferOutcome.Completed());
            assertThat(result.bytes()).isEqualTo(size);
            assertThat(result.blocks()).isEqualTo(size / blockSize + 1);
            assertThat(result.transfer().blockSize()).isEqualTo(blockSize);
            assertThat(result.transfer().windowSize()).isEqualTo(windowSize);
            assertThat(result.transfer().options().get(TftpOption.TRANSFER_SIZE))
                    .contains((long) size);
        }
        assertThat(files()).containsExactly(root.resolve("file"));
    }

    @ParameterizedTest(name = "window {0}, rollover to {1}")
    @CsvSource({"1, 0", "16, 0", "16, 1"})
    void moreThan65535BlocksWrap(int windowSize, int rollover) throws Exception {
        byte[] content = random(65_540 * 8 + 3);
        client.toBuilder()
                .blockSize(8)
                .windowSize(windowSize)
                .option(TftpOption.ROLLOVER, rollover)
                .build()
                .put(content, "file");
        assertThat(root.resolve("file")).hasBinaryContent(content);
        assertThat(served.result().transfer().options().get(TftpOption.ROLLOVER))
                .contains(rollover);
    }

    @ParameterizedTest
    @EnumSource(TftpServer.Ports.class)
    void takesUploadsOnAnyPorts(TftpServer.Ports ports) throws Exception {
        byte[] content = random(300_000);
        TransferResult sent = clientOf(builder().ports(ports)).toBuilder()
                .blockSize(9000)
                .build()
                .put(content, "file");
        assertThat(root.resolve("file")).hasBinaryContent(content);
        assertThat(sent.transfer().blockSize()).isEqualTo(ports == TftpServer.Ports.SERVER ? 1468 : 9000);
    }

    @ParameterizedTest
    @EnumSource(TftpServer.Transport.class)
    void takesUploadsOnAnyTransport(TftpServer.Transport transport) throws Exception {
        byte[] content = random(1 << 20);
        clientOf(builder().transport(transport)).put(content, "file");
        assertThat(root.resolve("file")).hasBinaryContent(content);
    }

    @Test
    void sendsFilesAndStreams() throws Exception {
        byte[] content = random(100_000);
        Path source = Files.write(root.resolve("source"), content);
        client.put(source, "file");
        assertThat(root.resolve("file")).hasBinaryContent(content);
        ByteArrayInputStream stream = new ByteArrayInputStream(content);
        client.put(stream, 99_990, "part");
        assertThat(Files.size(root.resolve("part"))).isEqualTo(99_990);
        assertThat(stream.available()).isEqualTo(10);
    }

    @Test
    void streamThatIsTooShortEndsTheTransferOnBothSides() throws Exception {
        assertThatThrownBy(() -> client.put(new ByteArrayInputStream(random(50_000)), 50_001, "file"))
                .isInstanceOf(EOFException.class);
        assertThat(served.result().outcome())
                .isEqualTo(new TransferOutcome.Failed(
                        TftpErrorCode.NOT_DEFINED, "client: the client cannot read the file"));
        assertThat(files()).isEmpty();
    }

    @Test
    void netasciiGoesThereAndBack() throws Exception {
        String text = "a\nb\r\nc\rd\n".repeat(1000) + "\r";
        Files.writeString(root.resolve("source"), text);
        TftpClient ascii = client.toBuilder().mode(TransferMode.NETASCII).build();
        TransferResult sent = ascii.put(root.resolve("source"), "file");
        assertThat(root.resolve("file")).hasContent(text);
        assertThat(sent.bytes()).isEqualTo(14_002);
        TransferResult received = served.result();
        assertThat(received.bytes()).isEqualTo(14_002);
        assertThat(received.transfer().options().get("tsize")).isEmpty();
    }

    @Test
    void clientOfRfc1350IsTaken() throws Exception {
        byte[] content = random(65_537 * 512);
        client.toBuilder().options(TftpOptions.none()).build().put(content, "file");
        assertThat(root.resolve("file")).hasBinaryContent(content);
    }

    @Test
    void readOnlyServerTakesNothing() throws Exception {
        TftpClient other =
                clientOf(TftpServer.builder().bind(Addresses.loopback()).files(TftpFiles.under(root)));
        assertRefused(other, "file", 1, TftpErrorCode.ACCESS_VIOLATION, "read only");
    }

    @Test
    void fileThatIsThereIsNotReplacedUnlessAllowed() throws Exception {
        Path file = Files.writeString(root.resolve("file"), "old");
        assertRefused(client, "file", 1, TftpErrorCode.FILE_EXISTS, "file already exists");
        assertThat(file).hasContent("old");
        TftpClient replacing = clientOf(builder().uploads(TftpUploads.into(root).replacing()));
        replacing.put(random(600), "file");
        assertThat(file).hasBinaryContent(random(600));
        replacing.put(random(601), "new");
        assertThat(root.resolve("new")).hasBinaryContent(random(601));
    }

    @Test
    void newFilesAreNotMadeIfOnlyOldOnesAreReplaced() throws Exception {
        TftpClient replacing = clientOf(builder().uploads(TftpUploads.into(root).replacingOnly()));
        assertRefused(replacing, "file", 1, TftpErrorCode.FILE_NOT_FOUND, "file not found");
        Files.createFile(root.resolve("file"));
        replacing.put(random(600), "file");
        assertThat(root.resolve("file")).hasBinaryContent(random(600));
    }

    private static void assertRefused(TftpClient client, String name, int size, TftpErrorCode code, String text) {
        assertThatThrownBy(() -> client.put(random(size), name)).isInstanceOfSatisfying(TftpErrorException.class, e -> {
            assertThat(e.code()).isEqualTo(code);
            assertThat(e.text()).isEqualTo(text);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "../outside, 2",
        "%2e%2e/outside, 2",
        "link/outside, 2",
        "\\\\host\\outside, 2",
        "C:outside/outside, 1",
        "/, 2",
        "absent/file, 1",
        "plain/file, 1",
        "link, 6",
        "directory, 6"
    })
    void namesStayBelowTheRoot(String name, int code) throws Exception {
        Path outside = Files.createDirectory(root.resolve("outside"));
        Path inside = Files.createDirectory(root.resolve("inside"));
        Files.createSymbolicLink(inside.resolve("link"), outside);
        Files.createDirectory(inside.resolve("directory"));
        Files.createFile(inside.resolve("plain"));
        TftpClient other = clientOf(builder().uploads(TftpUploads.into(inside)));
        assertThatThrownBy(() -> other.put(random(1), name))
                .isInstanceOfSatisfying(
                        TftpErrorException.class, e -> assertThat(e.code()).isEqualTo(TftpErrorCode.of(code)));
        assertThat(outside).isEmptyDirectory();
        assertThat(root.resolve("outside/outside")).doesNotExist();
    }

    @Test
    void linkIsReplacedAndNotFollowed() throws Exception {
        Path outside = Files.writeString(root.resolve("outside"), "old");
        Path inside = Files.createDirectory(root.resolve("inside"));
        Files.createSymbolicLink(inside.resolve("link"), outside);
        TftpClient other = clientOf(builder().uploads(TftpUploads.into(inside).replacing()));
        assertRefused(other, "link", 1, TftpErrorCode.ACCESS_VIOLATION, "access violation");
        assertThat(outside).hasContent("old");
    }

    @Test
    void announcedSizeOverTheLimitIsRefusedBeforeAnyContent() throws Exception {
        TftpClient limited = clientOf(builder().uploads(TftpUploads.into(root).upTo(1000)));
        assertRefused(limited, "file", 1001, TftpErrorCode.DISK_FULL, "the file has 1001 bytes, the limit is 1000");
        assertThat(served.result().blocks()).isZero();
        limited.put(random(1000), "file");
        assertThat(root.resolve("file")).hasBinaryContent(random(1000));
    }

    @Test
    void contentOverTheLimitLeavesNothing() throws Exception {
        TftpClient limited = clientOf(builder().uploads(TftpUploads.into(root).upTo(100_000)));
        TftpClient silent = limited.toBuilder()
                .options(TftpOptions.builder().set(TftpOption.WINDOW_SIZE, 4).build())
                .build();
        assertRefused(
                silent, "file", 100_001, TftpErrorCode.DISK_FULL, "the file has more than 100000 bytes, the limit");
        served.result();
        assertThat(files()).isEmpty();
    }

    @Test
    void secondOfTwoWritersOfOneNameFails() throws Exception {
        CompletableFuture<Void> bothOpen = new CompletableFuture<>();
        int[] open = {0};
        DirectoryUploads uploads = TftpUploads.into(root);
        TftpClient both = clientOf(builder().uploads(request -> {
            TftpUpload upload = uploads.open(request);
            synchronized (open) {
                if (++open[0] == 2) {
                    bothOpen.complete(null);
                }
            }
            bothOpen.orTimeout(20, java.util.concurrent.TimeUnit.SECONDS).join();
            return upload;
        }));
        List<CompletableFuture<TransferResult>> sending = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            sending.add(both.async(command -> new Thread(command).start(), call -> call.put(random(5000), "file")));
        }
        long failed = sending.stream()
                .filter(future -> future.handle((result, failure) -> failure instanceof TftpErrorException refused
                                && refused.code().equals(TftpErrorCode.FILE_EXISTS))
                        .join())
                .count();
        assertThat(failed).isEqualTo(1);
        served.result();
        served.result();
        assertThat(files()).containsExactly(root.resolve("file"));
    }

    /** An upload that fails where it is told to. */
    private record Failing(String where) implements TftpUpload {

        @Override
        public void write(ByteBuffer content) throws IOException {
            failIn("write");
        }

        @Override
        public void commit() throws IOException {
            failIn("commit");
        }

        private void failIn(String place) throws IOException {
            if (where.equals(place)) {
                throw new IOException(root() + ": No space left on device");
            }
        }

        private static String root() {
            return "/srv/secret";
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @CsvSource({"write", "commit"})
    void lastBlockIsNotAcknowledgedIfStoringFails(String where) throws Exception {
        TftpClient other = clientOf(builder().uploads(request -> new Failing(where)));
        assertRefused(other, "file", 100, TftpErrorCode.DISK_FULL, "disk full or allocation exceeded");
        assertThat(served.result().isCompleted()).isFalse();
    }

    @Test
    void slowDiskHoldsTheClientUpAndLosesNothing() throws Exception {
        byte[] content = random(200_000);
        byte[] stored = new byte[content.length];
        ByteBuffer target = ByteBuffer.wrap(stored);
        TftpClient other = clientOf(builder().retransmissionTimeout(PATIENCE).uploads(request -> new TftpUpload() {
            @Override
            public void write(ByteBuffer bytes) throws IOException {
                try {
                    Thread.sleep(5); // longer than a window takes to arrive
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                target.put(bytes);
            }

            @Override
            public void commit() {}

            @Override
            public void close() {}
        }));
        TransferResult sent = other.toBuilder()
                .windowSize(4)
                .retransmission(PATIENCE, 3)
                .option(TftpOption.TIMEOUT, PATIENCE)
                .build()
                .put(new ByteArrayInputStream(content), content.length, "file");
        assertThat(stored).isEqualTo(content);
        assertThat(sent.retransmissions()).isZero();
    }

    @Test
    void writesIntoAnyFileSystem() throws Exception {
        byte[] content = random(100_000);
        try (FileSystem zip = FileSystems.newFileSystem(root.resolve("files.zip"), Map.of("create", "true"))) {
            TftpClient other = clientOf(builder().uploads(TftpUploads.into(zip.getPath("/"))));
            other.put(content, "file");
            assertThat(zip.getPath("/file")).hasBinaryContent(content);
        }
    }

    @Test
    void replacesInAnyFileSystem() throws Exception {
        byte[] content = random(100_000);
        try (FileSystem zip = FileSystems.newFileSystem(root.resolve("files.zip"), Map.of("create", "true"))) {
            Files.writeString(zip.getPath("/file"), "old");
            TftpClient other = clientOf(
                    builder().uploads(TftpUploads.into(zip.getPath("/")).replacing()));
            other.put(content, "file");
            assertThat(zip.getPath("/file")).hasBinaryContent(content);
        }
    }

    @Test
    void manyClientsAtOnceAllStoreTheirContent() throws Exception {
        List<CompletableFuture<TransferResult>> running = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            int size = 100_000 + i;
            running.add(client.async(
                    command -> new Thread(command).start(), call -> call.put(random(size), "file" + size)));
        }
        for (CompletableFuture<TransferResult> one : running) {
            assertThat(one.orTimeout(60, java.util.concurrent.TimeUnit.SECONDS)
                            .join()
                            .isCompleted())
                    .isTrue();
        }
        for (int i = 0; i < 40; i++) {
            assertThat(root.resolve("file" + (100_000 + i))).hasBinaryContent(random(100_000 + i));
        }
    }

    @Test
    void closingTheServerEndsUploadsAndLeavesNothing() throws Exception {
        CompletableFuture<Boolean> begun = new CompletableFuture<>();
        TransferListener watching = new TransferListener() {
            @Override
            public void started(Transfer transfer) {
                begun.complete(true);
            }
        };
        CompletableFuture<Void> sending = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                client.toBuilder()
                        .windowSize(1)
                        .blockSize(8)
                        .listener(watching)
                        .retransmission(PATIENCE, 1)
                        .option(TftpOption.TIMEOUT, PATIENCE)
                        .build()
                        .put(random(10_000_000), "file");
            } catch (IOException e) {
                sending.completeExceptionally(e);
            }
        });
        thread.start();
        begun.get(20, java.util.concurrent.TimeUnit.SECONDS);
        servers.get(0).close();
        assertThatThrownBy(() -> sending.get(20, java.util.concurrent.TimeUnit.SECONDS))
                .hasRootCauseInstanceOf(TftpErrorException.class);
        assertThat(files()).isEmpty();
    }
}
