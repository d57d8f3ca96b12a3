package dev.pxekit.dhcp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.EncapsulatedOptions;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.BootMenu;
import dev.pxekit.dhcp.pxe.BootServerType;
import dev.pxekit.dhcp.pxe.IpxeOptions;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What firmware does with the offers of servers and proxies; the socket on loopback is all of them at once. */
@Timeout(60)
class BootExchangeTest {

    private static final HardwareAddress ADDRESS = HardwareAddress.parse("52:54:00:77:00:01");
    private static final UUID MACHINE = UUID.fromString("4c4c4544-0042-3510-8052-b4c04f564d31");
    private static final ClientIdentity UEFI = ClientIdentity.uefiPxe(ADDRESS, MACHINE);
    private static final ClientIdentity IPXE = ClientIdentity.uefiIpxe(ADDRESS, MACHINE);

    private static final Inet4Address LOOPBACK = Ipv4.parse("127.0.0.1");
    private static final Inet4Address LEASED = Ipv4.parse("10.77.0.50");

    /** What the DHCP server, the proxy and the boot server say besides the fields of all answers. */
    private static final class Network {

        private final List<DhcpPacket.Builder> offers = new ArrayList<>();
        private DhcpPacket.Builder boot = proxy();
        private int refusals;

        List<byte[]> answers(byte[] question, int number) throws IOException {
            DhcpPacket request = DhcpCodec.decode(question);
            List<DhcpPacket.Builder> answers;
            if (request.messageType().orElseThrow().equals(MessageType.DISCOVER)) {
                answers = offers;
            } else if (!request.clientAddress().isAnyLocalAddress()) {
                answers = List.of(boot.messageType(MessageType.ACK));
            } else if (refusals-- > 0) {
                answers = List.of(proxy().messageType(MessageType.NAK));
            } else {
                answers = List.of(offers.get(0).build().toBuilder().messageType(MessageType.ACK));
            }
            List<byte[]> octets = new ArrayList<>();
            for (DhcpPacket.Builder answer : answers) {
                octets.add(DhcpCodec.encode(answer.transactionId(request.transactionId())
                        .clientHardwareAddress(request.clientHardwareAddress())
                        .build()));
            }
            return octets;
        }
    }

    private static DhcpPacket.Builder address() {
        return proxy().yourAddress(LEASED);
    }

    private static DhcpPacket.Builder proxy() {
        return DhcpPacket.builder()
                .operation(2)
                .messageType(MessageType.OFFER)
                .option(DhcpOption.SERVER_IDENTIFIER, LOOPBACK);
    }

    private static DhcpPacket.Builder pxe(DhcpPacket.Builder offer) {
        return offer.option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "PXEClient");
    }

    private static PxeVendorOptions discovery(int control) {
        return PxeVendorOptions.builder()
                .put(PxeVendorOptions.DISCOVERY_CONTROL, control)
                .build();
    }

    private final Network network = new Network();

    private BootInstructions boot(ClientIdentity identity, DhcpPacket.Builder... offers) throws Exception {
        network.offers.addAll(List.of(offers));
        try (FakeServer server = new FakeServer("127.0.0.1", network::answers);
                DhcpClient client = DhcpClient.builder(identity)
                        .server(server.address())
                        .bootServerPort(server.address().getPort())
                        .timeout(Duration.ofSeconds(10))
                        .attempts(1)
                        .offerWindow(Duration.ofMillis(10))
                        .random(server.patience())
                        .open()) {
            BootInstructions instructions = client.boot();
            asked = server.questions().size();
            return instructions;
        }
    }

    private int asked;

    @Test
    void loadsTheFileOfThePlainOffer() throws Exception {
        BootInstructions boot = boot(UEFI, address().bootFileName("snponly.efi").nextServer(Ipv4.parse("10.77.0.9")));
        assertThat(boot.address()).isEqualTo(LEASED);
        assertThat(boot.uri()).contains(URI.create("tftp://10.77.0.9/snponly.efi"));
        assertThat(boot.source()).isEqualTo(boot.lease());
        assertThat(boot.menu()).isEmpty();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void asksTheBootServerOfAProxyOffer() throws Exception {
        network.boot = proxy().bootFileName("shim.efi").nextServer(LOOPBACK);
        BootInstructions boot = boot(UEFI, address(), pxe(proxy()));
        assertThat(boot.uri()).contains(URI.create("tftp://127.0.0.1/shim.efi"));
        assertThat(boot.source().messageType()).contains(MessageType.ACK);
        assertThat(boot.lease().yourAddress()).isEqualTo(LEASED);
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void takesTheFileOfAProxyOfferThatSaysSo() throws Exception {
        BootInstructions boot = boot(
                UEFI,
                address(),
                pxe(proxy())
                        .bootFileName("shim.efi")
                        .option(PxeVendorOptions.OPTION, discovery(PxeVendorOptions.DOWNLOAD_BOOT_FILE)));
        assertThat(boot.bootFileName()).contains("shim.efi");
        assertThat(boot.server()).contains("127.0.0.1");
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void uefiAsksTheBootServerEvenIfAProxyOfferNamesAFile() throws Exception {
        network.boot = proxy().bootFileName("second.efi");
        assertThat(boot(UEFI, address(), pxe(proxy()).bootFileName("first.efi")).bootFileName())
                .contains("second.efi");
    }

    @Test
    void failsIfNoBootServerThatUefiDependsOnNamesAFile() throws Exception {
        assertThatThrownBy(() -> boot(UEFI, address(), pxe(proxy())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no boot server that PXE UEFI asks on port 4011 names a boot file");
    }

    @Test
    void prefersAnOfferWithDiscoveryOptionsToAPlainOne() throws Exception {
        DhcpPacket.Builder plain = address().bootFileName("plain.efi");
        DhcpPacket.Builder better = pxe(address().yourAddress(Ipv4.parse("10.77.0.51")))
                .bootFileName("better.efi")
                .option(PxeVendorOptions.OPTION, discovery(PxeVendorOptions.DOWNLOAD_BOOT_FILE));
        assertThat(OfferChoice.of(List.of(plain.build(), better.build()), dev.pxekit.dhcp.pxe.BootFirmware.PXE_UEFI)
                        .orElseThrow()
                        .address())
                .isEqualTo(better.build());
    }

    @Test
    void waitsForAFileIfThereIsOnlyAPlainAddress() {
        assertThat(OfferChoice.of(List.of(address().build()), dev.pxekit.dhcp.pxe.BootFirmware.PXE_UEFI))
                .isEmpty();
        assertThat(OfferChoice.of(List.of(address().build()), dev.pxekit.dhcp.pxe.BootFirmware.IPXE))
                .isPresent();
    }

    @Test
    void takesTheFirstItemOfAMenuToItsServer() throws Exception {
        BootServerType installers = BootServerType.of(0x8000);
        BootMenu menu = new BootMenu(
                3,
                List.of(new BootMenu.Server(installers, List.of(LOOPBACK))),
                List.of(
                        new BootMenu.Item(installers, "Install"),
                        new BootMenu.Item(BootServerType.BOOTSTRAP, "Local disk")),
                new BootMenu.Prompt(10, "Press F8"));
        network.boot = proxy().bootFileName("install.efi");
        BootInstructions boot = boot(UEFI, address(), pxe(proxy()).option(PxeVendorOptions.OPTION, menu.toOptions()));
        assertThat(boot.menu()).contains(menu);
        assertThat(boot.item()).contains(menu.items().get(0));
        assertThat(boot.bootFileName()).contains("install.efi");
        assertThat(boot.isLocalBoot()).isFalse();
    }

    @Test
    void bootsTheLocalDiskIfTheMenuBeginsWithIt() throws Exception {
        BootMenu menu = new BootMenu(
                3,
                List.of(),
                List.of(new BootMenu.Item(BootServerType.BOOTSTRAP, "Local disk")),
                new BootMenu.Prompt(0, ""));
        BootInstructions boot = boot(UEFI, address(), pxe(proxy()).option(PxeVendorOptions.OPTION, menu.toOptions()));
        assertThat(boot.isLocalBoot()).isTrue();
        assertThat(boot.bootFileName()).isEmpty();
        assertThat(boot.uri()).isEmpty();
    }

    @Test
    void ipxeTakesAProxyOfferWithAServerAndAFile() throws Exception {
        BootInstructions boot =
                boot(IPXE, address(), pxe(proxy()).nextServer(LOOPBACK).bootFileName("http://10.77.0.1/boot.ipxe"));
        assertThat(boot.uri()).contains(URI.create("http://10.77.0.1/boot.ipxe"));
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void ipxeAsksTheBootServerIfAProxyOfferHasNoServer() throws Exception {
        network.boot = proxy().bootFileName("autoexec.ipxe").nextServer(LOOPBACK);
        BootInstructions boot = boot(IPXE, address(), pxe(proxy()).bootFileName("other.ipxe"));
        assertThat(boot.bootFileName()).contains("autoexec.ipxe");
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void ipxeGoesOnWithItsLeaseIfTheBootServerNamesNothing() throws Exception {
        BootInstructions boot = boot(IPXE, address().bootFileName("mine.ipxe"), pxe(proxy()));
        assertThat(boot.bootFileName()).contains("mine.ipxe");
    }

    @Test
    void ipxeIgnoresProxiesIfTheOfferSaysSo() throws Exception {
        IpxeOptions alone =
                IpxeOptions.builder().put(IpxeOptions.NO_PXEDHCP, true).build();
        BootInstructions boot = boot(
                IPXE,
                address().bootFileName("mine.ipxe").option(DhcpOption.IPXE, alone),
                pxe(proxy()).nextServer(LOOPBACK).bootFileName("other.ipxe"));
        assertThat(boot.bootFileName()).contains("mine.ipxe");
    }

    @Test
    void httpBootWantsItsClass() throws Exception {
        ClientIdentity http = ClientIdentity.uefiHttp(ADDRESS, MACHINE);
        String url = "http://10.77.0.1/boot.efi";
        assertThatThrownBy(() -> boot(http, address().bootFileName(url)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none that HTTP boot would take");
        network.offers.clear();
        BootInstructions boot = boot(
                http,
                address().bootFileName("snponly.efi"),
                proxy().bootFileName(url).option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "HTTPClient"));
        assertThat(boot.uri()).contains(URI.create(url));
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void startsOverAfterARefusal() throws Exception {
        network.refusals = 2;
        assertThat(boot(UEFI, address().bootFileName("snponly.efi")).bootFileName())
                .contains("snponly.efi");
        assertThat(asked).isEqualTo(6);
    }

    @Test
    void givesUpAfterTheThirdRefusal() {
        network.refusals = 3;
        assertThatThrownBy(() -> boot(UEFI, address().bootFileName("snponly.efi")))
                .isInstanceOf(DhcpRefusedException.class);
    }

    @Test
    void aPlainClientTakesTheFirstAddress() throws Exception {
        BootInstructions boot = boot(ClientIdentity.plain(ADDRESS), address(), pxe(proxy()));
        assertThat(boot.bootFileName()).isEmpty();
        assertThat(boot.uri()).isEmpty();
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void suboptionsOutsideDiscoveryAreNone() {
        EncapsulatedOptions.Builder<PxeVendorOptions> item =
                PxeVendorOptions.builder().put(PxeVendorOptions.BOOT_ITEM, new PxeVendorOptions.BootItem(0x8000, 0));
        assertThat(OfferChoice.hasDiscoveryOptions(pxe(proxy())
                        .option(PxeVendorOptions.OPTION, item.build())
                        .build()))
                .isFalse();
    }
}
