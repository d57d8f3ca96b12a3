package dev.pxekit.examples.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.tftp.TftpErrorException;
import dev.pxekit.tftp.TftpOption;
import dev.pxekit.tftp.Transfer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TftpServeCommandTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void fill() throws IOException {
        Files.writeString(directory.resolve("Hello.txt"), "hello, client");
    }

    @Test
    void servesADirectoryUntilItIsInterrupted() throws Exception {
        try (RunningServe serve = new RunningServe(directory.toString())) {
            assertThat(serve.firstLine()).contains("serves the directory " + directory, "Ctrl-C ends it");
            assertThat(serve.client().build().get("Hello.txt")).asString().isEqualTo("hello, client");
            assertThat(serve.end()).isZero();
        }
    }

    @Test
    void servesWhatIsInAnImage() throws Exception {
        try (DemoImage demo = DemoImage.unpack();
                RunningServe serve = new RunningServe(demo.file().toString())) {
            assertThat(serve.firstLine()).contains("the files in the image " + demo.file());
            assertThat(serve.client().build().get(".treeinfo")).asString().contains("[general]");
        }
    }

    @Test
    void saysWhichTransportItUses() throws Exception {
        try (RunningServe serve = new RunningServe(directory.toString(), "--transport", "nio")) {
            assertThat(serve.firstLine()).contains("(nio)");
        }
    }

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = {"amd64", "aarch64"})
    void usesEpollWhereItCan() throws Exception {
        try (RunningServe serve = new RunningServe(directory.toString())) {
            assertThat(serve.firstLine()).contains("(epoll)");
            assertThat(serve.client().build().get("Hello.txt")).hasSize(13);
        }
    }

    @Test
    void findsNamesWhateverTheirCaseIfTold() throws Exception {
        try (RunningServe serve = new RunningServe(directory.toString(), "--ignore-case")) {
            assertThat(serve.client().build().get("HELLO.TXT")).hasSize(13);
        }
        try (RunningServe serve = new RunningServe(directory.toString())) {
            assertThatThrownBy(() -> serve.client().build().get("HELLO.TXT")).isInstanceOf(TftpErrorException.class);
        }
    }

    @Test
    void hasAnotherRootForAClientIfTold() throws Exception {
        Path own = Files.createDirectory(directory.resolve("127.0.0.1"));
        Files.writeString(own.resolve("Hello.txt"), "hello, 127.0.0.1");
        try (RunningServe serve = new RunningServe(directory.toString(), "--per-client")) {
            assertThat(serve.client().build().get("Hello.txt")).asString().isEqualTo("hello, 127.0.0.1");
        }
    }

    @Test
    void sendsToAGroupOfClientsIfTold() throws Exception {
        String request = "\0\1Hello.txt\0octet\0multicast\0\0";
        try (RunningServe serve = new RunningServe(
                directory.toString(),
                "--multicast",
                "--multicast-addresses",
                "239.255.7.1-239.255.7.1",
                "--multicast-port",
                "1759",
                "--multicast-ttl",
                "2")) {
            assertThat(text(answer(serve, request))).isEqualTo("\0\6multicast\000239.255.7.1,1759,1\0");
        }
        try (RunningServe serve = new RunningServe(directory.toString(), "--multicast")) {
            assertThat(text(answer(serve, request))).matches("\0\6multicast\000239\\.255\\.0\\.\\d+,1758,1\0");
        }
        try (RunningServe serve = new RunningServe(directory.toString())) {
            assertThat(text(answer(serve, request))).isEqualTo("\0\3\0\1hello, client");
        }
    }

    @Test
    void reservesNoMoreMemoryForATransferThanItsLimit() throws Exception {
        try (RunningServe serve =
                new RunningServe(directory.toString(), "--max-transfer-memory", "4K", "--max-silence", "30")) {
            assertThat(fetch(serve).windowSize()).isEqualTo(1);
        }
    }

    @Test
    void agreesToNoMoreThanItsLimits() throws Exception {
        try (RunningServe serve = new RunningServe(
                directory.toString(), "--max-block-size", "600", "--max-window-size", "2", "--max-memory", "1M")) {
            Transfer transfer = fetch(serve);
            assertThat(transfer.blockSize()).isEqualTo(600);
            assertThat(transfer.windowSize()).isEqualTo(2);
        }
    }

    @Test
    void ignoresOptionsThatItIsToRefuse() throws Exception {
        try (RunningServe serve = new RunningServe(
                directory.toString(), "--refuse", "BLKSIZE", "--refuse", "windowsize", "--refuse", "windowsize")) {
            Transfer transfer = fetch(serve);
            assertThat(transfer.options().get(TftpOption.BLOCK_SIZE)).isEmpty();
            assertThat(transfer.options().get(TftpOption.WINDOW_SIZE)).isEmpty();
            assertThat(transfer.options().get(TftpOption.TRANSFER_SIZE)).contains(13L);
        }
    }

    @Test
    void printsALineForEachTransferIfTold() throws Exception {
        try (RunningServe serve = new RunningServe(directory.toString(), "--verbose")) {
            serve.client().blockSize(1000).windowSize(3).build().get("Hello.txt");
            assertThat(serve.line())
                    .matches(
                            "\\d\\d:\\d\\d:\\d\\d tftp  127\\.0\\.0\\.1:\\d+ Hello\\.txt: completed, 13 bytes in \\d+ ms \\(.* MB/s\\),"
                                    + " blksize=1000 windowsize=3 tsize=13, \\d+ retransmissions");
            assertThatThrownBy(() -> serve.client().build().get("nope\nforged")).isInstanceOf(TftpErrorException.class);
            assertThat(serve.line()).contains(" nope?forged: failed: ");
            serve.client().build().size("Hello.txt");
            assertThat(serve.line()).contains("Hello.txt: asked for the size only");
        }
    }

    @Test
    void answersFromTheOnePortIfTold() throws Exception {
        for (String argument : List.of("--single-port", "--ports=server")) {
            try (RunningServe serve = new RunningServe(directory.toString(), argument)) {
                assertThat(answeringPort(serve)).isEqualTo(serve.address().getPort());
            }
        }
        try (RunningServe serve = new RunningServe(directory.toString())) {
            assertThat(answeringPort(serve)).isNotEqualTo(serve.address().getPort());
        }
    }

    @Test
    void answersFromAPortInTheRange() throws Exception {
        int port = freePort();
        try (RunningServe serve =
                new RunningServe(directory.toString(), "--ports", "transfer", "--port-range", port + "-" + port)) {
            assertThat(answeringPort(serve)).isEqualTo(port);
        }
    }

    @Test
    void saysWhatToDoAboutAPortThatIsTaken() throws IOException {
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            run("--port", "" + other.getLocalPort()).assertFailed("another server has this port", "ss -ulpn");
        }
    }

    @Test
    void saysWhatToDoAboutAnAddressOfAnotherMachine() {
        run("--bind", "192.0.2.1", "--port", "0").assertFailed("no network interface of this machine has this address");
    }

    @Test
    void servesNothingThatIsNotThereOrNoImage() throws IOException {
        CommandRun.of("tftp", "serve", directory.resolve("nope").toString())
                .assertFailed("no such directory or image", "nope");
        CommandRun.of("tftp", "serve", directory.resolve("Hello.txt").toString())
                .assertFailed("Hello.txt is neither a directory nor an ISO 9660 image");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--max-block-size 511       | --max-block-size: 511 (expected: 512..65464)",
                "--max-window-size 0        | --max-window-size: 0 (expected: 1..65535)",
                "--port 65536               | --port: 65536 (expected: 0..65535)",
                "--port-range 9-8           | --port-range: 9..8 (expected: first <= last, in 1..65535)",
                "--write --port-range 9-9   | port range: 9..9 (expected: more than one port",
                "--port-range 9             | (expected: FIRST-LAST as in 50000-50999)",
                "--timeout 0.001            | --timeout: 1 (expected: 10..255000)",
                "--timeout soon             | 'soon' is no number of seconds",
                "--retries 101              | --retries: 101 (expected: 0..100)",
                "--max-transfers 0          | --max-transfers: 0",
                "--max-transfers-per-client 0 | --max-transfers-per-client: 0",
                "--max-memory 64X           | '64X' is no size",
                "--max-memory 1023          | --max-memory: 1023 (expected: 1024 or more)",
                "--max-silence 0.5          | --max-silence: 500 (expected: 1000..86400000)",
                "--max-transfer-memory 1023 | --max-transfer-memory: 1023 (expected: 1024..1073741824)",
                "--max-transfer-memory 4G   | --max-transfer-memory: ",
                "--multicast-port 1758      | --multicast-port has no meaning without --multicast",
                "--multicast-addresses 239.0.0.1-239.0.0.2 | --multicast-addresses has no meaning without --multicast",
                "--multicast-ttl 2          | --multicast-ttl has no meaning without --multicast",
                "--multicast --multicast-port 0 | --multicast-port: 0 (expected: 1..65535)",
                "--multicast --multicast-ttl 256 | --multicast-ttl: 256 (expected: 1..255)",
                "--multicast --multicast-addresses 239.0.0.1 | --multicast-addresses: 239.0.0.1 (expected: FIRST-LAST",
                "--multicast --multicast-addresses 192.0.2.1-192.0.2.9 | --multicast-addresses: 192.0.2.1 with 9 addresses (expected:",
                "--multicast --multicast-addresses 239.0.0.0-239.1.0.0 | --multicast-addresses: 65537 (expected: 1..65536)",
                "--replace                  | --replace has no meaning without --write",
                "--replace-only             | --replace-only has no meaning without --write",
                "--busy-poll 10001          | (expected: 0 to 10 milliseconds)",
                "--event-loops 0            | --event-loops: 0",
                "--transport quic           | AUTO, NIO, EPOLL",
                "--single-port --ports shared | contradict",
                "--single-port --port-range 50000-50009 | no meaning",
                "--no-such-option           | --no-such-option"
            })
    void namesTheOptionThatIsWrong(String arguments, String complaint) {
        run(arguments.split(" ", -1)).assertWrongUsage(complaint);
    }

    private CommandRun run(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "tftp";
        all[1] = "serve";
        all[2] = directory.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return CommandRun.of(all);
    }

    private static Transfer fetch(RunningServe serve) throws IOException {
        return serve.client()
                .build()
                .get("Hello.txt", OutputStream.nullOutputStream())
                .transfer();
    }

    /** Asks without options and says which port the first block comes from. */
    private static int answeringPort(RunningServe serve) throws IOException {
        return answer(serve, "\0\1Hello.txt\0octet\0").getPort();
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), US_ASCII);
    }

    private static DatagramPacket answer(RunningServe serve, String request) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            socket.setSoTimeout(20_000);
            byte[] bytes = request.getBytes(US_ASCII);
            socket.send(new DatagramPacket(bytes, bytes.length, serve.address()));
            DatagramPacket answer = new DatagramPacket(new byte[600], 600);
            socket.receive(answer);
            return answer;
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }
}
