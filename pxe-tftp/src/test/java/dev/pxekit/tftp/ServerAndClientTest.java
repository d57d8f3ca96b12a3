package dev.pxekit.tftp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The server and the client of this module over the loopback interface. */
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("dev.pxekit.tftp.TestTransports#withPorts")
class ServerAndClientTest {

    private final TftpServer.Transport transport;
    private final TftpServer.Ports ports;

    ServerAndClientTest(TftpServer.Transport transport, TftpServer.Ports ports) {
        this.transport = transport;
        this.ports = ports;
    }

    @TempDir
    Path root;

    private final RecordingListener served = new RecordingListener();
    private TftpServer server;
    private TftpClient client;

    @BeforeEach
    void start() throws IOException {
        server = TftpServer.builder()
                .bind(Addresses.loopback())
                .transport(transport)
                .ports(ports)
                .files(TftpFiles.under(root))
                .listener(served)
                .build();
        client = TftpClient.builder().server(server.start()).build();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private byte[] file(String name, int size) throws IOException {
        byte[] content = RandomFiles.bytes(size, size);
        Files.write(root.resolve(name), content);
        return content;
    }

    @ParameterizedTest(name = "{0} bytes, block size {1}, window {2}")
    @CsvSource({
        "0, 512, 1", "1, 512, 1", "511, 512, 1", "512, 512, 1", "513, 512, 1",
        "0, 512, 8", "1, 512, 8", "4095, 512, 8", "4096, 512, 8", "4097, 512, 8",
        "5000000, 1428, 1", "5000000, 1428, 8", "5000000, 1428, 64", "5000000, 8192, 4", "5000000, 65464, 2",
        "600000, 8, 1", "600000, 8, 16", "600000, 8, 64",
    })
    void contentArrivesIntact(int size, int blockSize, int windowSize) throws Exception {
        byte[] content = file("file", size);
        TftpClient asking =
                client.toBuilder().blockSize(blockSize).windowSize(windowSize).build();
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        TransferResult got = asking.get("file", target);
        assertThat(target.toByteArray()).isEqualTo(content);
        assertThat(got.isCompleted()).isTrue();
        assertThat(got.bytes()).isEqualTo(size);
        assertThat(got.blocks()).isEqualTo(size / blockSize + 1);
        assertThat(got.transfer().blockSize()).isEqualTo(blockSize);
        assertThat(got.transfer().windowSize()).isEqualTo(windowSize);
        TransferResult sent = served.result();
        assertThat(sent.outcome()).isEqualTo(new TransferOutcome.Completed());
        assertThat(sent.bytes()).isEqualTo(size);
        assertThat(sent.transfer().options().get(TftpOption.TRANSFER_SIZE)).contains((long) size);
    }

    @Test
    void largeFileInBlocksOf512WithoutOptionsWraps() throws Exception {
        byte[] content = file("file", 65_537 * 512 + 1);
        TftpClient plain = client.toBuilder().options(TftpOptions.none()).build();
        assertThat(plain.get("file")).isEqualTo(content);
        assertThat(served.result().blocks()).isEqualTo(65_538);
    }

    @Test
    void fetchesIntoPathAndChannel() throws Exception {
        byte[] content = file("file", 3000);
        Path target = root.resolve("copy");
        Files.writeString(target, "old");
        client.get("file", target);
        assertThat(target).hasBinaryContent(content);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        client.get("file", Channels.newChannel(bytes));
        assertThat(bytes.toByteArray()).isEqualTo(content);
    }

    @Test
    void failedTransferLeavesThePathAlone() throws Exception {
        Path target = root.resolve("copy");
        Files.writeString(target, "old");
        assertThatThrownBy(() -> client.get("absent", target)).isInstanceOf(TftpErrorException.class);
        assertThat(target).hasContent("old");
        try (var left = Files.list(root)) {
            assertThat(left).containsExactly(target);
        }
    }

    @Test
    void servesAnyFileSystem() throws Exception {
        byte[] content = file("file", 300_000);
        try (FileSystem zip = FileSystems.newFileSystem(root.resolve("files.zip"), Map.of("create", "true"))) {
            Files.write(zip.getPath("/initrd"), content);
            try (TftpServer zipped = TftpServer.builder()
                    .bind(Addresses.loopback())
                    .files(TftpFiles.under(zip.getPath("/")))
                    .build()) {
                TftpClient other = client.toBuilder().server(zipped.start()).build();
                assertThat(other.get("initrd")).isEqualTo(content);
            }
        }
    }

    @Test
    void netasciiGoesThereAndBack() throws Exception {
        Files.writeString(root.resolve("text"), "a\nb\r\nc\rd\n".repeat(1000));
        TftpClient text = client.toBuilder().mode(TransferMode.NETASCII).build();
        assertThat(new String(text.get("text"), UTF_8)).isEqualTo("a\nb\r\nc\rd\n".repeat(1000));
        TransferResult sent = served.result();
        assertThat(sent.bytes()).isEqualTo(14_000);
        assertThat(sent.transfer().options().get("tsize")).isEmpty();
    }

    @Test
    void tellsTheSizeAndCountsItAsProbe() throws Exception {
        file("file", 123_456);
        assertThat(client.size("file")).hasValue(123_456);
        assertThat(served.result().outcome()).isEqualTo(new TransferOutcome.Probe());
    }

    @ParameterizedTest
    @CsvSource({
        "absent, 1, file not found",
        "../absent, 2, access violation",
        "%2e%2e/x, 2, access violation",
        "\\\\host\\share, 2, access violation",
        "/etc/passwd, 1, file not found"
    })
    void errorsLeakNoPath(String name, int code, String text) {
        assertThatThrownBy(() -> client.get(name)).isInstanceOfSatisfying(TftpErrorException.class, e -> {
            assertThat(e.code()).isEqualTo(TftpErrorCode.of(code));
            assertThat(e.text()).isEqualTo(text);
        });
    }

    @Test
    void refusedRequestIsReportedToListenersOfBothSides() throws Exception {
        RecordingListener fetched = new RecordingListener();
        TftpClient watched = client.toBuilder().listener(fetched).build();
        assertThatThrownBy(() -> watched.get("absent")).isInstanceOf(TftpErrorException.class);
        assertThat(served.result().outcome())
                .isEqualTo(new TransferOutcome.Failed(TftpErrorCode.FILE_NOT_FOUND, "file not found"));
        assertThat(fetched.result().outcome())
                .isEqualTo(new TransferOutcome.Failed(TftpErrorCode.FILE_NOT_FOUND, "server: file not found"));
        assertThat(served.started).hasValue(0);
    }

    @Test
    void manyClientsAtOnceAllGetTheirContent() throws Exception {
        byte[] content = file("file", 200_000);
        List<CompletableFuture<byte[]>> running = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            TftpClient asking = client.toBuilder().windowSize(1 + i % 8).build();
            running.add(CompletableFuture.supplyAsync(() -> {
                try {
                    return asking.get("file");
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }));
        }
        for (CompletableFuture<byte[]> one : running) {
            assertThat(one.get()).isEqualTo(content);
        }
    }

    @Test
    void clientRefusesFileOverItsLimit() throws Exception {
        file("file", 10_000);
        TftpClient careful = client.toBuilder().maxSize(9_999).build();
        assertThatThrownBy(() -> careful.get("file"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("9999");
        assertThat(served.result().outcome())
                .isInstanceOfSatisfying(
                        TransferOutcome.Failed.class,
                        failed -> assertThat(failed.code()).isEqualTo(TftpErrorCode.DISK_FULL));
    }
}
