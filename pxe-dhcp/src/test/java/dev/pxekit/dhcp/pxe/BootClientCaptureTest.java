package dev.pxekit.dhcp.pxe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Codec;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.testkit.JsonObject;
import dev.pxekit.testkit.Needs;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the captures of real clients are taken for, beside what their source says that they are. */
class BootClientCaptureTest {

    private static final List<String> FIRMWARE = List.of("PXE UEFI");
    private static final List<String> FIRMWARE_THEN_IPXE = List.of("PXE UEFI", "iPXE");
    private static final List<String> IPXE = List.of("iPXE");

    /** For each source the programs that ask for parameters, in the order in which they first do. */
    private static final Map<String, List<String>> VERSION_4 = Map.ofEntries(
            Map.entry("ISC dhclient; DECLINE", List.of("dhclient")),
            Map.entry("ISC dhclient; DORA, renews", List.of("dhclient")),
            Map.entry("ISC dhclient; all replies broadcast", List.of("dhclient")),
            Map.entry("ISC dhclient; renew without answer, rebind", List.of("dhclient")),
            // udhcpc was told to say that it is firmware.
            Map.entry(
                    "ISC dhclient / udhcpc through ISC dhcrelay; client side of the relay",
                    List.of("dhclient", "PXE UEFI")),
            Map.entry(
                    "busybox udhcpc through ISC dhcrelay; Kea, options over 255 octets split (RFC 3396)",
                    List.of("udhcpc")),
            Map.entry("busybox udhcpc; ARP conflict, DECLINE", List.of("udhcpc")),
            Map.entry("busybox udhcpc; all replies broadcast", List.of("udhcpc")),
            Map.entry("busybox udhcpc; dnsmasq, option overload 52=3", List.of("udhcpc")),
            Map.entry("dhcpcd; INIT-REBOOT or DORA, renew, release", List.of("dhcpcd")),
            Map.entry("dhcpcd; all replies broadcast, rapid commit", List.of("dhcpcd")),
            Map.entry("dhcpcd; rapid commit (RFC 4039)", List.of("dhcpcd")),
            Map.entry("systemd-networkd; all replies broadcast", List.of("systemd-networkd")),
            Map.entry("OVMF UEFI HTTP boot IPv4 then snponly.efi; HTTPClient", List.of("HTTP boot", "iPXE")),
            Map.entry("OVMF UEFI PXE (no RNG device); PXEv4 and chainload", FIRMWARE_THEN_IPXE),
            Map.entry("OVMF UEFI PXE (virtio-net) then snponly.efi; PXEv4 and chainload", FIRMWARE_THEN_IPXE),
            Map.entry("OVMF UEFI PXE then ipxe.efi; full boot to a kernel", FIRMWARE_THEN_IPXE),
            Map.entry("OVMF UEFI PXE then snponly.efi; chainload to a kernel", FIRMWARE_THEN_IPXE),
            Map.entry("OVMF UEFI PXE then snponly.efi; full boot to a kernel", FIRMWARE_THEN_IPXE),
            Map.entry("OVMF UEFI PXE then snponly.efi; proxyDHCP and port 4011", FIRMWARE_THEN_IPXE),
            // Its DHCP is IPv6's; snponly.efi asks by both.
            Map.entry("OVMF UEFI PXE over IPv6 then snponly.efi; PXEv6 and chainload", IPXE),
            // GRUB takes the answer that the firmware got.
            Map.entry("OVMF UEFI PXE, shim and GRUB; full boot to a kernel", FIRMWARE),
            Map.entry("OVMF UEFI PXE; proxyDHCP boot menu, port 4011", FIRMWARE),
            // So does PXELINUX.
            Map.entry("iPXE ROM then pxelinux.0; full boot to a kernel", IPXE),
            Map.entry("iPXE ROM (e1000) then undionly.kpxe; chainload", IPXE),
            Map.entry("iPXE ROM then undionly.kpxe; chainload, two DHCP rounds", IPXE),
            Map.entry("iPXE ROM then undionly.kpxe; full boot to a kernel", IPXE),
            Map.entry("iPXE UEFI option ROM (e1000); PXEv4", IPXE),
            Map.entry("iPXE option ROM (BIOS); proxyDHCP boot menu, port 4011", IPXE),
            Map.entry("iPXE option ROM (BIOS, e1000); DORA", IPXE),
            Map.entry("iPXE option ROM (BIOS, virtio-net); DORA, script over TFTP", IPXE),
            Map.entry("iPXE option ROM (BIOS, virtio-net); HTTP URL as boot file", IPXE),
            Map.entry("iPXE option ROM (BIOS, virtio-net); kernel over TFTP", IPXE));

    /** The same for DHCPv6, where dhclient says nothing of itself, and firmware's first SOLICIT is not for a boot. */
    private static final Map<String, List<String>> VERSION_6 = Map.of(
            "ISC dhclient -6; CONFIRM", List.of("none"),
            "ISC dhclient -6; IA_NA, IA_TA, IA_PD", List.of("none"),
            "ISC dhclient -6; information-request", List.of("none"),
            "ISC dhclient / udhcpc through ISC dhcrelay; client side of the relay", List.of("none"),
            "systemd-networkd; all replies broadcast", List.of("systemd-networkd"),
            "OVMF UEFI PXE over IPv6 then snponly.efi; PXEv6 and chainload", List.of("none", "PXE UEFI", "iPXE"));

    private static List<JsonObject> captures(int family) throws Exception {
        try (var lines = Files.lines(Needs.conformance("dhcp").resolve("vectors.jsonl"))) {
            return lines.map(JsonObject::parse)
                    .filter(vector -> vector.text("kind").equals("capture") && vector.number("family") == family)
                    .toList();
        }
    }

    private static byte[] octets(JsonObject vector) {
        return HexFormat.of().parseHex(vector.text("hex"));
    }

    @Test
    void takesVersion4ClientsForWhatTheyAre() throws Exception {
        Map<String, List<String>> found = new HashMap<>();
        for (JsonObject vector : captures(4)) {
            BootClient client = BootClient.of(DhcpCodec.decode(octets(vector)));
            if (!client.isRequest()) {
                assertThat(client.firmware()).as(vector.text("id")).isEqualTo(BootFirmware.NONE);
            } else if (client.messageType().filter(type -> !isLast(type)).isPresent()) {
                add(found, vector, client);
            }
        }
        assertThat(found).isEqualTo(VERSION_4);
    }

    /** DECLINE and RELEASE have hardly any options. */
    private static boolean isLast(MessageType type) {
        return type.equals(MessageType.DECLINE) || type.equals(MessageType.RELEASE);
    }

    @Test
    void takesVersion6ClientsForWhatTheyAre() throws Exception {
        Map<String, List<String>> found = new HashMap<>();
        for (JsonObject vector : captures(6)) {
            Dhcp6Message message = Dhcp6Codec.decode(octets(vector));
            Dhcp6MessageType type = message.type();
            if (type.equals(Dhcp6MessageType.SOLICIT)
                    || type.equals(Dhcp6MessageType.REQUEST)
                    || type.equals(Dhcp6MessageType.INFORMATION_REQUEST)) {
                add(found, vector, BootClient.of(message));
            }
        }
        assertThat(found).isEqualTo(VERSION_6);
    }

    private static void add(Map<String, List<String>> found, JsonObject vector, BootClient client) {
        List<String> names = found.computeIfAbsent(vector.text("source"), source -> new ArrayList<>());
        String name = client.firmware().name();
        if (!names.contains(name)) {
            names.add(name);
        }
        boolean boots = !List.of("none", "dhclient", "udhcpc", "dhcpcd", "systemd-networkd")
                .contains(name);
        assertThat(client.isNetworkBoot()).as(vector.text("id")).isEqualTo(boots);
        if (boots) {
            assertThat(client.architecture()).as(vector.text("id")).isPresent();
        }
    }
}
