package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The text and JSON forms of packets. */
class PacketTextTest {

    /** The packets of all vectors that can be read. */
    private static Map<String, DhcpPacket> packets() throws IOException {
        Map<String, DhcpPacket> packets = new LinkedHashMap<>();
        try (var lines = Files.lines(Needs.conformance("dhcp").resolve("vectors.jsonl"))) {
            for (JsonObject vector : lines.map(JsonObject::parse).toList()) {
                if (vector.number("family") == 4) {
                    decode(vector).ifPresent(packet -> packets.put(vector.text("id"), packet));
                }
            }
        }
        return packets;
    }

    private static Optional<DhcpPacket> decode(JsonObject vector) {
        try {
            return Optional.of(DhcpCodec.decode(HexFormat.of().parseHex(vector.text("hex"))));
        } catch (DhcpFormatException e) {
            return Optional.empty();
        }
    }

    @Test
    void readsBackWhatItPrints() throws Exception {
        packets().forEach((id, packet) -> {
            String text = packet.toText();
            assertThat(DhcpPacket.parse(text)).as(id + "\n" + text).isEqualTo(packet);
        });
    }

    @Test
    void printsJsonThatCanBeParsed() throws Exception {
        packets()
                .forEach((id, packet) -> assertThat(
                                JsonObject.parse(packet.toJson()).number("op"))
                        .as(id)
                        .isEqualTo(packet.operation()));
    }

    private static DhcpPacket parse(String... lines) {
        return DhcpPacket.parse(String.join("\n", lines));
    }

    @Test
    void readsLinesWrittenByHand() throws Exception {
        DhcpPacket packet = parse(
                "# an offer",
                "op: BOOTREPLY",
                "xid: 873cfe29   # as in the request",
                "flags: 8000",
                "yiaddr: 10.77.0.50",
                "chaddr: 52:54:00:77:00:01",
                "file: snponly.efi",
                "option 53: OFFER",
                "option 3 (routers): [10.77.0.1, 10.77.0.2]",
                "option 60: PXEClient",
                "option 43:",
                "  suboption 6: 8",
                "option 224: hex 0a:0b 0c  # ours",
                "option 15: \"lab # example\"");
        assertThat(packet.isRequest()).isFalse();
        assertThat(packet.isBroadcast()).isTrue();
        assertThat(packet.transactionId()).isEqualTo(0x873cfe29);
        assertThat(packet.messageType()).contains(MessageType.OFFER);
        assertThat(packet.bootFileName()).contains("snponly.efi");
        assertThat(packet.options().get(DhcpOption.ROUTERS).orElseThrow()).hasSize(2);
        assertThat(packet.options().raw(43)).contains(HexFormat.of().parseHex("060108ff"));
        assertThat(packet.options().raw(224)).contains(new byte[] {10, 11, 12});
        assertThat(packet.options().get(DhcpOption.DOMAIN_NAME)).contains("lab # example");
        assertThat(DhcpCodec.encode(packet)).hasSize(300);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "op: REQUEST | line 2: op (expected: BOOTREQUEST or BOOTREPLY)",
                "xid: hello | line 2: xid (expected: a number in hexadecimal, at most ffffffff)",
                "ciaddr: example.com | line 2: address: example.com (expected: four numbers as in 10.77.0.1)",
                "chaddr: 5 | octets in hexadecimal",
                "nonsense: 1 | line 2: nonsense (expected: a field of the packet, or option with a code from 1 to 254)",
                "option 255: 1 | line 2: option 255 (expected: a field of the packet",
                "option 3: [10.77.0.1 | line 2: comma or ] expected",
                "option 3: ten | line 2: option 3 (routers): address: ten",
                "option 224: 12 | line 2: option 224 has no known type (expected: hex)",
                "option 53: | line 2: option 53 (message type): message type:",
                "option 15: \"open | line 2: no closing quote",
                "option 53: OFFER] | line 2",
                "file options: 3 | line 2: file options (expected: indented lines)"
            })
    void saysOnWhichLineWhatWasExpected(String line, String message) {
        assertThatThrownBy(() -> parse("DHCPv4 packet", line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void takesEachFieldOnce() {
        assertThatThrownBy(() -> parse("file: abcdef", "file: xy"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("line 2: file (expected: one line of this kind)");
    }

    @Test
    void showsFaultsBesideTheOctets() {
        DhcpPacket packet = DhcpPacket.builder().option(1, new byte[3]).build();
        assertThat(packet.toText()).contains("option 1 (subnet mask): hex 000000  # ");
        assertThat(DhcpPacket.parse(packet.toText())).isEqualTo(packet);
    }

    @Test
    void letsNoControlCharactersOfAPacketThrough() {
        DhcpPacket packet = DhcpPacket.builder()
                .option(DhcpOption.HOST_NAME, "a\u001b[31m\nb\"c\\ d\u2028\u202e")
                .bootFileName("x\ry")
                .build();
        assertThat(packet.toText()).doesNotContain("\u001b", "\r", "\u2028", "\u202e");
        assertThat(DhcpPacket.parse(packet.toText())).isEqualTo(packet);
        assertThat(packet.toJson()).doesNotContain("\u001b", "\n");
    }

    @Test
    void readsOption43AsItStandsWhereverOption60Is() {
        // No PXE client by its first part of option 60.
        DhcpPacket packet = DhcpPacket.parse("""
                option 43: 060108ff
                option 60: hex 00
                option 60: PXEClient
                """);
        assertThat(DhcpPacket.parse(packet.toText())).isEqualTo(packet);
        assertThat(DhcpPacket.parse("option 43:\n  suboption 6: 8\n").options().raw(43))
                .hasValue(HexFormat.of().parseHex("060108ff"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pad: 60000\npad: 60000", "sname options:\n  pad: 65", "file options:\n  padding: 128"})
    void refusesMoreZerosThanThereIsRoomFor(String lines) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DhcpPacket.parse(lines))
                .withMessageStartingWith("line ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hops: [1]", "hops: {a: 1}", "hops:\n  a: 1", "hops:\n  - 1"})
    void asksForOneValueWhereAFieldHasOne(String lines) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DhcpPacket.parse(lines))
                .withMessage("line 1: hops (expected: one value)");
    }

    @Test
    void keepsTheOctetsOfFieldsThatAreNoTextInJson() {
        JsonObject json =
                JsonObject.parse(parse("file: hex fffe", "sname: boot").toJson());
        assertThat(json.text("fileHex")).startsWith("fffe00").hasSize(256);
        assertThat(json.text("sname")).isEqualTo("boot");
        assertThat(json.has("snameHex")).isFalse();
        JsonObject overloaded = JsonObject.parse(
                parse("option 52: 1", "file options:", "  option 12: abc").toJson());
        assertThat(overloaded.has("fileHex")).isFalse();
    }
}
