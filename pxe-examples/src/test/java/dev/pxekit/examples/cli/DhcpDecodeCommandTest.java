package dev.pxekit.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.capture.CaptureWriter;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.testkit.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DhcpDecodeCommandTest {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05Z");
    private static final DhcpPacket DISCOVER = DhcpPacket.builder()
            .transactionId(0x0a0b0c0d)
            .clientHardwareAddress(HardwareAddress.parse("52:54:00:77:00:01"))
            .messageType(MessageType.DISCOVER)
            .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "PXEClient:Arch:00007:UNDI:003016")
            .option(DhcpOption.CLIENT_ARCHITECTURES, List.of(ClientArchitecture.X64_UEFI))
            .build();
    private static final DhcpPacket OFFER = DhcpPacket.replyTo(DISCOVER, MessageType.OFFER)
            .yourAddress(Ipv4.parse("yiaddr", "10.77.0.50"))
            .option(DhcpOption.SERVER_IDENTIFIER, Ipv4.parse("server", "10.77.0.1"))
            .option(DhcpOption.BOOT_FILE_NAME, "snponly.efi")
            .build();

    /** A SOLICIT with the DUID 00030001025400770001. */
    private static final byte[] SOLICIT = HexFormat.of().parseHex("01123456" + "0001000a" + "00030001025400770001");

    @TempDir
    private Path directory;

    private static byte[] octets(DhcpPacket packet) {
        return DhcpCodec.encode(packet);
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static CommandRun decode(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "dhcp";
        all[1] = "decode";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return CommandRun.of(all);
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(directory.resolve("input"), content);
    }

    /** A capture of a boot with another UDP datagram and a malformed packet in it, a tenth of a second apart. */
    private byte[] capture(byte[]... payloads) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        InetSocketAddress client = new InetSocketAddress(Ipv4.parse("client", "0.0.0.0"), 68);
        InetSocketAddress server = new InetSocketAddress(Ipv4.parse("server", "10.77.0.1"), 67);
        try (CaptureWriter writer = CaptureWriter.open(out)) {
            for (int i = 0; i < payloads.length; i++) {
                boolean request = payloads[i].length > 0 && payloads[i][0] == 1;
                Instant time = START.plusMillis(100L * i);
                writer.write(time, request ? client : server, request ? server : client, payloads[i]);
            }
        }
        return out.toByteArray();
    }

    @Test
    void showsPayloadAsText() throws IOException {
        CommandRun run = decode(file(octets(DISCOVER)).toString()).assertDone();
        assertThat(run.out())
                .isEqualToNormalizingNewlines(
                        "# client: 52:54:00:77:00:01 PXE UEFI, x64 UEFI (7)\n" + DISCOVER.toText() + "\n");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void readsStandardInput() {
        String expected = decode(hex(octets(OFFER))).assertDone().out();
        byte[] input = octets(OFFER);
        assertThat(CommandRun.reading(input, "dhcp", "decode", "-").assertDone().out())
                .isEqualTo(expected);
        assertThat(CommandRun.reading(input, "dhcp", "decode").assertDone().out())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", " ", "-", ", 0x"})
    void readsHexadecimalOfArguments(String delimiter) {
        String text = HexFormat.ofDelimiter(delimiter).formatHex(octets(OFFER));
        assertThat(decode("--format", "hex", text).assertDone().out().strip()).isEqualTo(hex(octets(OFFER)));
        assertThat(decode(HexFormat.ofDelimiter(" ").formatHex(SOLICIT).split(" ", -1))
                        .assertDone()
                        .out())
                .contains("SOLICIT", "123456");
    }

    @Test
    void readsItsOwnTextAndHexadecimal() throws IOException {
        for (String format : List.of("text", "hex")) {
            Path capture = file(capture(octets(DISCOVER), octets(OFFER)));
            String out =
                    decode("--format", format, capture.toString()).assertDone().out();
            Path again = file(out.getBytes(UTF_8));
            assertThat(decode("--format", "hex", again.toString())
                            .assertDone()
                            .out()
                            .lines())
                    .containsExactly(hex(octets(DISCOVER)), hex(octets(OFFER)));
        }
    }

    @Test
    void showsConversationsOfCapture() throws IOException {
        byte[] other = octets(DhcpPacket.builder()
                .transactionId(7)
                .clientHardwareAddress(HardwareAddress.parse("52:54:00:77:00:02"))
                .messageType(MessageType.DISCOVER)
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "udhcp")
                .build());
        Path capture = file(capture(octets(DISCOVER), other, octets(OFFER)));
        assertThat(decode(capture.toString()).assertDone().out()).isEqualToNormalizingNewlines("""
                        Conversation 1, xid 0a0b0c0d: 52:54:00:77:00:01 PXE UEFI, x64 UEFI (7), 2026-01-02T03:04:05Z
                          [1]      0.000  0.0.0.0:68 > 10.77.0.1:67  DISCOVER

                        Conversation 2, xid 00000007: 52:54:00:77:00:02 does not ask to boot, vendor class "udhcp", 2026-01-02T03:04:05.100Z
                          [2]      0.100  0.0.0.0:68 > 10.77.0.1:67  DISCOVER
                          [1]      0.200  10.77.0.1:67 > 0.0.0.0:68  OFFER  yiaddr 10.77.0.50, server 10.77.0.1, boot file "snponly.efi"

                        %s: 3 DHCP messages in 2 conversations; 0 other UDP datagrams passed over
                        """.formatted(capture));
    }

    @Test
    void verboseSummaryHasTheTextForm() throws IOException {
        Path capture = file(capture(octets(DISCOVER)));
        assertThat(decode("-v", capture.toString()).assertDone().out())
                .contains("DISCOVER", "        option 60 (vendor class identifier): PXEClient:Arch:00007:UNDI:003016");
    }

    @Test
    void jsonIsAnObjectForEachMessage() throws IOException {
        CommandRun run = decode(
                        "--format",
                        "json",
                        file(capture(octets(DISCOVER), octets(OFFER), new byte[] {1, 2, 3}))
                                .toString())
                .assertDone();
        List<JsonObject> lines = run.out().lines().map(JsonObject::parse).toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.get(0).keys())
                .containsExactly("frame", "time", "source", "destination", "conversation", "client", "message");
        assertThat(lines.get(0).text("time")).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(lines.get(0).text("client")).startsWith("52:54:00:77:00:01 PXE UEFI");
        assertThat(lines.get(1).number("frame")).isEqualTo(2);
        assertThat(lines.get(1).text("source")).isEqualTo("10.77.0.1:67");
        assertThat(lines.get(1).text("destination")).isEqualTo("0.0.0.0:68");
        assertThat(lines.get(1).object("message").text("type")).isEqualTo("OFFER");
        assertThat(lines.get(2).text("hex")).isEqualTo("010203");
        assertThat(lines.get(2).number("offset")).isEqualTo(3);
        assertThat(lines.get(2).has("error")).isTrue();
        assertThat(run.err()).contains("3 DHCP messages in 1 conversation, 1 malformed");
    }

    @ParameterizedTest
    @CsvSource({"text", "summary", "json", "hex"})
    void malformedPacketIsShownAndTheRestGoesOn(String format) throws IOException {
        byte[] cut = Arrays.copyOf(octets(DISCOVER), 245);
        Path capture = file(capture(cut, octets(OFFER)));
        CommandRun run = decode("--format", format, capture.toString()).assertDone();
        assertThat(run.out()).contains(hex(cut));
        if (!format.equals("hex")) {
            assertThat(run.out()).contains("offset").contains("OFFER");
        }
    }

    @Test
    void payloadThatIsCutIsStillTakenForVersion4() {
        byte[] cut = Arrays.copyOf(octets(DISCOVER), 100);
        assertThat(decode(hex(cut)).assertDone().out())
                .contains("# malformed: ", "offset 100", "# " + hex(cut))
                .doesNotContain("SOLICIT");
    }

    @Test
    void familyOverridesTheGuess() throws IOException {
        Path payload = file(SOLICIT);
        assertThat(decode(payload.toString()).assertDone().out()).contains("SOLICIT", "00:03:00:01:02:54");
        assertThat(decode("--family", "4", payload.toString()).assertDone().out())
                .contains("# malformed: ");
    }

    @Test
    void diagnosticsAreShown() {
        DhcpPacket odd = DhcpPacket.builder()
                .clientHardwareAddress(HardwareAddress.parse("52:54:00:77:00:01"))
                .messageType(MessageType.RELEASE)
                .build();
        assertThat(decode(hex(octets(odd))).assertDone().out()).contains("# odd: RELEASE with ciaddr 0.0.0.0");
        assertThat(decode("--format", "summary", hex(octets(odd))).assertDone().out())
                .contains("        odd: RELEASE with ciaddr 0.0.0.0");
    }

    @ParameterizedTest
    @CsvSource({"text", "summary", "json", "hex"})
    void controlCharactersDoNotReachTheTerminal(String format) throws IOException {
        String hostile = "a\u001b[2J\u009b1m\r\n[9] forged\u202e\"";
        byte[] packet = octets(DISCOVER.toBuilder()
                .bootFileName(hostile)
                .option(DhcpOption.MESSAGE, hostile)
                .option(DhcpOption.HOST_NAME, hostile)
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, hostile)
                .option(DhcpOption.SUBNET_MASK.code(), hostile.getBytes(UTF_8))
                .build());
        CommandRun run = decode("-v", "--format", format, file(capture(packet)).toString())
                .assertDone();
        assertThat(run.out()
                        .chars()
                        .filter(c -> c != '\n')
                        .filter(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT))
                .isEmpty();
        assertThat(run.out().lines()).noneMatch(line -> line.startsWith("[9]"));
    }

    @Test
    void selectsByClientAndTransaction() throws IOException {
        byte[] other = octets(DISCOVER.toBuilder()
                .transactionId(0xb)
                .clientHardwareAddress(HardwareAddress.parse("52:54:00:77:00:02"))
                .build());
        String capture = file(capture(octets(DISCOVER), other, new byte[] {1})).toString();
        assertThat(decode("--format", "hex", "--mac", "52-54-00-77-00-02", capture)
                        .assertDone()
                        .out()
                        .lines())
                .containsExactly(hex(other));
        assertThat(decode("--format", "hex", "--xid", "0xB", capture)
                        .assertDone()
                        .out()
                        .lines())
                .containsExactly(hex(other));
        assertThat(decode("--format", "hex", "--mac", "02:54:00:77:00:01", hex(SOLICIT))
                        .assertDone()
                        .out())
                .contains(hex(SOLICIT));
    }

    @Test
    void otherDatagramsArePassedOverAndCounted() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        InetSocketAddress peer = new InetSocketAddress(Ipv4.parse("peer", "10.77.0.1"), 6969);
        try (CaptureWriter writer = CaptureWriter.open(out)) {
            writer.write(START, peer, peer, "TFTP".getBytes(UTF_8));
            writer.write(START, peer, peer, octets(OFFER));
        }
        assertThat(decode(file(out.toByteArray()).toString()).assertDone().out())
                .as("a server on another port has the cookie")
                .contains("OFFER", "1 DHCP message in 1 conversation; 1 other UDP datagrams passed over");
    }

    @Test
    void captureThatIsCutFailsAfterWhatItHolds() throws IOException {
        byte[] whole = capture(octets(DISCOVER), octets(OFFER));
        Path cut = file(Arrays.copyOf(whole, whole.length - 10));
        CommandRun run = decode(cut.toString());
        run.assertFailed(cut + ": ", "file cut", "all before it was read");
        assertThat(run.out()).contains("DISCOVER").doesNotContain("OFFER");
    }

    @Test
    void framesThatCannotBeReadAreNoted() throws IOException {
        byte[] whole = capture(octets(OFFER));
        whole[24 + 16 + 14 + 20 + 4] = (byte) 0xff; // length of UDP
        CommandRun run = decode(file(whole).toString()).assertDone();
        assertThat(run.err()).startsWith("pxekit: ").contains("frame 1: ");
        assertThat(run.out()).contains("0 DHCP messages");
    }

    @Test
    void saysWhyInputIsNotRead() throws IOException {
        decode(directory.resolve("nope.pcap").toString()).assertFailed("no such file", "nope.pcap");
        decode(directory.toString()).assertFailed("is a directory");
        decode(file(new byte[0]).toString()).assertFailed("is empty");
        decode("0101060").assertFailed("7 hexadecimal digits");
        decode("boot.pcap", "other.pcap").assertFailed("one at a time");
        decode(file("op: BOOTREPLY\nfoo: bar\n".getBytes(UTF_8)).toString())
                .assertFailed("line 2: foo", "neither a capture");
        decode(file("\u202eevil text".getBytes(UTF_8)).toString()).assertFailed("line 1: ", "\\u202e");
    }

    @Test
    void saysWhatIsWrongWithTheArguments() {
        decode("--family", "5", "01").assertWrongUsage("--family: 5 (expected: 4 or 6)");
        decode("--mac", "52:54", "01").assertWrongUsage("--mac: hardware address");
        decode("--format", "xml", "01").assertWrongUsage("--format", "TEXT, SUMMARY, JSON, HEX", "xml");
    }

    @Test
    void helpHasExitCodesAndExamples() {
        assertThat(decode("--help").assertDone().out()).contains("Exit codes:", "Examples:", "boot.pcapng");
    }
}
