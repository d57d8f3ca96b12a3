package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Captures of real clients and servers, and malformed packets, from the conformance data. */
class VectorsTest {

    private static List<JsonObject> vectors(String kind, int family) throws IOException {
        try (var lines = Files.lines(Needs.conformance("dhcp").resolve("vectors.jsonl"))) {
            return lines.map(JsonObject::parse)
                    .filter(vector -> vector.text("kind").equals(kind))
                    .filter(vector -> vector.number("family") == family)
                    .toList();
        }
    }

    private static byte[] octets(JsonObject vector) {
        return HexFormat.of().parseHex(vector.text("hex"));
    }

    /** Some published packets are damaged, as another decoder found too. */
    private static boolean lacksMagicCookie(JsonObject vector) {
        JsonObject decoder = vector.object("decoders").object("insomniacslk");
        return decoder.optionalText("error").orElse("").contains("got magic cookie");
    }

    @Test
    void writesCapturedPacketsAsTheyCame() throws Exception {
        for (JsonObject vector : vectors("capture", 4)) {
            byte[] octets = octets(vector);
            assertThat(DhcpCodec.encode(DhcpCodec.decode(octets)))
                    .as(vector.text("id"))
                    .isEqualTo(octets);
        }
    }

    @Test
    void writesPublishedPacketsAsTheyCame() throws Exception {
        for (JsonObject vector : vectors("published", 4)) {
            byte[] octets = octets(vector);
            if (lacksMagicCookie(vector)) {
                assertThatThrownBy(() -> DhcpCodec.decode(octets)).isInstanceOf(DhcpFormatException.class);
            } else {
                assertThat(DhcpCodec.encode(DhcpCodec.decode(octets)))
                        .as(vector.text("id"))
                        .isEqualTo(octets);
            }
        }
    }

    @Test
    void rejectsOrReadsMalformedPacketsAsTheDocumentsSay() throws Exception {
        for (JsonObject vector : vectors("malformed", 4)) {
            byte[] octets = octets(vector);
            String expect = vector.optionalText("expect").orElse("");
            boolean rejected = false;
            try {
                assertThat(DhcpCodec.encode(DhcpCodec.decode(octets))).isEqualTo(octets);
            } catch (DhcpFormatException e) {
                rejected = true;
            }
            if (!expect.contains("-or-") && !expect.isEmpty()) {
                assertThat(rejected).as(vector.text("id") + " " + expect).isEqualTo(expect.equals("reject"));
            }
        }
    }

    @Test
    void writesCapturedVersion6MessagesAsTheyCame() throws Exception {
        for (JsonObject vector : vectors("capture", 6)) {
            byte[] octets = octets(vector);
            if (octets[0] != 12 && octets[0] != 13) {
                assertThat(Dhcp6Message.decode(octets).encode())
                        .as(vector.text("id"))
                        .isEqualTo(octets);
            }
        }
    }
}
