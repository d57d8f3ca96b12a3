package dev.pxekit.examples.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.tftp.TftpFiles;
import dev.pxekit.tftp.TftpRequest;
import dev.pxekit.tftp.TftpServer;
import dev.pxekit.tftp.TransferMode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TftpGetCommandTest {

    private static final byte[] CONTENT = "a\nb\n".repeat(5000).getBytes(US_ASCII);

    @TempDir
    private Path directory;

    private final List<TftpRequest> requests = new CopyOnWriteArrayList<>();
    private TftpServer server;
    private String host = "";

    @BeforeEach
    void serve() throws IOException {
        TftpFiles files = TftpFiles.of("boot/a file.bin", CONTENT);
        server = TftpServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .files(request -> {
                    requests.add(request);
                    return files.open(request);
                })
                .build();
        host = "127.0.0.1:" + server.start().getPort();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void fetchesAUrl() throws IOException {
        Path out = directory.resolve("out.bin");
        CommandRun run = get("tftp://" + host + "/boot/a%20file.bin", "-o", out.toString())
                .assertDone();
        assertThat(out).hasBinaryContent(CONTENT);
        assertThat(run.out())
                .startsWith(out + ": 20,000 bytes in ")
                .containsPattern(" MB/s\\), blksize=1428 windowsize=8 tsize=20000, \\d+ retransmissions");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void fetchesANameOfAHostIntoADirectoryUnderItsOwnName() {
        get(host, "boot/a file.bin", "-o", directory.toString()).assertDone();
        assertThat(directory.resolve("a file.bin")).hasBinaryContent(CONTENT);
    }

    @Test
    void asksForTheOptionsThatItIsTold() {
        get(
                        host,
                        "boot/a file.bin",
                        "-o",
                        directory.toString(),
                        "--block-size",
                        "1000",
                        "--window-size",
                        "3",
                        "--option",
                        "rollover=1",
                        "--option",
                        "x-mine=7")
                .assertDone();
        assertThat(requests.get(0).options()).hasToString("blksize=1000 windowsize=3 tsize=0 rollover=1 x-mine=7");
    }

    @Test
    void asksForNoOptionsButThoseGiven() {
        CommandRun run = get(host, "boot/a file.bin", "-o", directory.toString(), "--no-options")
                .assertDone();
        assertThat(requests.get(0).options().isEmpty()).isTrue();
        assertThat(run.out()).contains(", no options, ");
        get(host, "boot/a file.bin", "-o", directory.toString(), "--no-options", "--block-size", "700")
                .assertDone();
        assertThat(requests.get(1).options()).hasToString("blksize=700");
    }

    @Test
    void asksForGroupWhereItIsToldTo() throws IOException {
        String loopback = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress())
                .getName();
        get("--multicast", host, "boot/a file.bin", "-o", directory.toString()).assertDone();
        get("--multicast=" + loopback, host, "boot/a file.bin", "-o", directory.toString())
                .assertDone();
        assertThat(requests)
                .extracting(request -> request.options().toString())
                .containsExactly("blksize=1428 tsize=0 multicast=", "blksize=1428 tsize=0 multicast=");
        assertThat(directory.resolve("a file.bin")).hasBinaryContent(CONTENT);
    }

    @Test
    void anInterfaceThatIsNotThere() {
        get("--multicast=nope0", host, "boot/a file.bin", "-o", directory.toString())
                .assertFailed("no interface nope0; this machine has ");
    }

    @Test
    void theModeOfTheCommandLineGoesBeforeThatOfTheUrl() {
        String url = "tftp://" + host + "/boot/a%20file.bin;mode=netascii";
        get(url, "-o", directory.toString()).assertDone();
        assertThat(requests.get(0).mode()).isEqualTo(TransferMode.NETASCII);
        assertThat(directory.resolve("a file.bin")).hasBinaryContent(CONTENT);
        get(url, "-o", directory.toString(), "--mode", "octet").assertDone();
        assertThat(requests.get(1).mode()).isEqualTo(TransferMode.OCTET);
    }

    @Test
    void showsProgressOnlyWhereItIsWanted() {
        assertThat(get(host, "boot/a file.bin", "-o", directory.toString(), "--progress")
                        .assertDone()
                        .err())
                .contains("\r");
        assertThat(get(host, "boot/a file.bin", "-o", directory.toString(), "--no-progress")
                        .assertDone()
                        .err())
                .isEmpty();
    }

    @Test
    void aTransferThatFailsLeavesNoFile() {
        Path out = directory.resolve("out.bin");
        get(host, "nope.bin", "-o", out.toString()).assertFailed("nope.bin from " + host, "file not found");
        get(host, "nope\u0007.bin", "-o", out.toString()).assertFailed("nope?.bin from " + host, "access violation");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aServerThatIsSilentIsGivenUp() throws IOException {
        try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            get(
                            "127.0.0.1:" + silent.getLocalPort(),
                            "x",
                            "-o",
                            directory.toString(),
                            "--timeout",
                            "0.01",
                            "--retries",
                            "0")
                    .assertFailed("check the address");
        }
    }

    @Test
    void aDirectoryThatIsNotThereIsTheUsersMistake() {
        get(host, "boot/a file.bin", "-o", directory.resolve("no/out").toString())
                .assertFailed("no");
    }

    @Test
    void aHostWithoutAnAddress() {
        get("no-such-host.invalid", "x", "-o", directory.toString())
                .assertFailed("no address for the server no-such-host.invalid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1                          | say which FILE of 127.0.0.1",
                "tftp://127.0.0.1/a b               | is no URL",
                "tftp://127.0.0.1/                  | names no file",
                "tftp://127.0.0.1/a\tb              | the URL names the file: what is b for?",
                "127.0.0.1:x\ta                     | is no server",
                "127.0.0.1\tboot/..                 | give one with -o",
                "127.0.0.1\ta\t--block-size\t7      | --block-size: 7 (expected: 8..65464)",
                "127.0.0.1\ta\t--window-size\t0     | --window-size: 0 (expected: 1..65535)",
                "127.0.0.1\ta\t--mode\tmail         | --mode: mail (expected: octet, netascii)",
                "tftp://127.0.0.1/a;mode=mail       | mode of the URL: mail (expected: octet, netascii)",
                "127.0.0.1\ta\t--timeout\t0.001     | --timeout, --retries: ",
                "127.0.0.1\ta\t--retries\t101       | 0..100 times",
                "127.0.0.1\ta\t--option\tx          | --option",
                "127.0.0.1\ta\t--multicast\t--mode\tnetascii | --multicast: blocks come in any order, in which text",
                "127.0.0.1\ta\t--multicast\t-o\t-   | --multicast: blocks come in any order"
            })
    void saysWhatIsWrongWithTheArguments(String arguments, String complaint) {
        get(arguments.split("\t", -1)).assertWrongUsage(complaint);
    }

    private static CommandRun get(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "tftp";
        all[1] = "get";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandRun.of(all);
    }
}
