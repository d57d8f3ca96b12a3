package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.BootMenu;
import dev.pxekit.dhcp.pxe.BootServerType;
import dev.pxekit.dhcp.pxe.IpxeOptions;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.net.Inet4Address;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a DHCP server's reply says of a boot decision. */
class BootAnswerTest {

    private static final Inet4Address SERVER = Ipv4.parse("10.77.0.1");
    private static final HardwareAddress ADDRESS = HardwareAddress.parse("52:54:00:77:00:01");
    private static final UUID MACHINE = UUID.fromString("4c4c4544-0042-3510-8052-b4c04f564d31");
    private static final ClientIdentity BIOS = ClientIdentity.biosPxe(ADDRESS, MACHINE);
    private static final ClientIdentity UEFI = ClientIdentity.uefiPxe(ADDRESS, MACHINE);
    private static final ClientIdentity HTTP = ClientIdentity.uefiHttp(ADDRESS, MACHINE);
    private static final ClientIdentity IPXE = ClientIdentity.uefiIpxe(ADDRESS, MACHINE);
    private static final URI SCRIPT = URI.create("http://10.77.0.1/boot.ipxe");

    private final BootAnswer answer = new BootAnswer(SERVER);

    private static DhcpPacket discover(ClientIdentity identity) {
        return DhcpPacket.builder()
                .clientHardwareAddress(identity.hardwareAddress())
                .messageType(MessageType.DISCOVER)
                .addOptions(identity.options())
                .build();
    }

    /** The boot part of an offer; empty if the server asks the policy and leaves it out. */
    private Optional<DhcpPacket> offer(ClientIdentity identity, BootDecision decided) {
        DhcpPacket request = discover(identity);
        BootClient client = BootClient.of(request);
        BootQuestion question =
                new BootQuestion(BootPolicy.always(decided), new ListenerBoundary<>(new DhcpServerListener() {}));
        return question.ask(client).map(decision -> {
            DhcpPacket.Builder reply = DhcpPacket.replyTo(request, MessageType.OFFER);
            answer.write(reply, request, client, decision);
            return reply.build();
        });
    }

    private static PxeVendorOptions vendor(DhcpPacket packet) {
        return packet.options().get(PxeVendorOptions.OPTION).orElseThrow();
    }

    private static Optional<Boolean> withoutProxy(DhcpPacket packet) {
        return packet.options().get(DhcpOption.IPXE).flatMap(options -> options.get(IpxeOptions.NO_PXEDHCP));
    }

    @Test
    void sendsPxeFirmwareToItsLocalDisk() {
        for (ClientIdentity identity : List.of(BIOS, UEFI)) {
            DhcpPacket offer = offer(identity, BootDecision.localDisk()).orElseThrow();
            assertThat(vendor(offer).get(PxeVendorOptions.BOOT_MENU))
                    .contains(List.of(new BootMenu.Item(BootServerType.BOOTSTRAP, "Local disk")));
            assertThat(vendor(offer).get(PxeVendorOptions.MENU_PROMPT).map(BootMenu.Prompt::timeout))
                    .contains(0);
            assertThat(offer.options().get(DhcpOption.VENDOR_CLASS_IDENTIFIER)).contains("PXEClient");
            assertThat(offer.effectiveBootFileName()).isEmpty();
        }
    }

    @Test
    void sendsIpxeToItsLocalDiskWithoutABootFileAndWithoutAProxy() {
        DhcpPacket offer = offer(IPXE, BootDecision.localDisk()).orElseThrow();
        assertThat(offer.effectiveBootFileName()).isEmpty();
        assertThat(offer.options().codes()).containsExactly(53, 175);
        assertThat(withoutProxy(offer)).contains(true);
    }

    @Test
    void sendsHttpBootToItsLocalDiskWithoutBootOptions() {
        assertThat(offer(HTTP, BootDecision.localDisk())).isEmpty();
    }

    @Test
    void givesTheFirstItemOfAMenuAsThereIsNoPort4011() {
        BootDecision menu = BootDecision.menu(
                new BootMenu.Prompt(10, "Menu"),
                new BootChoice(BootServerType.of(0x8001), "Install", BootDecision.bootFile("snponly.efi")),
                BootChoice.localDisk("Local disk"));
        DhcpPacket offer = offer(UEFI, menu).orElseThrow();
        assertThat(offer.bootFileName()).contains("snponly.efi");
        assertThat(vendor(offer).contains(PxeVendorOptions.BOOT_MENU)).isFalse();
    }

    @Test
    void keepsNoPxedhcpBesideOtherSuboptionsOfIpxe() {
        BootDecision decision = BootDecision.url(SCRIPT)
                .with(
                        DhcpOption.IPXE,
                        IpxeOptions.builder().put(IpxeOptions.KEEP_SAN, true).build());
        DhcpPacket offer = offer(IPXE, decision).orElseThrow();
        IpxeOptions options = offer.options().get(DhcpOption.IPXE).orElseThrow();
        assertThat(options.get(IpxeOptions.KEEP_SAN)).contains(true);
        assertThat(withoutProxy(offer)).contains(true);
        IpxeOptions waits =
                IpxeOptions.builder().put(IpxeOptions.NO_PXEDHCP, false).build();
        assertThat(withoutProxy(offer(IPXE, BootDecision.url(SCRIPT).with(DhcpOption.IPXE, waits))
                        .orElseThrow()))
                .contains(false);
    }

    @Test
    void givesOptionsOfIpxeToNobodyElse() {
        BootDecision decision = BootDecision.bootFile("snponly.efi")
                .with(DhcpOption.IPXE, IpxeOptions.builder().build())
                .with(DhcpOption.PXELINUX_PATH_PREFIX, "/a/");
        DhcpPacket offer = offer(UEFI, decision).orElseThrow();
        assertThat(offer.options().contains(DhcpOption.IPXE)).isFalse();
        assertThat(offer.options().get(DhcpOption.PXELINUX_PATH_PREFIX)).contains("/a/");
    }

    @Test
    void tellsARaspberryPiWhatItLooksFor() {
        ClientIdentity pi = ClientIdentity.biosPxe(HardwareAddress.parse("b8:27:eb:0f:69:01"), MACHINE);
        DhcpPacket offer = offer(pi, BootDecision.raspberryPi()).orElseThrow();
        assertThat(vendor(offer)).isEqualTo(PxeMenus.RASPBERRY_PI);
        assertThat(offer.nextServer()).isEqualTo(SERVER);
        assertThat(offer(pi, BootDecision.bootFile("undionly.kpxe"))).isEmpty();
        assertThat(offer(pi, BootDecision.localDisk())).isEmpty();
        assertThat(offer(BIOS, BootDecision.raspberryPi())).isEmpty();
    }

    @Test
    void sendsUBootThatIsNoPxeClientItsFileAndNoMenu() {
        ClientIdentity uBoot = ClientIdentity.builder(ADDRESS)
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "U-Boot.armv8")
                .build();
        assertThat(offer(uBoot, BootDecision.bootFile("boot.scr")).flatMap(DhcpPacket::bootFileName))
                .contains("boot.scr");
        assertThat(offer(uBoot, BootDecision.localDisk())).isEmpty();
    }
}
