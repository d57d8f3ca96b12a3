package dev.pxekit.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.JsonObject;
import dev.pxekit.tftp.TftpFiles;
import dev.pxekit.tftp.TftpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TftpBenchCommandTest {

    private final byte[] content = new byte[100_000];
    private final AtomicInteger generated = new AtomicInteger();
    private TftpServer server;
    private String host = "";

    @BeforeEach
    void serve() throws IOException {
        content[70_000] = 7;
        server = TftpServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .files(TftpFiles.of("file", content).orElse(TftpFiles.generated(request -> {
                    int number = generated.incrementAndGet();
                    return request.fileName().equals("changing") && number <= 4
                            ? Optional.of(new byte[] {(byte) (number / 4)})
                            : Optional.empty();
                })))
                .build();
        host = "127.0.0.1:" + server.start().getPort();
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void measuresAServerThatStandsIt() {
        CommandRun run = CommandRun.of("tftp", "bench", host, "file", "--clients", "4", "--repeats", "3")
                .assertDone();
        assertThat(run.out())
                .startsWith("file from " + host + ", 4 clients: ")
                .contains(" MB/s, 1,200,000 bytes in ")
                .containsPattern("transfers 12, failures 0, retransmissions \\d+")
                .containsPattern("one transfer: p50 [0-9.]+ ms, p90 [0-9.]+ ms, p99 [0-9.]+ ms")
                .doesNotContain("DIFFERENT", "FAILED");
    }

    @Test
    void printsOneLineOfJsonIfTold() {
        CommandRun run = CommandRun.of(
                        "tftp", "bench", "tftp://" + host + "/file", "--clients=2", "--repeats=5", "--json")
                .assertDone();
        assertThat(run.out().strip().lines()).hasSize(1);
        JsonObject json = JsonObject.parse(run.out());
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        assertThat(json.text("server")).isEqualTo(host);
        assertThat(json.text("file")).isEqualTo("file");
        assertThat(json.number("clients")).isEqualTo(2);
        assertThat(json.number("transfers")).isEqualTo(10);
        assertThat(json.number("failures")).isZero();
        assertThat(json.number("contents")).isEqualTo(1);
        assertThat(json.number("bytes")).isEqualTo(1_000_000);
        assertThat(json.number("retransmissions")).isNotNegative();
        assertThat(json.text("crc32c")).isEqualTo(String.format("%08x", checksum.getValue()));
        assertThat(json.texts("reasons")).isEmpty();
        double p50 = Double.parseDouble(json.text("p50Millis"));
        double p99 = Double.parseDouble(json.text("p99Millis"));
        double seconds = Double.parseDouble(json.text("seconds"));
        assertThat(p50).isPositive().isLessThanOrEqualTo(p99);
        assertThat(p99).isLessThanOrEqualTo(seconds * 1000 + 1);
        assertThat(Double.parseDouble(json.text("megabytesPerSecond"))).isPositive();
    }

    @Test
    void beginsTransfersForAWhileIfTold() {
        CommandRun run = CommandRun.of("tftp", "bench", host, "file", "--clients=2", "--duration=0.5", "--json")
                .assertDone();
        JsonObject json = JsonObject.parse(run.out());
        assertThat(Double.parseDouble(json.text("seconds"))).isGreaterThanOrEqualTo(0.5);
        assertThat(json.number("transfers")).isGreaterThanOrEqualTo(2);
    }

    @Test
    void aTransferThatFailsIsAFailureOfTheRun() {
        CommandRun run = CommandRun.of("tftp", "bench", host, "nope", "--clients=2", "--repeats=2");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("transfers 4, failures 4", "p50 -", "FAILED 4 times: TFTP error 1 (file not found)");
    }

    @Test
    void aFewFailuresAreFailuresToo() {
        CommandRun run = CommandRun.of("tftp", "bench", host, "changing", "--clients=1", "--repeats=6", "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        JsonObject json = JsonObject.parse(run.out());
        assertThat(json.number("failures")).isEqualTo(2);
        assertThat(json.texts("reasons")).singleElement().asString().contains("file not found");
    }

    @Test
    void contentThatDiffersIsAFailureOfTheRun() {
        CommandRun run = CommandRun.of("tftp", "bench", host, "changing", "--clients=1", "--repeats=4");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("transfers 4, failures 0")
                .contains("DIFFERENT CONTENT in 3 transfers: 1 bytes", "DIFFERENT CONTENT in 1 transfers: 1 bytes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--clients=0               | --clients: 0 (expected: 1..4096)",
                "--clients=4097            | --clients: 4097 (expected: 1..4096)",
                "--repeats=0               | --repeats: 0 (expected: 1 or more)",
                "--repeats=2 --duration=1  | --repeats and --duration have no meaning together",
                "--duration=-1             | '-1' (expected: 0..1000000 seconds)",
                "--block-size=4            | --block-size: 4 (expected: 8..65464)"
            })
    void saysWhatIsWrongWithTheArguments(String arguments, String complaint) {
        String[] given = arguments.split(" ", -1);
        String[] all = new String[given.length + 4];
        all[0] = "tftp";
        all[1] = "bench";
        all[2] = "127.0.0.1";
        all[3] = "file";
        System.arraycopy(given, 0, all, 4, given.length);
        CommandRun.of(all).assertWrongUsage(complaint);
    }
}
