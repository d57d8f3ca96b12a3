package dev.pxekit.dhcp.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.pxe.BootServerType;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import dev.pxekit.dhcp.v6.Dhcp6Codec;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Our packets beside those of the firmware that they imitate, field by field and option by option. */
class ClientIdentityCaptureTest {

    /** QEMU was started without a UUID. */
    private static final UUID NONE = new UUID(0, 0);

    private static byte[] octets(String id) throws Exception {
        try (var lines = Files.lines(Needs.conformance("dhcp").resolve("vectors.jsonl"))) {
            return lines.map(JsonObject::parse)
                    .filter(vector -> vector.text("id").equals("capture-" + id))
                    .map(vector -> HexFormat.of().parseHex(vector.text("hex")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static DhcpPacket captured(String id) throws Exception {
        return DhcpCodec.decode(octets(id));
    }

    /** Everything but the transaction id and the seconds, which are different each time. */
    private static Map<String, String> fields(DhcpPacket packet) {
        Map<String, String> fields = new TreeMap<>(Map.of(
                "htype", "" + packet.hardwareType(),
                "hops", "" + packet.hops(),
                "flags", Integer.toHexString(packet.flags()),
                "ciaddr", packet.clientAddress().getHostAddress(),
                "yiaddr", packet.yourAddress().getHostAddress(),
                "siaddr", packet.nextServer().getHostAddress(),
                "giaddr", packet.relayAgent().getHostAddress(),
                "chaddr", packet.clientHardwareAddress().toString(),
                "sname", packet.serverHostName().orElse(""),
                "file", packet.bootFileName().orElse("")));
        packet.options()
                .forEach(option ->
                        fields.put("option " + option.code(), HexFormat.of().formatHex(option.value())));
        return fields;
    }

    private static ClientPackets packets(ClientIdentity identity) {
        return new ClientPackets(identity, new Random(1), Optional.empty());
    }

    private static void assertSame(DhcpPacket ours, DhcpPacket captured) {
        assertThat(fields(ours)).isEqualTo(fields(captured));
    }

    /** Our REQUEST to the offer that the capture has before its own. */
    private static DhcpPacket request(ClientIdentity identity, String offer) throws Exception {
        return packets(identity).select(captured(offer), 0);
    }

    @Test
    void asksAsOvmfDoes() throws Exception {
        DhcpPacket discover = captured("proxymenu-uefi-00");
        ClientIdentity identity = ClientIdentity.uefiPxe(discover.clientHardwareAddress(), NONE);
        assertSame(packets(identity).discover(), discover);
        DhcpPacket request = captured("proxymenu-uefi-03");
        assertSame(request(identity, offerBefore(request, "proxymenu-uefi-01", "proxymenu-uefi-02")), request);
        DhcpPacket boot = captured("proxymenu-uefi-05");
        assertSame(packets(identity).bootServerRequest(boot.clientAddress(), Optional.empty()), boot);
        DhcpPacket item = captured("proxymenu-uefi-07");
        DhcpPacket ours = packets(identity)
                .bootServerRequest(
                        item.clientAddress(), Optional.of(new PxeVendorOptions.BootItem(BootServerType.of(0x8002), 0)));
        assertSame(withoutItem(ours), withoutItem(item));
        assertThat(item(ours)).isEqualTo(item(item));
    }

    /** The address offer: a proxy's has none. */
    private static String offerBefore(DhcpPacket request, String... ids) throws Exception {
        for (String id : ids) {
            if (!captured(id).yourAddress().isAnyLocalAddress()) {
                return id;
            }
        }
        throw new AssertionError("no offer for " + request);
    }

    private static Optional<PxeVendorOptions.BootItem> item(DhcpPacket packet) {
        return packet.options().get(PxeVendorOptions.OPTION).orElseThrow().get(PxeVendorOptions.BOOT_ITEM);
    }

    /** Firmware writes an END into option 43, which has no meaning. */
    private static DhcpPacket withoutItem(DhcpPacket packet) {
        return packet.toBuilder().removeOption(PxeVendorOptions.OPTION.code()).build();
    }

    @Test
    void asksAsOvmfDoesThatBootsFromHttp() throws Exception {
        DhcpPacket discover = captured("ovmf-http4-00");
        ClientIdentity identity = ClientIdentity.uefiHttp(discover.clientHardwareAddress(), NONE);
        assertSame(packets(identity).discover(), discover);
        assertSame(request(identity, "ovmf-http4-01"), captured("ovmf-http4-02"));
    }

    @Test
    void asksAsIpxeDoesOnUefi() throws Exception {
        DhcpPacket discover = captured("full-uefi-snponly-04");
        ClientIdentity identity = ClientIdentity.uefiIpxe(discover.clientHardwareAddress(), NONE);
        assertSame(packets(identity).discover(), discover);
        assertSame(request(identity, "full-uefi-snponly-05"), captured("full-uefi-snponly-06"));
    }

    @Test
    void asksAsIpxeDoesInARom() throws Exception {
        DhcpPacket discover = captured("proxymenu-bios-00");
        ClientIdentity identity = ClientIdentity.biosIpxe(discover.clientHardwareAddress(), NONE);
        assertSame(packets(identity).discover(), discover);
        DhcpPacket request = captured("proxymenu-bios-03");
        assertSame(request(identity, offerBefore(request, "proxymenu-bios-01", "proxymenu-bios-02")), request);
        DhcpPacket item = captured("proxymenu-bios-05");
        DhcpPacket ours = packets(identity)
                .bootServerRequest(
                        item.clientAddress(), Optional.of(new PxeVendorOptions.BootItem(BootServerType.of(0x8000), 0)));
        assertSame(withoutItem(ours), withoutItem(item));
        assertThat(item(ours)).isEqualTo(item(item));
    }

    private static Dhcp6Message captured6(String id) throws Exception {
        return Dhcp6Codec.decode(octets(id));
    }

    private static void assertSame(Dhcp6Message ours, Dhcp6Message captured) {
        assertThat(ours.type()).isEqualTo(captured.type());
        assertThat(values(ours)).isEqualTo(values(captured));
    }

    /** The options by code but the elapsed time, which is different each time. */
    private static Map<Integer, String> values(Dhcp6Message message) {
        Map<Integer, String> values = new TreeMap<>();
        message.options()
                .forEach(option -> values.put(option.code(), HexFormat.of().formatHex(option.value())));
        values.remove(Dhcp6Option.ELAPSED_TIME.code());
        return values;
    }

    @Test
    void asksAsOvmfDoesOverIpv6() throws Exception {
        Dhcp6Message solicit = captured6("ovmf-pxe6-04");
        Client6Identity identity = Client6Identity.uefiPxe(NONE).toBuilder()
                .duid(solicit.options().require(Dhcp6Option.CLIENT_IDENTIFIER))
                .iaid(solicit.options().require(Dhcp6Option.IA_NA).iaid())
                .build();
        Client6Messages messages = new Client6Messages(identity, new Random(1));
        assertSame(messages.solicit(true), solicit);
        assertSame(messages.toServer(Dhcp6MessageType.REQUEST, captured6("ovmf-pxe6-05")), captured6("ovmf-pxe6-06"));
        assertSame(messages.toServer(Dhcp6MessageType.RELEASE, captured6("ovmf-pxe6-07")), captured6("ovmf-pxe6-10"));
    }

    @Test
    void asksAsIpxeDoesOverIpv6() throws Exception {
        Dhcp6Message solicit = captured6("ovmf-pxe6-13");
        Client6Identity identity = Client6Identity.uefiIpxe(NONE).toBuilder()
                .iaid(solicit.options().require(Dhcp6Option.IA_NA).iaid())
                .build();
        Client6Messages messages = new Client6Messages(identity, new Random(1));
        assertSame(messages.solicit(true), solicit);
        assertSame(messages.toServer(Dhcp6MessageType.REQUEST, captured6("ovmf-pxe6-15")), captured6("ovmf-pxe6-18"));
    }
}
