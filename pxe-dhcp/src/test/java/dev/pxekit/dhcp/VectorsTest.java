package dev.pxekit.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Captures of real clients and servers, published packets and malformed ones, from the conformance data. */
class VectorsTest {

    private static final HexFormat HEX = HexFormat.of();

    /** What {@code expect} says of packets that decode and have something odd in them. */
    private static final List<String> ODD = List.of("drop", "ignore-option", "treat-as-576", "accept-no-recursion");

    record Vector(JsonObject json) {

        String id() {
            return json.text("id");
        }

        byte[] octets() {
            return HEX.parseHex(json.text("hex"));
        }

        JsonObject decoder(String name) {
            return json.object("decoders").object(name);
        }

        /** Whether the other decoder refused it: some published packets are damaged. */
        boolean isDamaged() {
            return decoder("insomniacslk").optionalText("error").isPresent();
        }

        @Override
        public String toString() {
            return id();
        }
    }

    private static List<Vector> vectors(boolean malformed) throws IOException {
        try (var lines = Files.lines(Needs.conformance("dhcp").resolve("vectors.jsonl"))) {
            return lines.map(JsonObject::parse)
                    .filter(vector -> vector.number("family") == 4)
                    .filter(vector -> vector.text("kind").equals("malformed") == malformed)
                    .map(Vector::new)
                    .toList();
        }
    }

    private static Stream<Vector> healthy() throws IOException {
        return vectors(false).stream().filter(vector -> !vector.isDamaged());
    }

    private static Stream<Vector> damaged() throws IOException {
        return vectors(false).stream().filter(Vector::isDamaged);
    }

    private static Stream<Vector> malformed() throws IOException {
        return vectors(true).stream()
                .filter(vector -> vector.json.optionalText("expect").isPresent());
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void writesPacketsAsTheyCame(Vector vector) throws Exception {
        assertThat(DhcpCodec.encode(DhcpCodec.decode(vector.octets()))).isEqualTo(vector.octets());
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void readsFieldsAsOthersDo(Vector vector) throws Exception {
        DhcpPacket packet = DhcpCodec.decode(vector.octets());
        JsonObject tshark = vector.decoder("tshark");
        assertThat(packet.operation()).isEqualTo(tshark.number("op"));
        assertThat(packet.hardwareType()).isEqualTo(Integer.parseInt(tshark.text("htype"), 16));
        assertThat(packet.clientHardwareAddress().length()).isEqualTo(tshark.number("hlen"));
        assertThat(packet.hops()).isEqualTo(tshark.number("hops"));
        assertThat(packet.transactionId()).isEqualTo(Integer.parseUnsignedInt(tshark.text("xid"), 16));
        assertThat(packet.secondsElapsed())
                .isEqualTo(vector.decoder("insomniacslk").number("secs"));
        assertThat(packet.flags()).isEqualTo(Integer.parseInt(tshark.text("flags"), 16));
        assertThat(packet.clientAddress().getHostAddress()).isEqualTo(tshark.text("ciaddr"));
        assertThat(packet.yourAddress().getHostAddress()).isEqualTo(tshark.text("yiaddr"));
        assertThat(packet.nextServer().getHostAddress()).isEqualTo(tshark.text("siaddr"));
        assertThat(packet.relayAgent().getHostAddress()).isEqualTo(tshark.text("giaddr"));
        assertThat(packet.clientHardwareAddress()).hasToString(tshark.text("chaddr"));
        assertThat(packet.messageType().map(MessageType::code).orElse(0))
                .isEqualTo(tshark.has("message_type") ? (int) tshark.number("message_type") : 0);
        if (!packet.options().contains(DhcpOption.OVERLOAD)) {
            assertThat(packet.bootFileName().orElse(""))
                    .isEqualTo(vector.decoder("insomniacslk").text("file"));
            assertThat(packet.serverHostName().orElse(""))
                    .isEqualTo(vector.decoder("insomniacslk").text("sname"));
        }
    }

    /** In wire order, each part on its own. It has the options of overloaded fields where option 52 stands. */
    @ParameterizedTest
    @MethodSource("healthy")
    void readsOptionsAsTsharkDoes(Vector vector) throws Exception {
        if (vector.json.optionalText("note").orElse("").contains("only the first part")) {
            return;
        }
        Map<Integer, String> theirs = new TreeMap<>();
        for (JsonObject option : vector.decoder("tshark").objects("options")) {
            option.optionalText("hex")
                    .ifPresent(hex -> theirs.merge((int) option.number("code"), hex, (a, b) -> a + " " + b));
        }
        Map<Integer, String> ours = new TreeMap<>();
        for (RawOption option : DhcpCodec.decode(vector.octets()).options()) {
            ours.merge(option.code(), HEX.formatHex(option.value()), (a, b) -> a + " " + b);
        }
        assertThat(ours).isEqualTo(theirs);
    }

    /** By code, parts joined. It does not read overloaded fields. */
    @ParameterizedTest
    @MethodSource("healthy")
    void joinsOptionsAsInsomniacslkDoes(Vector vector) throws Exception {
        DhcpOptions options = DhcpCodec.decode(vector.octets()).options();
        if (options.contains(DhcpOption.OVERLOAD)) {
            return;
        }
        Map<Integer, String> theirs = new TreeMap<>();
        for (JsonObject option : vector.decoder("insomniacslk").objects("options")) {
            theirs.put((int) option.number("code"), option.optionalText("hex").orElse(""));
        }
        Map<Integer, String> ours = new TreeMap<>();
        for (int code : options.codes()) {
            ours.put(code, HEX.formatHex(options.raw(code).orElseThrow()));
        }
        assertThat(ours).isEqualTo(theirs);
    }

    @ParameterizedTest
    @MethodSource("damaged")
    void rejectsDamagedPackets(Vector vector) {
        assertThatThrownBy(() -> DhcpCodec.decode(vector.octets())).isInstanceOf(DhcpFormatException.class);
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void rejectsOrReadsMalformedPacketsAsTheDocumentsSay(Vector vector) throws Exception {
        byte[] octets = vector.octets();
        String expect = vector.json.text("expect");
        if (expect.equals("reject")) {
            assertThatThrownBy(() -> DhcpCodec.decode(octets))
                    .isInstanceOfSatisfying(
                            DhcpFormatException.class,
                            e -> assertThat(e.offset()).isBetween(0L, (long) octets.length));
            return;
        }
        DhcpPacket packet;
        try {
            packet = DhcpCodec.decode(octets);
        } catch (DhcpFormatException e) {
            assertThat(expect).as(vector.id()).contains("reject");
            return;
        }
        assertThat(DhcpCodec.encode(packet)).isEqualTo(octets);
        // A server drops a sound reply because it came to a server, which its octets do not tell.
        boolean sound = !packet.isRequest() && vector.id().equals("malformed-offer-to-server");
        if (ODD.contains(expect) && !sound) {
            assertThat(packet.diagnostics()).isNotEmpty();
        }
    }
}
