package dev.pxekit.dhcp.v6;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.pxekit.dhcp.Untrusted;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.testkit.JsonObject;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages of any octets. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class Dhcp6MessageFuzzTest {

    static Stream<byte[]> messages() {
        String solicit = "01abcdef 0001000a00030001525400770001 00060004003b003c 000e0000 001000040000 0157";
        String advertise = "02abcdef 0003001400000001000007080000 0b400005000020010db8 003b000161";
        String relayed = "0c00 20010db8000000000000000000000001 fe800000000000005054 00fffe770001 0009000401abcdef";
        return Stream.of(solicit, advertise, relayed)
                .map(message -> HexFormat.of().parseHex(message.replace(" ", "")));
    }

    @Test
    void largest() throws Exception {
        octets(HexFormat.of().parseHex("01abcdef" + "00010000".repeat(16_000)));
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
