package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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
}
