package dev.pxekit.dhcp.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The captures of the conformance data. Of each, the vectors hold the packets without those that were sent again, so
 * they are some of what the capture holds, in the same order, and the others repeat a transaction that is among them.
 */
class CaptureVectorsTest {

    /** Octets of a packet that name the transaction: all of op to xid, or type and transaction identifier. */
    private static final int TRANSACTION_DIGITS = 8;

    private static List<CapturedDatagram> dhcp(Path capture) throws IOException {
        List<CapturedDatagram> datagrams = new ArrayList<>();
        try (CaptureReader reader = CaptureReader.open(capture)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                next.filter(CapturedDatagram::isDhcp).ifPresent(datagrams::add);
            }
            assertThat(reader.notes()).isEmpty();
        }
        return datagrams;
    }

    private static String hex(CapturedDatagram datagram) {
        return HexFormat.of().formatHex(datagram.payload());
    }

    /** The part of a packet that a repetition has too: the transaction identifier, with what comes before it. */
    private static String transaction(String hex, long family) {
        return hex.substring(0, family == 4 ? 2 * TRANSACTION_DIGITS : TRANSACTION_DIGITS);
    }

    @Test
    void givesThePacketsOfTheVectorsInOrder() throws Exception {
        Path data = Needs.conformance("dhcp");
        List<JsonObject> vectors;
        try (var lines = Files.lines(data.resolve("vectors.jsonl"))) {
            vectors = lines.map(JsonObject::parse)
                    .filter(vector -> vector.text("kind").equals("capture"))
                    .toList();
        }
        List<Path> captures;
        try (var files = Files.list(data.resolve("pcap"))) {
            captures = files.sorted().toList();
        }
        int found = 0;
        for (Path capture : captures) {
            String name = capture.getFileName().toString().replace(".pcap", "");
            List<JsonObject> expected = vectors.stream()
                    .filter(vector -> vector.text("id").matches("capture-" + name + "-\\d+"))
                    .toList();
            assertContains(dhcp(capture), expected);
            found += expected.size();
        }
        assertThat(found).isEqualTo(vectors.size()).isPositive();
    }

    private static void assertContains(List<CapturedDatagram> datagrams, List<JsonObject> vectors) {
        Set<String> transactions = new HashSet<>();
        int next = 0;
        for (CapturedDatagram datagram : datagrams) {
            String hex = hex(datagram);
            if (next < vectors.size() && vectors.get(next).text("hex").equals(hex)) {
                assertAddresses(datagram, vectors.get(next));
                transactions.add(transaction(hex, vectors.get(next).number("family")));
                next++;
            } else {
                long family = datagram.source().getAddress().getAddress().length == 4 ? 4 : 6;
                assertThat(transactions).as(datagram.toString()).contains(transaction(hex, family));
            }
        }
        assertThat(vectors.subList(next, vectors.size()))
                .extracting(vector -> vector.text("id"))
                .as("vectors that the capture does not give")
                .isEmpty();
    }

    private static void assertAddresses(CapturedDatagram datagram, JsonObject vector) {
        JsonObject transport = vector.object("transport");
        assertThat(datagram.source().getPort()).isEqualTo(transport.number("sport"));
        assertThat(datagram.destination().getPort()).isEqualTo(transport.number("dport"));
        assertThat(datagram.destinationHardwareAddress().orElseThrow()).hasToString(transport.text("eth_dst"));
        if (vector.number("family") == 4) {
            assertThat(datagram.source().getAddress()).hasToString("/" + transport.text("src"));
            assertThat(datagram.destination().getAddress()).hasToString("/" + transport.text("dst"));
        }
    }
}
