package dev.pxekit.dhcp.v6;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pxekit.dhcp.Untrusted;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.testkit.JsonObject;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of any octets. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class Dhcp6MessageFuzzTest {

    static Stream<byte[]> messages() {
        String solicit =
                "01abcdef 0001000a00030001525400770001 00060004003b003c 000e0000 00100010 00000157 000a 48545450436c69656e74";
        String reply =
                "07abcdef 00030028 00000001 00000708 00000b40 00050018 20010db8000000000000000000000100 00000e10 00001c20"
                        + "000d00080002 6e6f6e653a29 003b0007 746674703a2f2f 00170010 20010db8000000000000000000000001"
                        + "0018000d 076578616d706c6503636f6d00 00380014 00010010 20010db8000000000000000000000001 03e70001ff";
        String relayed =
                "0c00 20010db8000000000000000000000001 fe80000000000000505400fffe770001 0012 0003 6c616e 00090004 01abcdef";
        return Stream.of(solicit, reply, relayed).map(message -> HexFormat.of().parseHex(message.replace(" ", "")));
    }

    static Stream<Named<byte[]>> largestMessages() {
        HexFormat hex = HexFormat.of();
        return Stream.of(
                Named.of("options of no octets", hex.parseHex("01abcdef" + "00010000".repeat(16_000))),
                Named.of("relayed many times", nested("", "0c00" + "00".repeat(32) + "0009")),
                Named.of("identity associations in each other", nested("01abcdef", "0003", "00".repeat(12))),
                Named.of("addresses in each other", nested("01abcdef", "0005", "00".repeat(24))),
                Named.of("prefixes in each other", nested("01abcdef", "001a", "00".repeat(25))),
                Named.of("vendor options in each other", nested("01abcdef", "0011", "00000009")));
    }

    /** A message with the same option in itself as often as there is room: its code with what is before it, its length, its fields. */
    private static byte[] nested(String header, String before, String... fields) {
        HexFormat hex = HexFormat.of();
        byte[] head = hex.parseHex(before);
        byte[] tail = hex.parseHex(String.join("", fields));
        int level = head.length + 2 + tail.length;
        int depth = 60_000 / level;
        ByteBuffer message = ByteBuffer.allocate(header.length() / 2 + depth * level);
        message.put(hex.parseHex(header));
        while (message.remaining() > 0) {
            message.put(head);
            message.putShort((short) (message.remaining() - 2)).put(tail);
        }
        return message.array();
    }

    /** Not where a search begins, as it would get slow. */
    @ParameterizedTest
    @MethodSource("largestMessages")
    void largest(byte[] octets) throws Exception {
        octets(octets);
    }

    @MethodSource("messages")
    @FuzzTest
    void octets(byte[] octets) throws Exception {
        Optional<Dhcp6Message> decoded = Untrusted.decode(octets, () -> Dhcp6Codec.decode(octets));
        if (decoded.isPresent()) {
            Dhcp6Message message = decoded.get();
            assertThat(Untrusted.within(Untrusted.READING, octets.length, () -> Dhcp6Codec.encode(message)))
                    .isEqualTo(octets);
            // Each value that is none of its type is refused with a sentence.
            for (Dhcp6Option<?> option : Dhcp6Option.known()) {
                Untrusted.within(
                        Untrusted.PRINTING,
                        octets.length,
                        () -> message.options().getAll(option));
            }
            assertThat(Untrusted.within(Untrusted.PRINTING, octets.length, message::diagnostics))
                    .allMatch(diagnostic -> diagnostic.offset() >= 0 && diagnostic.offset() <= octets.length);
            assertThat(Untrusted.within(Untrusted.PRINTING, octets.length, message::toString))
                    .isNotBlank();
            assertThat(BootClient.of(message)).isNotNull();
            JsonObject.parse(Untrusted.within(Untrusted.PRINTING, octets.length, message::toJson));
            String text = Untrusted.within(Untrusted.PRINTING, octets.length, message::toText);
            assertThat(Untrusted.within(Untrusted.PARSING, text.length(), () -> Dhcp6Message.parse(text)))
                    .as(text)
                    .isEqualTo(message);
        }
    }

    static Stream<byte[]> texts() {
        return Stream.of("""
                type: SOLICIT
                xid: 10a0b0
                option 8: 10
                option 6: [59, 60]
                option 14: true
                """, """
                type: RELAY-FORW
                relay: {hopCount: 0, linkAddress: 2001:db8::1, peerAddress: fe80::1}
                option 9:
                  type: SOLICIT
                  xid: 10a0b0
                  options: []
                """).map(text -> text.getBytes(UTF_8));
    }

    @MethodSource("texts")
    @FuzzTest
    void text(byte[] octets) throws Exception {
        String text = new String(octets, UTF_8);
        Optional<Dhcp6Message> parsed = Untrusted.within(Untrusted.PARSING, octets.length, () -> parse(text));
        parsed.ifPresent(message ->
                assertThat(Dhcp6Message.parse(message.toText())).as(text).isEqualTo(message));
    }

    private static Optional<Dhcp6Message> parse(String text) {
        try {
            return Optional.of(Dhcp6Message.parse(text));
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).isNotBlank();
            return Optional.empty();
        }
    }
}
