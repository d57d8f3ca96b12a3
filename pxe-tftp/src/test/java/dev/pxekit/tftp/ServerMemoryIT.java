package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server in a JVM that has little memory. */
@Tag("hostile")
class ServerMemoryIT {

    /** A heap that a server gets along with however many clients ask. */
    private static final List<String> LITTLE =
            List.of("-Xmx64m", "-XX:MaxDirectMemorySize=32m", "-XX:+ExitOnOutOfMemoryError");

    private static final TftpOptions GREEDY = TftpOptions.builder()
            .set(TftpOption.BLOCK_SIZE, 65464)
            .set(TftpOption.WINDOW_SIZE, 65535)
            .build();

    /** Many times as many as the server takes at once; it could not hold a window for each, nor much else. */
    @Test
    void requestsThatNobodyAnswersDoNotExhaustIt(@TempDir Path directory) throws Exception {
        byte[] content = RandomFiles.bytes(5, 100_000);
        Files.write(directory.resolve("file"), content);
        try (JavaProgram program = JavaProgram.start(
                List.of(), LITTLE, ServerProgram.class, "127.0.0.1", "" + directory, "200", "" + (8 << 20))) {
            int port = Integer.parseInt(program.line("port ").substring(5));
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            try (SpoofedRequests requests = new SpoofedRequests(address, "file", GREEDY);
                    PlainClient client = new PlainClient(address)) {
                requests.send(30_000);
                assertThat(client.fetchPatiently("file")).isEqualTo(content);
                assertThat(program.isRunning()).isTrue();
            }
        }
    }

    /** The JVM refuses what the server has been allowed: what it has read makes room for what it has to read. */
    @Test
    void fileLargerThanTheMemoryIsServed(@TempDir Path directory) throws Exception {
        byte[] content = RandomFiles.bytes(6, 48 << 20);
        Files.write(directory.resolve("file"), content);
        try (JavaProgram program = JavaProgram.start(
                List.of(), LITTLE, ServerProgram.class, "127.0.0.1", "" + directory, "200", "" + (256 << 20))) {
            int port = Integer.parseInt(program.line("port ").substring(5));
            TftpClient client = TftpClient.builder()
                    .server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                    .blockSize(8192)
                    .windowSize(16)
                    .build();
            for (int i = 0; i < 3; i++) {
                assertThat(client.get("file")).isEqualTo(content);
            }
        }
    }
}
