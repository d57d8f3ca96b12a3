package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.BootMenu;
import dev.pxekit.dhcp.pxe.BootServerType;
import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.net.Inet4Address;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Real clients' conversations with dnsmasq 2.90 as a proxy, played to ours with the same configuration: what the answers say, and
 * every difference. Those that are there on purpose:
 *
 * <ul>
 *   <li>{@code siaddr} of an offer with a menu, where dnsmasq has none: a BIOS build of iPXE wants it;
 *   <li>option 43 with discovery control 8 beside a boot file for iPXE: so PXE 2.1 §2.2.3 says that there is nothing to look for;
 *   <li>no prompt in the answer for an item that was chosen: it comes after the prompt;
 *   <li>{@code ciaddr} back where it came from, and not in {@code yiaddr}, in the answer for an item too: no address is given, and
 *       UEFI takes an answer for a proxy's if {@code yiaddr} is zero;
 *   <li>{@code sname} and options 66 and 67 beside {@code siaddr} and {@code file}.
 * </ul>
 */
class ProxyCaptureTest {

    private static final Inet4Address SERVER = Ipv4.parse("10.77.0.1");
    private static final String SERVER_TEXT = "10.77.0.1";
    private static final BootMenu.Prompt PROMPT = new BootMenu.Prompt(2, "Press F8 for menu");
    private static final String DOWNLOAD = "060108ff";

    /** What a conversation's requests are answered with, ours and dnsmasq's, where they differ. */
    private static List<Map<String, String>> differences(String capture, BootPolicy policy) throws Exception {
        ProxyResponders proxy =
                new ProxyResponders(SERVER, policy, new ListenerBoundary<>(new DhcpServerListener() {}));
        List<Map<String, String>> differences = new ArrayList<>();
        Optional<DhcpPacket> ours = Optional.empty();
        for (JsonObject vector : vectors(capture)) {
            DhcpPacket packet = packet(vector);
            JsonObject transport = vector.object("transport");
            boolean proxied = transport.text("src").equals(SERVER_TEXT);
            if (packet.isRequest()) {
                ours = transport.number("dport") == ProxyDhcpServer.BOOT_SERVER_PORT
                        ? proxy.bootServer(packet)
                        : proxy.dhcp(packet);
            } else if (proxied) {
                assertThat(ours).as(vector.text("id")).isPresent();
                DhcpPacket answer = DhcpCodec.decode(DhcpCodec.encode(ours.orElseThrow()));
                assertThat(answer.transactionId()).isEqualTo(packet.transactionId());
                differences.add(differences(answer, packet));
                ours = Optional.empty();
            }
        }
        assertThat(ours).as("answers that dnsmasq did not give").isEmpty();
        return differences;
    }

    private static List<JsonObject> vectors(String capture) throws Exception {
        try (var lines = Files.lines(Needs.conformance("dhcp").resolve("vectors.jsonl"))) {
            return lines.map(JsonObject::parse)
                    .filter(vector -> vector.number("family") == 4)
                    .filter(vector -> vector.text("id").startsWith("capture-" + capture + "-"))
                    .toList();
        }
    }

    private static DhcpPacket packet(JsonObject vector) throws DhcpFormatException {
        return DhcpCodec.decode(HexFormat.of().parseHex(vector.text("hex")));
    }

    private static Map<String, String> differences(DhcpPacket ours, DhcpPacket theirs) {
        Map<String, String> said = said(ours);
        Map<String, String> differences = new LinkedHashMap<>();
        said(theirs).forEach((field, value) -> {
            if (!value.equals(said.get(field))) {
                differences.put(field, value + " / " + said.get(field));
            }
        });
        return differences;
    }

    /** What a client reads. Options 66 and 67 repeat fields, which ours does and dnsmasq does not. */
    private static Map<String, String> said(DhcpPacket packet) {
        Map<String, String> said = new LinkedHashMap<>();
        said.put("flags", packet.isBroadcast() ? "broadcast" : "unicast");
        said.put("ciaddr", packet.clientAddress().getHostAddress());
        said.put("yiaddr", packet.yourAddress().getHostAddress());
        said.put("siaddr", packet.nextServer().getHostAddress());
        said.put("file", packet.effectiveBootFileName().orElse("none"));
        for (int code : new int[] {43, 51, 53, 54, 60, 97}) {
            said.put(
                    "option " + code,
                    packet.options()
                            .raw(code)
                            .map(value -> HexFormat.of().formatHex(value))
                            .orElse("none"));
        }
        return said;
    }

    private static BootPolicy file(String name) {
        return BootPolicy.always(BootDecision.bootFile(name));
    }

    @Test
    void tellsUefiItsFileOnPort4011AndIpxeItsScriptAtOnce() throws Exception {
        BootPolicy policy =
                BootPolicy.when(BootClient::isIpxe, file("exit.ipxe")).orElse(file("snponly.efi"));
        assertThat(differences("proxy-uefi", policy))
                .containsExactly(Map.of(), Map.of(), Map.of("option 43", "none / " + DOWNLOAD));
    }

    @Test
    void showsUefiAMenuOnPort4011() throws Exception {
        BootDecision menu = BootDecision.menu(
                PROMPT,
                new BootChoice(BootServerType.of(0x8002), "Boot snponly", BootDecision.bootFile("snponly.efi")),
                new BootChoice(BootServerType.of(0x8003), "Boot ipxe", BootDecision.bootFile("ipxe.efi")));
        assertThat(differences("proxymenu-uefi", BootPolicy.always(menu)))
                .containsExactly(
                        Map.of(),
                        Map.of(),
                        Map.of(
                                "ciaddr", "0.0.0.0 / 10.77.0.50",
                                "yiaddr", "10.77.0.50 / 0.0.0.0",
                                "option 43",
                                        "4704800200000a1202507265737320463820666f72206d656e75ff / 470480020000ff"));
    }

    @Test
    void showsBiosAMenuInTheOffer() throws Exception {
        BootDecision menu = BootDecision.menu(
                PROMPT,
                new BootChoice(BootServerType.of(0x8000), "Boot undionly", BootDecision.bootFile("undionly.kpxe")),
                new BootChoice(BootServerType.of(0x8001), "Boot pxelinux", BootDecision.bootFile("pxelinux.0")),
                BootChoice.localDisk("Boot local"));
        assertThat(differences("proxymenu-bios", BootPolicy.always(menu)))
                .containsExactly(
                        Map.of("siaddr", "0.0.0.0 / 10.77.0.1"),
                        Map.of(
                                "ciaddr", "0.0.0.0 / 10.77.0.150",
                                "yiaddr", "10.77.0.150 / 0.0.0.0",
                                "option 43",
                                        "4704800000000a1202507265737320463820666f72206d656e75ff / 060108470480000000ff"));
    }
}
