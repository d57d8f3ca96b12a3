package dev.pxekit.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The captures of the conformance data through the command line. */
class DhcpCapturesTest {

    @TestFactory
    Stream<DynamicTest> captures() throws IOException {
        try (Stream<Path> files = Files.list(Needs.conformance("dhcp").resolve("pcap"))) {
            List<Path> captures = files.sorted().toList();
            assertThat(captures).isNotEmpty();
            return captures.stream()
                    .map(capture -> DynamicTest.dynamicTest(
                            capture.getFileName().toString(), () -> assertShownAndMadeAgain(capture.toString())));
        }
    }

    private static void assertShownAndMadeAgain(String capture) {
        List<String> octets = CommandRun.of("dhcp", "decode", "--format", "hex", capture)
                .assertDone()
                .out()
                .lines()
                .toList();
        assertThat(octets).isNotEmpty();
        List<JsonObject> objects = CommandRun.of("dhcp", "decode", "--format", "json", capture)
                .assertDone()
                .out()
                .lines()
                .map(JsonObject::parse)
                .toList();
        assertThat(objects).hasSameSizeAs(octets);
        String summary = CommandRun.of("dhcp", "decode", "--verbose", capture)
                .assertDone()
                .out();
        assertThat(summary).contains(octets.size() + " DHCP message");

        String text = CommandRun.of("dhcp", "decode", "--format", "text", capture)
                .assertDone()
                .out();
        assertThat(summary).contains("Conversation 1, xid ").doesNotContain("MALFORMED");
        assertThat(CommandRun.reading(text.getBytes(UTF_8), "dhcp", "encode")
                        .assertDone()
                        .out()
                        .lines())
                .isEqualTo(octets);
    }
}
