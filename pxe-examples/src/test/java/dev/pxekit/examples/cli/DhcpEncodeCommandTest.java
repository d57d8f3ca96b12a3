package dev.pxekit.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.capture.CaptureReader;
import dev.pxekit.dhcp.capture.CapturedDatagram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DhcpEncodeCommandTest {

    private static final String REQUEST = "xid: 0a0b0c0d\nchaddr: 52:54:00:77:00:01\noption 53: DISCOVER\n";
    private static final String REPLY = "op: BOOTREPLY\nxid: 0a0b0c0d\noption 53: OFFER\noption 54: 10.77.0.1\n";

    @TempDir
    private Path directory;

    private static CommandRun encode(String text, String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "dhcp";
        all[1] = "encode";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandRun.reading(text.getBytes(UTF_8), all);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(octets(text));
    }

    private static byte[] octets(String text) {
        return DhcpCodec.encode(DhcpPacket.parse(text));
    }

    @Test
    void printsLineOfHexadecimalForEachPacket() {
        assertThat(encode(REQUEST + "---\n" + REPLY).assertDone().out().lines())
                .containsExactly(hex(REQUEST), hex(REPLY));
        assertThat(encode("# remark\nDHCPv4 packet\n" + REQUEST + "\n# next\nDHCPv4 packet\n" + REPLY, "-")
                        .assertDone()
                        .out()
                        .lines())
                .containsExactly(hex(REQUEST), hex(REPLY));
    }

    @Test
    void readsFileAndWritesOctets() throws IOException {
        Path text = Files.writeString(directory.resolve("offer.txt"), REPLY);
        Path out = directory.resolve("offer.bin");
        assertThat(encode("", text.toString(), "-o", out.toString())
                        .assertDone()
                        .out())
                .isEqualToNormalizingNewlines(out + ": 300 octets\n");
        assertThat(out).hasBinaryContent(octets(REPLY));
    }

    @Test
    void octetsOfSeveralPacketsHaveNoEnd() {
        Path out = directory.resolve("both.bin");
        encode(REQUEST + "---\n" + REPLY, "-o", out.toString()).assertFailed("several packets", "--pcap");
        assertThat(out).doesNotExist();
    }

    @Test
    void writesCaptureFromClientToServerAndBack() throws IOException {
        Path capture = directory.resolve("both.pcap");
        assertThat(encode(REQUEST + "---\n" + REPLY, "--pcap", capture.toString())
                        .assertDone()
                        .out())
                .isEqualToNormalizingNewlines(capture + ": 2 packets\n");
        try (CaptureReader reader = CaptureReader.open(capture)) {
            CapturedDatagram request = reader.next().orElseThrow();
            assertThat(Endpoints.text(request.source())).isEqualTo("0.0.0.0:68");
            assertThat(Endpoints.text(request.destination())).isEqualTo("255.255.255.255:67");
            assertThat(request.payload()).isEqualTo(octets(REQUEST));
            CapturedDatagram reply = reader.next().orElseThrow();
            assertThat(Endpoints.text(reply.source())).isEqualTo("10.77.0.1:67");
            assertThat(Endpoints.text(reply.destination())).isEqualTo("255.255.255.255:68");
            assertThat(reply.payload()).isEqualTo(octets(REPLY));
            assertThat(reader.next()).isEmpty();
        }
    }

    @Test
    void faultsAreToldByTheirLine() {
        encode(REQUEST + "---\n# remark\n\nop: REPLY\n")
                .assertFailed("standard input, line 7: op (expected: BOOTREQUEST");
        encode("DHCPv4 packet\n" + REQUEST + "DHCPv4 packet\nhops: 256\n").assertFailed("line 6: ", "256");
        encode("f\u001boo: 1\n").assertFailed("line 1: f\\u001boo");
    }

    @Test
    void saysWhyInputIsNotRead() throws IOException {
        encode("# nothing\n---\n").assertFailed("standard input holds no packet");
        encode("", directory.resolve("nope.txt").toString()).assertFailed("no such file", "nope.txt");
        encode("", directory.toString()).assertFailed("is a directory");
        Path octets = Files.write(directory.resolve("octets"), new byte[] {1, (byte) 0xff, 6});
        encode("", octets.toString()).assertFailed("is not text in UTF-8");
        encode(REQUEST, "-o", directory.resolve("no/such/file").toString()).assertFailed("no/such/file");
    }

    @Test
    void wrongUsage() {
        encode(REQUEST, "a", "b").assertWrongUsage("b");
    }
}
