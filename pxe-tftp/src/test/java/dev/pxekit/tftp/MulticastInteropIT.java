package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Our groups with atftp's clients, each in a network namespace of its own: it does not share the port of the group. */
@Tag("interop")
@ParameterizedClass(name = "{0}")
@MethodSource("dev.pxekit.tftp.TestTransports#all")
class MulticastInteropIT {

    private static final int CLIENTS = 3;
    private static final int BLOCK_SIZE = 1024;
    private static final int BLOCKS = 3001;

    /** What is not DATA: OACKs, ARP, IGMP and neighbour discovery. */
    private static final int OTHER_PACKETS = 200;

    @TempDir
    Path directory;

    private final TftpServer.Transport transport;
    private final String atftp = Needs.program("atftp", "atftp").toString();
    private final byte[] content = RandomFiles.bytes(3, BLOCK_SIZE * (BLOCKS - 1) + 100);
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private StarNetwork network;

    MulticastInteropIT(TftpServer.Transport transport) {
        this.transport = transport;
    }

    @BeforeEach
    void connect() throws Exception {
        Files.write(Files.createDirectory(directory.resolve("root")).resolve("file"), content);
        network = StarNetwork.make(directory, CLIENTS);
        toClose.add(network);
    }

    @AfterEach
    void close() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    /** A server whose file can be read from a position on when so many clients are there. */
    private JavaProgram serve(long position, int clients) throws Exception {
        JavaProgram server = JavaProgram.start(
                network.atServer(),
                List.of("-Xmx64m"),
                MulticastServerProgram.class,
                StarNetwork.SERVER_ADDRESS,
                directory.resolve("root").toString(),
                transport.name(),
                Long.toString(position),
                Integer.toString(clients));
        toClose.add(server);
        return server;
    }

    private static String port(JavaProgram server) throws InterruptedException {
        return server.line("port ").substring("port ".length());
    }

    private ProgramRun client(int number, String port) throws IOException {
        List<String> command = new ArrayList<>(network.atClient(number));
        command.addAll(List.of(atftp, "--option", "multicast", "--option", "blksize " + BLOCK_SIZE));
        command.addAll(List.of("-g", "-r", "file", "-l", "got" + number, StarNetwork.SERVER_ADDRESS, port));
        ProgramRun client = ProgramRun.start(directory, command);
        toClose.add(client);
        return client;
    }

    private void assertReceived(int number, ProgramRun client) throws Exception {
        String output = client.output();
        Path got = directory.resolve("got" + number);
        assertThat(got).describedAs(output).exists();
        assertThat(Files.readAllBytes(got)).describedAs(output).isEqualTo(content);
    }

    private void assertCompleted(String ended) {
        assertThat(ended).startsWith("ended completed " + content.length + " ").contains("multicast=239.255.0.0,1758,");
    }

    @Test
    void blocksGoOutOnceForAllClients() throws Exception {
        JavaProgram server = serve(0, CLIENTS);
        String port = port(server);
        long before = network.packetsOfServer();
        List<ProgramRun> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(client(i, port));
        }
        for (int i = 0; i < CLIENTS; i++) {
            assertReceived(i, clients.get(i));
            assertCompleted(server.line("ended "));
        }
        // On a busy machine clients miss blocks that the master has; if each had a transfer to itself, it would be
        // three times as many.
        assertThat(network.packetsOfServer() - before).isBetween((long) BLOCKS, BLOCKS * 5L / 2 + OTHER_PACKETS);
    }

    @Test
    void lateClientFetchesWhatItMissed() throws Exception {
        JavaProgram server = serve(content.length / 2, 2);
        String port = port(server);
        long before = network.packetsOfServer();
        ProgramRun first = client(0, port);
        server.line("held");
        ProgramRun late = client(1, port);
        assertReceived(0, first);
        assertReceived(1, late);
        assertCompleted(server.line("ended "));
        assertCompleted(server.line("ended "));
        // Half as many again at best, twice as many for two transfers.
        assertThat(network.packetsOfServer() - before).isLessThan(BLOCKS * 15 / 8 + OTHER_PACKETS);
    }

    @Test
    void clientTakesOverFromMasterThatIsKilled() throws Exception {
        JavaProgram server = serve(content.length / 2, 2);
        String port = port(server);
        ProgramRun killed = client(0, port);
        server.line("held");
        killed.close();
        ProgramRun next = client(1, port);
        assertReceived(1, next);
        assertCompleted(server.line("ended "));
        assertThat(server.line("ended ")).startsWith("ended failed ");
    }
}
