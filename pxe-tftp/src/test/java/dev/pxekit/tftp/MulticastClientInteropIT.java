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

/** Our clients in groups of atftpd, and in one group with atftp's, each in a network namespace of its own. */
@Tag("interop")
class MulticastClientInteropIT {

    private static final int CLIENTS = 3;
    private static final int BLOCK_SIZE = 1024;
    private static final int BLOCKS = 3001;
    private static final String PORT = "69";

    /** What is not DATA: OACKs, ARP, IGMP and neighbour discovery. */
    private static final int OTHER_PACKETS = 200;

    /**
     * The most that the server may send to all of them together: on a busy machine clients miss blocks that the master has, but
     * if each had a transfer to itself, each block would be sent three times.
     */
    private static final long MOST_PACKETS = BLOCKS * 5L / 2 + OTHER_PACKETS;

    @TempDir
    Path directory;

    private final byte[] content = RandomFiles.bytes(3, BLOCK_SIZE * (BLOCKS - 1) + 100);
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private StarNetwork network;
    private Path release;

    @BeforeEach
    void connect() throws Exception {
        Files.write(Files.createDirectory(directory.resolve("root")).resolve("file"), content);
        release = directory.resolve("release");
        network = StarNetwork.make(directory, CLIENTS);
        toClose.add(network);
    }

    @AfterEach
    void close() throws Exception {
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    /** @param silenceSeconds after which atftpd sends again; after six of them it gives a master up */
    private void serve(int silenceSeconds) throws IOException {
        List<String> command = new ArrayList<>(network.atServer());
        command.addAll(
                List.of(PeerServer.atftpd().toString(), "--daemon", "--no-fork", "--logfile", "-", "--user", "root"));
        command.addAll(List.of("--bind-address", StarNetwork.SERVER_ADDRESS, "--port", PORT));
        command.addAll(List.of("--mcast-addr", "239.255.0.0-255", "--mcast-port", "1758"));
        command.addAll(List.of("--retry-timeout", "" + silenceSeconds, "" + directory.resolve("root")));
        toClose.add(ProgramRun.start(directory, command));
    }

    /** @param held whether it goes on behind the OACK only when it is released */
    private JavaProgram ours(int number, boolean held) throws IOException {
        JavaProgram client = JavaProgram.start(
                network.atClient(number),
                List.of("-Xmx64m"),
                MulticastClientProgram.class,
                StarNetwork.SERVER_ADDRESS,
                PORT,
                "file",
                directory.resolve("got" + number).toString(),
                Integer.toString(BLOCK_SIZE),
                held ? release.toString() : "-");
        toClose.add(client);
        return client;
    }

    /** Asks for the same options as ours: else atftpd has another group for it. */
    private ProgramRun atftp(int number) throws IOException {
        List<String> command = new ArrayList<>(network.atClient(number));
        command.add(Needs.program("atftp", "atftp").toString());
        command.addAll(List.of("--option", "multicast", "--option", "tsize", "--option", "blksize " + BLOCK_SIZE));
        command.addAll(List.of("--trace", "-g", "-r", "file", "-l", "got" + number, StarNetwork.SERVER_ADDRESS, PORT));
        ProgramRun client = ProgramRun.start(directory, command);
        toClose.add(client);
        return client;
    }

    private void assertReceived(int number) throws IOException {
        assertThat(Files.readAllBytes(directory.resolve("got" + number))).isEqualTo(content);
    }

    private void assertReceived(int number, JavaProgram client) throws Exception {
        assertThat(client.line("got ")).isEqualTo("got " + content.length);
        assertReceived(number);
    }

    private void assertMember(JavaProgram client, int master) throws InterruptedException {
        assertThat(client.line("started "))
                .contains("multicast=239.255.0.")
                .contains(",1758," + master)
                .contains("tsize=" + content.length);
    }

    @Test
    void blocksGoOutOnceForAllClients() throws Exception {
        serve(5);
        JavaProgram master = ours(0, true);
        assertMember(master, 1);
        long before = network.packetsOfServer();
        JavaProgram second = ours(1, false);
        assertMember(second, 0);
        JavaProgram third = ours(2, false);
        assertMember(third, 0);
        Files.createFile(release);
        assertReceived(0, master);
        assertReceived(1, second);
        assertReceived(2, third);
        assertThat(network.packetsOfServer() - before).isBetween((long) BLOCKS, MOST_PACKETS);
    }

    @Test
    void clientTakesOverFromMasterThatIsKilled() throws Exception {
        serve(2);
        JavaProgram master = ours(0, true);
        assertMember(master, 1);
        JavaProgram next = ours(1, false);
        assertMember(next, 0);
        master.close();
        assertReceived(1, next);
    }

    @Test
    void atftpListensToWhatOursAsksFor() throws Exception {
        serve(5);
        JavaProgram master = ours(0, true);
        assertMember(master, 1);
        long before = network.packetsOfServer();
        ProgramRun atftp = atftp(1);
        JavaProgram second = ours(2, false);
        assertMember(second, 0);
        Files.createFile(release);
        assertReceived(0, master);
        assertReceived(2, second);
        assertThat(atftp.output()).contains("multicast: 239.255.0.");
        assertReceived(1);
        assertThat(network.packetsOfServer() - before).isBetween((long) BLOCKS, MOST_PACKETS);
    }
}
