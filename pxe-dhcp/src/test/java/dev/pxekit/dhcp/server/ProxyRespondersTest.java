package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.BootMenu;
import dev.pxekit.dhcp.pxe.BootServerType;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.net.Inet4Address;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy's answers on both ports, packet by packet, without sockets. */
class ProxyRespondersTest {

    private static final Inet4Address SERVER = Ipv4.parse("10.77.0.1");
    private static final Inet4Address CLIENT = Ipv4.parse("10.77.0.50");
    private static final HardwareAddress ADDRESS = HardwareAddress.parse("52:54:00:77:00:01");
    private static final UUID MACHINE = UUID.fromString("4c4c4544-0042-3510-8052-b4c04f564d31");
    private static final URI SCRIPT = URI.create("http://10.77.0.1:8080/boot.ipxe");
    private static final URI PROGRAM = URI.create("http://10.77.0.1:8080/snponly.efi");
    private static final BootServerType INSTALL = BootServerType.of(0x8001);
    private static final BootServerType RESCUE = BootServerType.of(0x8002);
    private static final PxeVendorOptions DOWNLOAD = PxeVendorOptions.builder()
            .put(PxeVendorOptions.DISCOVERY_CONTROL, PxeVendorOptions.DOWNLOAD_BOOT_FILE)
            .build();

    private static final ClientIdentity BIOS = ClientIdentity.biosPxe(ADDRESS, MACHINE);
    private static final ClientIdentity UEFI = ClientIdentity.uefiPxe(ADDRESS, MACHINE);
    private static final ClientIdentity HTTP = ClientIdentity.uefiHttp(ADDRESS, MACHINE);
    private static final ClientIdentity IPXE = ClientIdentity.biosIpxe(ADDRESS, MACHINE);

    private final Recorder recorder = new Recorder();
    private final BootPolicy usual = BootPolicy.firstOf(
            BootPolicy.ipxe(SCRIPT),
            BootPolicy.raspberryPi(),
            BootPolicy.httpBoot(Map.of(ClientArchitecture.X64_UEFI_HTTP, PROGRAM)),
            BootPolicy.byArchitecture(Map.of(
                    ClientArchitecture.X86_BIOS, "undionly.kpxe",
                    ClientArchitecture.X64_UEFI, "snponly.efi",
                    ClientArchitecture.ARM64_UEFI, "arm64.efi")));
    private final BootPolicy menu = client -> BootDecision.menu(
            new BootMenu.Prompt(10, "Press F8 for a menu"),
            BootChoice.localDisk("Local disk"),
            new BootChoice(INSTALL, "Install", usual.decide(client)),
            new BootChoice(RESCUE, "Rescue", BootDecision.bootFile("rescue", Ipv4.parse("10.77.0.9"))));

    private ProxyResponders proxy = new ProxyResponders(SERVER, usual, new ListenerBoundary<>(recorder));

    private void policy(BootPolicy policy) {
        proxy = new ProxyResponders(SERVER, policy, new ListenerBoundary<>(recorder));
    }

    private static DhcpPacket.Builder packet(ClientIdentity identity, MessageType type) {
        return DhcpPacket.builder()
                .clientHardwareAddress(identity.hardwareAddress())
                .broadcast(identity.isBroadcast())
                .messageType(type)
                .addOptions(identity.options());
    }

    private static DhcpPacket.Builder request(ClientIdentity identity) {
        return packet(identity, MessageType.REQUEST).clientAddress(CLIENT);
    }

    private static DhcpPacket.Builder request(ClientIdentity identity, BootServerType type, int layer) {
        PxeVendorOptions vendor = PxeVendorOptions.builder()
                .put(PxeVendorOptions.BOOT_ITEM, new PxeVendorOptions.BootItem(type, layer))
                .build();
        return request(identity).option(PxeVendorOptions.OPTION, vendor);
    }

    private DhcpPacket offer(ClientIdentity identity) {
        return proxy.dhcp(packet(identity, MessageType.DISCOVER).build()).orElseThrow();
    }

    private DhcpPacket ack(DhcpPacket.Builder request) {
        DhcpPacket ack = proxy.bootServer(request.build()).orElseThrow();
        assertThat(ack.messageType()).contains(MessageType.ACK);
        return ack;
    }

    private static Optional<PxeVendorOptions> vendor(DhcpPacket packet) {
        return packet.options().get(PxeVendorOptions.OPTION);
    }

    private static ClientIdentity with(ClientIdentity identity, int architecture) {
        return identity.toBuilder()
                .option(DhcpOption.CLIENT_ARCHITECTURES, List.of(ClientArchitecture.of(architecture)))
                .build();
    }

    private static ClientIdentity without(ClientIdentity identity, DhcpOption<?>... options) {
        ClientIdentity.Builder fewer =
                ClientIdentity.builder(identity.hardwareAddress()).broadcast(identity.isBroadcast());
        for (int code : identity.options().codes()) {
            if (List.of(options).stream().noneMatch(option -> option.code() == code)) {
                fewer.option(code, identity.options().raw(code).orElseThrow());
            }
        }
        return fewer.build();
    }

    private String lastEvent() {
        return recorder.events.get(recorder.events.size() - 1);
    }

    @Test
    void offersBiosTheFileAndLetsItLookNoFurther() {
        DhcpPacket offer = offer(BIOS);
        assertThat(offer.messageType()).contains(MessageType.OFFER);
        assertThat(offer.yourAddress()).isEqualTo(Ipv4.ANY);
        assertThat(offer.nextServer()).isEqualTo(SERVER);
        assertThat(offer.bootFileName()).contains("undionly.kpxe");
        assertThat(offer.options().get(DhcpOption.VENDOR_CLASS_IDENTIFIER)).contains("PXEClient");
        assertThat(offer.options().get(DhcpOption.SERVER_IDENTIFIER)).contains(SERVER);
        assertThat(offer.options().get(DhcpOption.TFTP_SERVER_NAME)).contains("10.77.0.1");
        assertThat(vendor(offer)).contains(DOWNLOAD);
        assertThat(offer.options().contains(DhcpOption.LEASE_TIME)).isFalse();
        assertThat(recorder.events).containsExactly("boot undionly.kpxe", "proxy offer");
    }

    @Test
    void offersUefiPort4011AndNothingElse() {
        DhcpPacket offer = offer(UEFI);
        assertThat(offer.nextServer()).isEqualTo(SERVER);
        assertThat(offer.bootFileName()).isEmpty();
        assertThat(offer.options().codes()).containsExactly(53, 54, 60, 97);
        DhcpPacket ack = ack(request(UEFI));
        assertThat(vendor(ack)).isEmpty();
        assertThat(ack.bootFileName()).contains("snponly.efi");
        assertThat(ack.nextServer()).isEqualTo(SERVER);
        assertThat(ack.clientAddress()).isEqualTo(CLIENT);
        assertThat(ack.options().get(DhcpOption.VENDOR_CLASS_IDENTIFIER)).contains("PXEClient");
    }

    @Test
    void offersIpxeOnUefiItsScriptWithoutAnotherQuestion() {
        DhcpPacket offer = offer(ClientIdentity.uefiIpxe(ADDRESS, MACHINE));
        assertThat(offer.bootFileName()).contains(SCRIPT.toString());
        assertThat(offer.nextServer()).isEqualTo(SERVER);
        assertThat(vendor(offer)).contains(DOWNLOAD);
    }

    @Test
    void breaksTheIpxeLoopByEitherEncodingOfTheUserClassAndByOption175() {
        ClientIdentity counted = without(IPXE, DhcpOption.IPXE).toBuilder()
                .option(DhcpOption.USER_CLASSES, List.of("iPXE"))
                .build();
        ClientIdentity other = without(IPXE, DhcpOption.USER_CLASSES).toBuilder()
                .option(DhcpOption.USER_CLASSES.code(), "lab".getBytes(StandardCharsets.US_ASCII))
                .build();
        for (ClientIdentity ipxe : List.of(IPXE, without(IPXE, DhcpOption.IPXE), counted, other)) {
            assertThat(offer(ipxe).bootFileName()).contains(SCRIPT.toString());
        }
    }

    @Test
    void servesX64ThatSaysByteCodeAndArm64() {
        assertThat(offer(with(UEFI, 9)).messageType()).contains(MessageType.OFFER);
        assertThat(ack(request(with(UEFI, 9))).bootFileName()).contains("snponly.efi");
        assertThat(ack(request(with(UEFI, 11))).bootFileName()).contains("arm64.efi");
        assertThat(offer(with(HTTP, 17)).effectiveBootFileName()).contains(PROGRAM.toString());
    }

    @Test
    void offersHttpBootAUrlAndItsOwnVendorClass() {
        DhcpPacket offer = offer(HTTP);
        assertThat(offer.options().get(DhcpOption.VENDOR_CLASS_IDENTIFIER)).contains("HTTPClient");
        assertThat(offer.options().get(DhcpOption.BOOT_FILE_NAME)).contains(PROGRAM.toString());
        assertThat(vendor(offer)).isEmpty();
        policy(BootPolicy.always(BootDecision.bootFile("snponly.efi")));
        assertThat(proxy.dhcp(packet(HTTP, MessageType.DISCOVER).build())).isEmpty();
        assertThat(lastEvent()).isEqualTo("ignored: HTTP boot firmware takes an http or https URL and no snponly.efi");
    }

    @Test
    void givesPxeFirmwareNoUrl() {
        policy(BootPolicy.always(BootDecision.url(SCRIPT)));
        assertThat(proxy.dhcp(packet(UEFI, MessageType.DISCOVER).build())).isEmpty();
        assertThat(lastEvent()).startsWith("ignored: PXE firmware takes a boot file and no URL");
    }

    @Test
    void putsALongUrlIntoOption67Alone() {
        URI url = URI.create("http://10.77.0.1/" + "x".repeat(200));
        policy(BootPolicy.always(BootDecision.url(url)));
        assertThat(offer(IPXE).bootFileName()).isEmpty();
        assertThat(offer(IPXE).options().get(DhcpOption.BOOT_FILE_NAME)).contains(url.toString());
    }

    @Test
    void givesTheMachineIdentifierBackOnlyToThoseThatSendOne() {
        byte[] sent = BIOS.options().raw(97).orElseThrow();
        assertThat(offer(BIOS).options().raw(97)).contains(sent);
        DhcpPacket offer = offer(without(BIOS, DhcpOption.CLIENT_MACHINE_IDENTIFIER));
        assertThat(offer.options().raw(97)).isEmpty();
        assertThat(offer.bootFileName()).contains("undionly.kpxe");
    }

    @Test
    void remembersOnPort4011WhatTheMachineSaidOnPort67() {
        offer(UEFI);
        assertThat(ack(request(with(UEFI, 0))).bootFileName()).contains("snponly.efi");
        ClientIdentity silent = without(UEFI, DhcpOption.CLIENT_ARCHITECTURES).toBuilder()
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "PXEClient")
                .build();
        assertThat(ack(request(silent)).bootFileName()).contains("snponly.efi");
    }

    @Test
    void servesBiosOnPort4011() {
        assertThat(ack(request(BIOS)).bootFileName()).contains("undionly.kpxe");
        offer(UEFI);
        offer(BIOS);
        assertThat(ack(request(BIOS)).bootFileName()).contains("undionly.kpxe");
    }

    @Test
    void remembersNoMoreMachinesThanItHasRoomFor() {
        AnnouncedArchitectures announced = new AnnouncedArchitectures(2);
        for (int i = 1; i <= 3; i++) {
            announced.hear(BootClient.of(discover(i, 7)));
        }
        assertThat(announced.recall(discover(1, 0)).architecture()).contains(ClientArchitecture.X86_BIOS);
        assertThat(announced.recall(discover(2, 0)).architecture()).contains(ClientArchitecture.X64_UEFI);
        assertThat(announced.recall(discover(3, 0)).architecture()).contains(ClientArchitecture.X64_UEFI);
    }

    private static DhcpPacket discover(int client, int architecture) {
        HardwareAddress address = HardwareAddress.of(new byte[] {0x52, 0x54, 0, 0, 0, (byte) client});
        return packet(with(ClientIdentity.uefiPxe(address, MACHINE), architecture), MessageType.DISCOVER)
                .build();
    }

    @Test
    void givesTheMenuToBiosAndIpxeInTheOfferAndToUefiOnPort4011() {
        policy(menu);
        for (ClientIdentity identity : List.of(BIOS, IPXE)) {
            assertMenu(vendor(offer(identity)).orElseThrow());
            assertThat(offer(identity).nextServer()).isEqualTo(SERVER);
            assertThat(offer(identity).effectiveBootFileName()).isEmpty();
        }
        assertThat(vendor(offer(UEFI))).isEmpty();
        assertThat(offer(UEFI).effectiveBootFileName()).isEmpty();
        assertMenu(vendor(ack(request(UEFI))).orElseThrow());
    }

    private static void assertMenu(PxeVendorOptions vendor) {
        assertThat(vendor.get(PxeVendorOptions.DISCOVERY_CONTROL)).contains(3);
        assertThat(vendor.get(PxeVendorOptions.BOOT_SERVERS))
                .contains(List.of(
                        new BootMenu.Server(INSTALL, List.of(SERVER)), new BootMenu.Server(RESCUE, List.of(SERVER))));
        assertThat(vendor.get(PxeVendorOptions.BOOT_MENU))
                .contains(List.of(
                        new BootMenu.Item(BootServerType.BOOTSTRAP, "Local disk"),
                        new BootMenu.Item(INSTALL, "Install"),
                        new BootMenu.Item(RESCUE, "Rescue")));
        assertThat(vendor.get(PxeVendorOptions.MENU_PROMPT)).contains(new BootMenu.Prompt(10, "Press F8 for a menu"));
    }

    @Test
    void answersForTheItemThatWasChosen() {
        policy(menu);
        DhcpPacket install = ack(request(UEFI, INSTALL, 0));
        assertThat(install.bootFileName()).contains("snponly.efi");
        assertThat(vendor(install).orElseThrow().get(PxeVendorOptions.BOOT_ITEM))
                .contains(new PxeVendorOptions.BootItem(INSTALL, 0));
        assertThat(ack(request(BIOS, INSTALL, 0)).bootFileName()).contains("undionly.kpxe");
        assertThat(ack(request(IPXE, INSTALL, 0)).bootFileName()).contains(SCRIPT.toString());
        DhcpPacket rescue = ack(request(BIOS, RESCUE, 0));
        assertThat(rescue.bootFileName()).contains("rescue");
        assertThat(rescue.nextServer()).isEqualTo(Ipv4.parse("10.77.0.9"));
        assertThat(rescue.options().get(DhcpOption.SERVER_IDENTIFIER)).contains(SERVER);
    }

    @Test
    void givesTheMenuAgainToARomThatPickedNothingYet() {
        policy(menu);
        assertMenu(vendor(ack(request(BIOS, BootServerType.BOOTSTRAP, 0))).orElseThrow());
    }

    @Test
    void knowsNoItemsThatAreNotInTheMenu() {
        policy(menu);
        assertThat(proxy.bootServer(request(UEFI, BootServerType.of(0x8009), 0).build()))
                .isEmpty();
        assertThat(lastEvent()).contains("no item of type").contains("32777");
    }

    @Test
    void answersAnyItemIfThereIsNoMenu() {
        DhcpPacket ack = ack(request(BIOS, BootServerType.of(0x8009), 0));
        assertThat(ack.bootFileName()).contains("undionly.kpxe");
        assertThat(vendor(ack).orElseThrow().get(PxeVendorOptions.BOOT_ITEM)).isPresent();
    }

    @Test
    void hasNoCredentialsOfBootFiles() {
        assertThat(proxy.bootServer(request(BIOS, INSTALL, 0x8000).build())).isEmpty();
        assertThat(lastEvent()).contains("credentials");
    }

    @Test
    void answersTheSearchForABootServerOnPort67ForItsOwnItemsOnly() {
        policy(menu);
        assertThat(proxy.dhcp(request(UEFI, INSTALL, 0).build()).orElseThrow().bootFileName())
                .contains("snponly.efi");
        assertThat(proxy.dhcp(request(UEFI, BootServerType.of(0x8009), 0).build()))
                .isEmpty();
        assertThat(proxy.dhcp(request(UEFI, BootServerType.BOOTSTRAP, 0).build()))
                .isEmpty();
        policy(usual);
        assertThat(proxy.dhcp(request(UEFI, INSTALL, 0).build())).isEmpty();
    }

    @Test
    void leavesRequestsOnPort67ToTheServerThatGivesAddressesUnlessItIsNamed() {
        DhcpPacket.Builder request = packet(BIOS, MessageType.REQUEST).option(DhcpOption.REQUESTED_ADDRESS, CLIENT);
        assertThat(proxy.dhcp(request.build())).isEmpty();
        request.option(DhcpOption.SERVER_IDENTIFIER, Ipv4.parse("10.77.0.2"));
        assertThat(proxy.dhcp(request.build())).isEmpty();
        assertThat(lastEvent()).isEqualTo("ignored: REQUEST for the server that gives addresses");
        request.option(DhcpOption.SERVER_IDENTIFIER, SERVER);
        DhcpPacket ack = proxy.dhcp(request.build()).orElseThrow();
        assertThat(ack.messageType()).contains(MessageType.ACK);
        assertThat(ack.yourAddress()).isEqualTo(Ipv4.ANY);
        assertThat(ack.bootFileName()).contains("undionly.kpxe");
    }

    @Test
    void answersAnInformOnBothPorts() {
        DhcpPacket inform =
                packet(BIOS, MessageType.INFORM).clientAddress(CLIENT).build();
        assertThat(proxy.dhcp(inform).orElseThrow().bootFileName()).contains("undionly.kpxe");
        assertThat(proxy.bootServer(inform).orElseThrow().messageType()).contains(MessageType.ACK);
        assertThat(recorder.events).filteredOn("boot server ack"::equals).hasSize(2);
    }

    @Test
    void offersOnPort4011WhatIsDiscoveredThere() {
        DhcpPacket offer =
                proxy.bootServer(packet(BIOS, MessageType.DISCOVER).build()).orElseThrow();
        assertThat(offer.messageType()).contains(MessageType.OFFER);
        assertThat(offer.bootFileName()).contains("undionly.kpxe");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 7, 10})
    void leavesOtherMessagesAlone(int type) {
        DhcpPacket packet = packet(BIOS, MessageType.of(type)).build();
        assertThat(proxy.dhcp(packet)).isEmpty();
        assertThat(proxy.bootServer(packet)).isEmpty();
    }

    @Test
    void answersOnPort4011WithAndWithoutAServerIdentifierButForNoOther() {
        assertThat(ack(request(UEFI)).bootFileName()).isPresent();
        assertThat(ack(request(UEFI).option(DhcpOption.SERVER_IDENTIFIER, SERVER))
                        .bootFileName())
                .isPresent();
        DhcpPacket.Builder other = request(UEFI).option(DhcpOption.SERVER_IDENTIFIER, CLIENT);
        assertThat(proxy.bootServer(other.build())).isEmpty();
        assertThat(lastEvent()).isEqualTo("ignored: the client picked server 10.77.0.50");
    }

    @Test
    void worksThroughARelayAgentThatHasNoAddressToSendTo() {
        RelayAgentInformation relay = RelayAgentInformation.builder()
                .put(RelayAgentInformation.CIRCUIT_ID, new byte[] {7})
                .build();
        DhcpPacket discover = packet(IPXE, MessageType.DISCOVER)
                .relayAgent(Ipv4.parse("10.78.0.1"))
                .option(DhcpOption.RELAY_AGENT_INFORMATION, relay)
                .build();
        assertThat(discover.isBroadcast()).isFalse();
        DhcpPacket offer = proxy.dhcp(discover).orElseThrow();
        assertThat(offer.isBroadcast()).isTrue();
        assertThat(offer.relayAgent()).isEqualTo(Ipv4.parse("10.78.0.1"));
        assertThat(offer.options().get(DhcpOption.RELAY_AGENT_INFORMATION)).contains(relay);
        List<Integer> codes = offer.options().codes();
        assertThat(codes.get(codes.size() - 1)).isEqualTo(82);
    }

    @Test
    void tellsARaspberryPiTheTextThatItLooksFor() {
        ClientIdentity pi = ClientIdentity.builder(HardwareAddress.parse("b8:27:eb:0f:69:01"))
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "PXEClient:Arch:00000:UNDI:002001")
                .option(DhcpOption.CLIENT_ARCHITECTURES, List.of(ClientArchitecture.X86_BIOS))
                .build();
        DhcpPacket offer = offer(pi);
        assertThat(new String(offer.options().raw(43).orElseThrow(), StandardCharsets.ISO_8859_1))
                .isEqualTo("\6\1\3\12\4\0PXE\11\24\0\0\21Raspberry Pi Boot\377");
        assertThat(offer.nextServer()).isEqualTo(SERVER);
        assertThat(offer.options().get(DhcpOption.TFTP_SERVER_NAME)).contains("10.77.0.1");
        assertThat(offer.effectiveBootFileName()).isEmpty();
        policy(BootPolicy.always(BootDecision.raspberryPi(CLIENT)));
        assertThat(offer(pi).options().get(DhcpOption.TFTP_SERVER_NAME)).contains("10.77.0.50");
        assertThat(proxy.dhcp(packet(BIOS, MessageType.DISCOVER).build())).isEmpty();
        assertThat(lastEvent()).isEqualTo("ignored: not a Raspberry Pi");
    }

    @Test
    void sendsPxeFirmwareToItsLocalDiskAtOnce() {
        policy(BootPolicy.always(BootDecision.localDisk()));
        List<PxeVendorOptions> given = List.of(
                vendor(offer(BIOS)).orElseThrow(), vendor(ack(request(UEFI))).orElseThrow());
        for (PxeVendorOptions vendor : given) {
            assertThat(vendor.get(PxeVendorOptions.BOOT_MENU))
                    .contains(List.of(new BootMenu.Item(BootServerType.BOOTSTRAP, "Local disk")));
            assertThat(vendor.get(PxeVendorOptions.MENU_PROMPT).orElseThrow().timeout())
                    .isZero();
        }
        assertThat(vendor(offer(UEFI))).isEmpty();
        assertThat(offer(BIOS).effectiveBootFileName()).isEmpty();
    }

    @Test
    void givesIpxeAndHttpBootNoAnswerForTheLocalDisk() {
        policy(BootPolicy.always(BootDecision.localDisk()));
        for (ClientIdentity identity : List.of(IPXE, HTTP)) {
            assertThat(proxy.dhcp(packet(identity, MessageType.DISCOVER).build()))
                    .isEmpty();
            assertThat(lastEvent()).startsWith("ignored: local disk");
        }
    }

    @Test
    void addsTheOptionsOfTheDecision() {
        policy(BootPolicy.always(BootDecision.bootFile("pxelinux.0")
                .with(DhcpOption.PXELINUX_CONFIG_FILE, "hosts/a")
                .with(DhcpOption.VENDOR_SPECIFIC_INFORMATION, new byte[] {1, 2, 3})));
        DhcpPacket offer = offer(BIOS);
        assertThat(offer.options().get(DhcpOption.PXELINUX_CONFIG_FILE)).contains("hosts/a");
        assertThat(offer.options().raw(43)).contains(new byte[] {1, 2, 3});
    }

    @Test
    void ignoresWhoDoesNotBoot() {
        assertThat(proxy.dhcp(packet(ClientIdentity.plain(ADDRESS), MessageType.DISCOVER)
                        .build()))
                .isEmpty();
        assertThat(recorder.events).containsExactly("ignored: nothing to boot");
    }

    @Test
    void letsAPolicyThatCountsBootsTellARebootFromARepeatedDiscover() {
        BootPolicy program = BootPolicy.always(BootDecision.bootFile("program"));
        BootPolicy disk = BootPolicy.always(BootDecision.bootFile("disk"));
        policy(BootLimit.of(program, 2, Duration.ofHours(1), disk, new ManualClock()));
        for (int boot = 0; boot < 2; boot++) {
            assertThat(offer(IPXE).effectiveBootFileName()).contains("program");
            assertThat(offer(IPXE).effectiveBootFileName()).contains("program");
            assertThat(proxy.dhcp(packet(IPXE, MessageType.REQUEST)
                            .option(DhcpOption.SERVER_IDENTIFIER, Ipv4.parse("10.77.0.2"))
                            .build()))
                    .isEmpty();
        }
        assertThat(offer(IPXE).effectiveBootFileName()).contains("disk");
    }
}
