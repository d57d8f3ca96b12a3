package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A server on all addresses whose only cables are pulled amid a transfer, as when a switch starts anew. All that the server sends
 * again meanwhile is lost; the client sends its last ACK again every 5 seconds, and so after 10.
 */
@Tag("interop")
class PulledCableIT {

    /** Longer than the server takes to look at its addresses again. */
    private static final int PULLED_MILLIS = 7000;

    /** Far enough that the client has answered, and is not given up for a forged address; and far from the end. */
    private static final int PACKETS_BEFORE = 500;

    private static final int FILE = 8 << 20;

    /** Where the first client waits for the second: it is not done before, however late the cables are pulled. */
    private static final int WAITS_AT = FILE - (64 << 10);

    @TempDir
    Path directory;

    private final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.pxekit.tftp.TestTransports#all")
    void transfersGoOnAndNewOnesBegin(TftpServer.Transport transport) throws Exception {
        byte[] content = RandomFiles.bytes(5, FILE);
        Files.write(Files.createDirectory(directory.resolve("root")).resolve("file"), content);
        StarNetwork network = StarNetwork.make(directory, 2);
        toClose.add(network);
        JavaProgram server = JavaProgram.start(
                network.atServer(),
                List.of("-Xmx64m"),
                MulticastServerProgram.class,
                "0.0.0.0",
                "" + directory.resolve("root"),
                transport.name(),
                "" + WAITS_AT,
                "2");
        toClose.add(server);
        String port = server.line("port ").substring("port ".length());
        ProgramRun first = client(network, 0, port);
        network.awaitPacketsOfServer(PACKETS_BEFORE);

        network.connect(0, false);
        network.connect(1, false);
        Thread.sleep(PULLED_MILLIS);
        network.connect(0, true);
        network.connect(1, true);

        ProgramRun second = client(network, 1, port);
        assertReceived(0, first, content);
        assertReceived(1, second, content);
        for (int i = 0; i < 2; i++) {
            assertThat(server.line("ended ")).startsWith("ended completed " + content.length);
        }
    }

    private ProgramRun client(StarNetwork network, int number, String port) throws IOException {
        List<String> command = new ArrayList<>(network.atClient(number));
        command.add(Needs.program("tftp", "tftp-hpa").toString());
        command.addAll(List.of("-4", "-m", "binary", StarNetwork.SERVER_ADDRESS, port, "-c", "get", "file"));
        command.add("got" + number);
        ProgramRun client = ProgramRun.start(directory, command);
        toClose.add(client);
        return client;
    }

    private void assertReceived(int number, ProgramRun client, byte[] content) throws Exception {
        String output = client.output();
        assertThat(directory.resolve("got" + number)).describedAs(output).hasBinaryContent(content);
    }
}
