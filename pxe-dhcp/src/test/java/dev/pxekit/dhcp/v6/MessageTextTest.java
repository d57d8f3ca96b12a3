package dev.pxekit.dhcp.v6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text and JSON forms of messages. */
class MessageTextTest {

    /** The messages of all vectors that can be read. */
    private static Map<String, Dhcp6Message> messages() throws IOException {
        Map<String, Dhcp6Message> messages = new LinkedHashMap<>();
        try (var lines = Files.lines(Needs.conformance("dhcp").resolve("vectors.jsonl"))) {
            for (JsonObject vector : lines.map(JsonObject::parse).toList()) {
                if (vector.number("family") == 6) {
                    decode(vector).ifPresent(message -> messages.put(vector.text("id"), message));
                }
            }
        }
        return messages;
    }

    private static Optional<Dhcp6Message> decode(JsonObject vector) {
        try {
            return Optional.of(Dhcp6Codec.decode(HexFormat.of().parseHex(vector.text("hex"))));
        } catch (DhcpFormatException e) {
            return Optional.empty();
        }
    }

    @Test
    void readsBackWhatItPrints() throws Exception {
        messages().forEach((id, message) -> {
            String text = message.toText();
            assertThat(Dhcp6Message.parse(text)).as(id + "\n" + text).isEqualTo(message);
        });
    }

    @Test
    void printsJsonThatCanBeParsed() throws Exception {
        messages()
                .forEach((id, message) -> assertThat(
                                JsonObject.parse(message.toJson()).text("type"))
                        .as(id)
                        .isEqualTo(message.type().name()));
    }

    private static Dhcp6Message parse(String... lines) {
        return Dhcp6Message.parse(String.join("\n", lines));
    }

    @Test
    void readsLinesWrittenByHand() {
        Dhcp6Message message = parse(
                "type: solicit",
                "xid: 10a0b0",
                "option 8: 10",
                "option 6: [59, 60]",
                "option 3 (IA_NA):",
                "  iaid: 7",
                "  renewalTime: 0",
                "  rebindingTime: 0",
                "  options:",
                "    option 13: {code: NoAddrsAvail, message: \"\"}",
                "option 65000: hex 0a0b");
        assertThat(message.type()).isEqualTo(Dhcp6MessageType.SOLICIT);
        assertThat(message.transactionId()).isEqualTo(0x10a0b0);
        assertThat(message.options().get(Dhcp6Option.ELAPSED_TIME)).contains(Duration.ofMillis(100));
        assertThat(message.options().get(Dhcp6Option.OPTION_REQUEST)).contains(List.of(59, 60));
        assertThat(message.options().raw(3)).contains(HexFormat.of().parseHex("000000070000000000000000000d00020002"));
        assertThat(message.options().raw(65000)).contains(new byte[] {10, 11});
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "xid: hello | xid: hello (expected: a number in hexadecimal, at most ffffff)",
                "option 6: [x] | line 2: option 6 (option request): value: x",
                "option 65000: 12 | line 2: option 65000 has no known type (expected: hex)",
                "nonsense: 1 | line 2: nonsense (expected: [type, xid, relay], or option",
                "option 70000: hex 00 | line 2: option code: 70000"
            })
    void saysWhatWasExpected(String line, String message) {
        assertThatThrownBy(() -> parse("type: SOLICIT", line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
