package dev.pxekit.dhcp.v6;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpDiagnostic;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.RawOption;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Captures of real clients and servers, malformed messages and the registry, from the conformance data. */
class Dhcp6VectorsTest {

    private static List<JsonObject> vectors(String kind) throws IOException {
        try (var lines = Files.lines(Needs.conformance("dhcp").resolve("vectors.jsonl"))) {
            return lines.map(JsonObject::parse)
                    .filter(vector -> vector.text("kind").equals(kind))
                    .filter(vector -> vector.number("family") == 6)
                    .toList();
        }
    }

    private static List<JsonObject> healthy() throws IOException {
        List<JsonObject> healthy = new ArrayList<>(vectors("capture"));
        healthy.addAll(vectors("published"));
        assertThat(healthy).hasSizeGreaterThan(60);
        return healthy;
    }

    private static byte[] octets(JsonObject vector) {
        return HexFormat.of().parseHex(vector.text("hex"));
    }

    @Test
    void writesHealthyMessagesAsTheyCame() throws Exception {
        for (JsonObject vector : healthy()) {
            Dhcp6Message message = Dhcp6Codec.decode(octets(vector));
            assertThat(Dhcp6Codec.encode(message)).as(vector.text("id")).isEqualTo(octets(vector));
            assertThat(message.toBuilder().build()).as(vector.text("id")).isEqualTo(message);
        }
    }

    @Test
    void findsNothingWrongInHealthyMessages() throws Exception {
        for (JsonObject vector : healthy()) {
            Dhcp6Message message = Dhcp6Codec.decode(octets(vector));
            assertThat(message.diagnostics()).as(vector.text("id")).isEmpty();
            boolean toServer = message.innermost().type().code() != Dhcp6MessageType.REPLY.code()
                    && message.innermost().type().code() != Dhcp6MessageType.ADVERTISE.code();
            assertThat(message.isValidForServer()).as(vector.text("id")).isEqualTo(toServer);
            assertThat(message.isValidForClient()).as(vector.text("id")).isEqualTo(!toServer && !message.isRelay());
        }
    }

    @Test
    void readsEveryKnownOptionOfHealthyMessagesAndWritesItsValueBack() throws Exception {
        int[] options = {0};
        for (JsonObject vector : healthy()) {
            Dhcp6Message message = Dhcp6Codec.decode(octets(vector));
            for (Dhcp6Message each = message; ; each = each.relayed().orElseThrow()) {
                options[0] += rewriteAll(vector.text("id"), each.options());
                if (each.relayed().isEmpty()) {
                    break;
                }
            }
        }
        assertThat(options[0]).isGreaterThan(400);
    }

    private static int rewriteAll(String id, Dhcp6Options options) throws DhcpFormatException {
        int count = 0;
        for (RawOption raw : options) {
            Dhcp6Option<?> key = Dhcp6Option.forCode(raw.code()).orElse(null);
            if (key != null) {
                rewrite(id, key, raw);
                if (key.decode(raw.value()) instanceof OptionHolder holder
                        && !(holder instanceof VendorSpecificInformation)) {
                    count += rewriteAll(id, holder.options());
                }
            }
            count++;
        }
        return count;
    }

    private static <T> void rewrite(String id, Dhcp6Option<T> key, RawOption raw) throws DhcpFormatException {
        T value = key.decode(raw.value());
        T replained = key.format().fromPlain(key.format().toPlain(value));
        if (!key.equals(Dhcp6Option.BOOT_FILE_URL) && !key.equals(Dhcp6Option.STATUS_CODE)) {
            assertThat(key.encode(value)).as(id + " " + key).isEqualTo(raw.value());
            assertThat(key.encode(replained)).as(id + " " + key).isEqualTo(raw.value());
        }
    }

    @Test
    void readsHeaderAndOptionsOfHealthyMessagesAsAnotherDecoderDoes() throws Exception {
        int compared = 0;
        for (JsonObject vector : healthy()) {
            JsonObject decoder = vector.object("decoders").object("insomniacslk");
            // One message has a code twice in an option request, which the other decoder drops.
            if (decoder.flag("ok") && decoder.text("reencoded").equals("same")) {
                compare(vector.text("id"), Dhcp6Codec.decode(octets(vector)), decoder);
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(60);
    }

    private static void compare(String id, Dhcp6Message message, JsonObject decoder) {
        assertThat(message.type().name()).as(id).isEqualTo(decoder.text("message_type"));
        assertThat(message.isRelay()).as(id).isEqualTo(decoder.flag("is_relay"));
        if (message.isRelay()) {
            RelayHeader header = message.relayHeader().orElseThrow();
            assertThat(header.hopCount()).as(id).isEqualTo((int) decoder.number("hops"));
            assertThat(header.linkAddress()).as(id).isEqualTo(Ipv6.parse(decoder.text("link_address")));
            assertThat(header.peerAddress()).as(id).isEqualTo(Ipv6.parse(decoder.text("peer_address")));
        } else {
            assertThat(message.transactionId()).as(id).isEqualTo(Integer.parseInt(decoder.text("xid"), 16));
        }
        assertThat(message.options().entries().stream()
                        .map(option -> option.code() + "=" + HexFormat.of().formatHex(option.value())))
                .as(id)
                .containsExactlyElementsOf(decoder.objects("options").stream()
                        .map(option -> option.text("code") + "=" + option.text("hex"))
                        .toList());
    }

    @Test
    void takesMalformedMessagesAsTheDocumentsSay() throws Exception {
        for (JsonObject vector : vectors("malformed")) {
            byte[] octets = octets(vector);
            String expect = vector.optionalText("expect").orElse("");
            switch (expect) {
                case "reject" ->
                    assertThatThrownBy(() -> Dhcp6Codec.decode(octets))
                            .as(vector.text("id"))
                            .isInstanceOf(DhcpFormatException.class);
                case "accept-or-drop" -> codes(vector);
                case "drop", "drop-or-accept", "tolerate-or-drop" ->
                    assertThat(codes(vector)).as(vector.text("id")).contains(DhcpDiagnostic.INVALID);
                case "ignore-option", "ignore-option-or-reject" ->
                    assertThat(codes(vector)).as(vector.text("id")).contains(DhcpDiagnostic.VALUE);
                case "tolerate" ->
                    assertThat(codes(vector)).as(vector.text("id")).doesNotContain(DhcpDiagnostic.VALUE);
                default -> assertThat(expect).as(vector.text("id")).isEmpty();
            }
        }
    }

    private static List<String> codes(JsonObject vector) throws DhcpFormatException {
        byte[] octets = octets(vector);
        Dhcp6Message message = Dhcp6Codec.decode(octets);
        assertThat(Dhcp6Codec.encode(message)).as(vector.text("id")).isEqualTo(octets);
        assertThat(message.diagnostics())
                .as(vector.text("id"))
                .allMatch(diagnostic -> diagnostic.offset() >= 0 && diagnostic.offset() <= octets.length);
        return message.diagnostics().stream().map(DhcpDiagnostic::code).toList();
    }

    @Test
    void hasEveryOptionMessageTypeAndStatusCodeOfTheRegistry() throws Exception {
        Path file = Needs.conformance("dhcp").resolve("options.json");
        JsonObject registry = JsonObject.parse(Files.readString(file)).object("dhcp6");
        assertThat(Dhcp6Option.known())
                .extracting(Dhcp6Option::code)
                .containsExactlyElementsOf(registry.objects("options").stream()
                        .map(option -> (int) option.number("code"))
                        .toList());
        JsonObject types = registry.object("message_types");
        for (String code : types.keys()) {
            assertThat(Dhcp6MessageType.of(Integer.parseInt(code)).name()).isEqualTo(types.text(code));
            assertThat(Dhcp6MessageType.of(Integer.parseInt(code)).isKnown()).isTrue();
        }
        JsonObject statuses = registry.object("status_codes");
        for (String code : statuses.keys()) {
            assertThat(StatusCode.of(Integer.parseInt(code)).name()).isEqualTo(statuses.text(code));
        }
    }
}
