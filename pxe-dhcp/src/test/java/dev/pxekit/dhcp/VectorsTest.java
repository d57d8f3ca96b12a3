package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Captures of real clients and servers, and malformed packets, from the conformance data. */
class VectorsTest {

    private static final Pattern HEX = Pattern.compile("\"hex\":\\s*\"([0-9a-f]*)\"");
    private static final Pattern ID = Pattern.compile("\"id\":\\s*\"([^\"]*)\"");
    private static final Pattern EXPECT = Pattern.compile("\"expect\":\\s*\"([^\"]*)\"");

    private static List<String> vectors(String kind, int family) throws IOException {
        try (var lines = Files.lines(Needs.conformance("dhcp").resolve("vectors.jsonl"))) {
            return lines.filter(line -> line.contains("\"kind\":\"" + kind + "\""))
                    .filter(line -> line.contains("\"family\":" + family))
                    .toList();
        }
    }

    private static String first(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? matcher.group(1) : "";
    }

    @Test
    void writesCapturedPacketsAsTheyCame() throws Exception {
        for (String line : vectors("capture", 4)) {
            byte[] octets = HexFormat.of().parseHex(first(HEX, line));
            assertThat(DhcpCodec.encode(DhcpCodec.decode(octets)))
                    .as(first(ID, line))
                    .isEqualTo(octets);
        }
    }

    @Test
    void writesPublishedPacketsAsTheyCame() throws Exception {
        for (String line : vectors("published", 4)) {
            byte[] octets = HexFormat.of().parseHex(first(HEX, line));
            if (line.contains("got magic cookie")) {
                assertThatThrownBy(() -> DhcpCodec.decode(octets)).isInstanceOf(DhcpFormatException.class);
            } else {
                assertThat(DhcpCodec.encode(DhcpCodec.decode(octets)))
                        .as(first(ID, line))
                        .isEqualTo(octets);
            }
        }
    }

    @Test
    void rejectsOrReadsMalformedPacketsAsTheDocumentsSay() throws Exception {
        for (String line : vectors("malformed", 4)) {
            byte[] octets = HexFormat.of().parseHex(first(HEX, line));
            String expect = first(EXPECT, line);
            boolean rejected = false;
            try {
                assertThat(DhcpCodec.encode(DhcpCodec.decode(octets))).isEqualTo(octets);
            } catch (DhcpFormatException e) {
                rejected = true;
            }
            if (!expect.contains("-or-") && !expect.isEmpty()) {
                assertThat(rejected)
                        .as(line.substring(0, Math.min(200, line.length())) + expect)
                        .isEqualTo(expect.equals("reject"));
            }
        }
    }

    @Test
    void writesCapturedVersion6MessagesAsTheyCame() throws Exception {
        for (String line : vectors("capture", 6)) {
            byte[] octets = HexFormat.of().parseHex(first(HEX, line));
            if (octets[0] != 12 && octets[0] != 13) {
                assertThat(Dhcp6Message.decode(octets).encode())
                        .as(first(ID, line))
                        .isEqualTo(octets);
            }
        }
    }
}
