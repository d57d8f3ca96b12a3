package dev.pxekit.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.examples.http.HttpFileServer;
import dev.pxekit.iso.IsoFileSystems;
import dev.pxekit.testkit.Allocation;
import dev.pxekit.tftp.TftpClient;
import dev.pxekit.tftp.TftpFiles;
import dev.pxekit.tftp.TftpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files go from the image to the socket without passing through the heap: no thread allocates what they hold. */
@Timeout(60)
class ServedFromImageTest {

    private static final int SIZE = 32 << 20;
    private static final String NAME = "INITRD.IMG";

    @TempDir
    private Path directory;

    private FileSystem image;
    private Path root;

    @BeforeEach
    void openImage() throws IOException {
        Path file = directory.resolve("image.iso");
        Files.write(
                file,
                new FlatImage()
                        .file(NAME, "initrd.".repeat(SIZE / 7 + 1).substring(0, SIZE))
                        .build());
        image = IsoFileSystems.open(file);
        root = image.getPath("/");
    }

    @AfterEach
    void closeImage() throws IOException {
        image.close();
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @FunctionalInterface
    private interface Transfer {
        long run() throws IOException;
    }

    /** The first transfer loads classes and fills pools. */
    private static long allocatedBy(Transfer transfer) throws IOException {
        assertThat(transfer.run()).isEqualTo(SIZE);
        long before = Allocation.ofAllThreads();
        assertThat(transfer.run()).isEqualTo(SIZE);
        return Allocation.ofAllThreads() - before;
    }

    @Test
    void byTftp() throws IOException {
        try (TftpServer server = TftpServer.builder()
                .bind(loopback())
                .files(TftpFiles.under(root))
                .build()) {
            TftpClient client = TftpClient.builder()
                    .server(server.start())
                    .blockSize(65464)
                    .windowSize(16)
                    .build();
            assertThat(allocatedBy(() -> client.get(NAME, new NullChannel()).bytes()))
                    .isLessThan(SIZE / 4);
        }
    }

    @Test
    void byHttp() throws IOException {
        try (HttpFileServer server =
                HttpFileServer.builder().tree("/tree", root).build()) {
            InetSocketAddress address = server.start();
            ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 17);
            assertThat(allocatedBy(() -> get(address, buffer))).isLessThan(SIZE / 4);
        }
    }

    /** The bytes of the body: everything after the head, which comes in one piece with the beginning of it. */
    private static long get(InetSocketAddress server, ByteBuffer buffer) throws IOException {
        try (SocketChannel socket = SocketChannel.open(server)) {
            String request = "GET /tree/" + NAME + " HTTP/1.1\r\nHost: image\r\nConnection: close\r\n\r\n";
            socket.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            long total = 0;
            int head = -1;
            for (int count = socket.read(buffer.clear()); count >= 0; count = socket.read(buffer.clear())) {
                if (head < 0) {
                    String text =
                            StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString();
                    head = text.indexOf("\r\n\r\n") + 4;
                    assertThat(text).startsWith("HTTP/1.1 200");
                }
                total += count;
            }
            return total - head;
        }
    }

    @Test
    void byTransferToASocket() throws IOException {
        try (FileChannel file = FileChannel.open(root.resolve(NAME));
                ServerSocketChannel listener = ServerSocketChannel.open().bind(loopback())) {
            assertThat(allocatedBy(() -> transfer(file, listener))).isLessThan(SIZE / 16);
        }
    }

    private static long transfer(FileChannel file, ServerSocketChannel listener) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 17);
        try (SocketChannel out = SocketChannel.open(listener.getLocalAddress());
                SocketChannel in = listener.accept()) {
            out.configureBlocking(false);
            long sent = 0;
            long received = 0;
            while (received < SIZE) {
                sent += file.transferTo(sent, SIZE - sent, out);
                received += in.read(buffer.clear());
            }
            return received;
        }
    }

    @Test
    void byMapping() throws IOException {
        try (FileChannel file = FileChannel.open(root.resolve(NAME))) {
            long before = Allocation.ofThisThread();
            MappedByteBuffer mapped = file.map(FileChannel.MapMode.READ_ONLY, 0, SIZE);
            assertThat(Allocation.ofThisThread() - before).isLessThan(1 << 16);
            assertThat(mapped.capacity()).isEqualTo(SIZE);
            assertThat(StandardCharsets.US_ASCII
                            .decode(mapped.slice(SIZE - 7, 7))
                            .toString())
                    .isEqualTo("initrd.".repeat(2).substring(SIZE % 7, SIZE % 7 + 7));
        }
    }

    /** Takes everything; a stream would want an array of bytes. */
    private static final class NullChannel implements WritableByteChannel {

        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            source.position(source.limit());
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }
}
