package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.v6.Dhcp6Codec;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.IaNa;
import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The conversations of real clients with dnsmasq and Kea, their part of it played to our server. Its answers are of the same types,
 * with an address for the same associations and the same URL. They differ in what is not compared: dnsmasq also gives temporary
 * addresses and leaves prefixes out of its answers in silence, which our server refuses by status; dnsmasq writes a status
 * also where it says Success only, and its own lifetimes and T2 (seven eighths in place of four fifths).
 */
class Dhcp6ReplayTest {

    private static Map<String, List<JsonObject>> conversations() throws IOException {
        Map<String, List<JsonObject>> conversations = new LinkedHashMap<>();
        try (var lines = Files.lines(Needs.conformance("dhcp").resolve("vectors.jsonl"))) {
            lines.map(JsonObject::parse)
                    .filter(vector -> vector.text("kind").equals("capture") && vector.number("family") == 6)
                    .forEach(vector -> conversations
                            .computeIfAbsent(
                                    vector.text("id").replaceFirst("-[0-9]+$", ""), id -> new java.util.ArrayList<>())
                            .add(vector));
        }
        return conversations;
    }

    private static Engine6 server() {
        Link6 link = new Link6(Map.of("eth0", List.of(Ipv6.parse("fd77::1"))));
        for (String prefix : List.of("fd77", "fd78", "fd80")) {
            link.settings.subnet(Subnet6.builder(prefix + "::/64")
                    .pool(prefix + "::100", prefix + "::1ff")
                    .domainNameServer(prefix + "::1")
                    .build());
        }
        link.settings
                .rapidCommit(true)
                .policy(BootPolicy.ipxe(URI.create("tftp://[fd77::1]/exit.ipxe"))
                        .orElse(BootPolicy.byArchitecture(Map.of(ClientArchitecture.X64_UEFI, "snponly.efi"))));
        return link.responder();
    }

    /** The message with our server in place of the one that it was for. */
    private static Dhcp6Message forUs(Dhcp6Message message) {
        if (message.relayed().isPresent()) {
            return message.toBuilder()
                    .option(Dhcp6Option.RELAY_MESSAGE, forUs(message.relayed().get()))
                    .build();
        }
        return message.options().contains(Dhcp6Option.SERVER_IDENTIFIER)
                ? message.toBuilder()
                        .option(Dhcp6Option.SERVER_IDENTIFIER, Link6.SERVER)
                        .build()
                : message;
    }

    private static List<Long> addressed(Dhcp6Message message) {
        return message.options().getAll(Dhcp6Option.IA_NA).stream()
                .filter(association -> !association.addresses().isEmpty())
                .map(IaNa::iaid)
                .toList();
    }

    @Test
    void answersAsTheServersOfTheCapturesDo() throws Exception {
        int compared = 0;
        for (Map.Entry<String, List<JsonObject>> conversation : conversations().entrySet()) {
            Engine6 server = server();
            Map<String, Dhcp6Message> answers = new HashMap<>();
            // Where a relay agent tells no link-address: the link by its prefix in the capture.
            String link = conversation.getKey().contains("ovmf") ? "fd77::1" : "fd78::1";
            for (JsonObject vector : conversation.getValue()) {
                Dhcp6Message captured = Dhcp6Codec.decode(HexFormat.of().parseHex(vector.text("hex")));
                String exchange = Integer.toHexString(captured.transactionId());
                if (captured.isValidForServer()) {
                    boolean relayed = captured.isRelay();
                    Dhcp6Message request = relayed
                            ? captured
                            : Dhcp6Message.relay(captured, Ipv6.parse(link), Link6.SENDER)
                                    .build();
                    Optional<Dhcp6Message> answer = server.respond(forUs(request), Link6.multicast());
                    assertThat(answer).as(vector.text("id")).isPresent();
                    assertThat(answer.get().innermost().isValidForClient())
                            .as(vector.text("id"))
                            .isTrue();
                    answers.put(exchange, relayed ? answer.get() : answer.get().innermost());
                } else if (answers.containsKey(exchange)) {
                    compare(vector.text("id"), answers.get(exchange), captured);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(15);
    }

    private static void compare(String id, Dhcp6Message ours, Dhcp6Message theirs) {
        assertThat(ours.type()).as(id).isEqualTo(theirs.type());
        Dhcp6Message answer = ours.innermost();
        Dhcp6Message captured = theirs.innermost();
        assertThat(answer.type()).as(id).isEqualTo(captured.type());
        if (!captured.type().equals(Dhcp6MessageType.REPLY)
                || !captured.options().contains(Dhcp6Option.STATUS_CODE)) {
            assertThat(addressed(answer)).as(id).isEqualTo(addressed(captured));
        }
        assertThat(answer.options().get(Dhcp6Option.BOOT_FILE_URL))
                .as(id)
                .isEqualTo(captured.options().get(Dhcp6Option.BOOT_FILE_URL));
    }
}
