package dev.pxekit.dhcp.pxe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.Fuzz;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.internal.Ipv4;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootClientTest {

    private static final HardwareAddress ADDRESS = HardwareAddress.parse("52:54:00:77:00:01");
    private static final UUID MACHINE = UUID.fromString("4c4c4544-0042-3510-8052-b4c04f564d31");

    private static DhcpPacket.Builder discover() {
        return DhcpPacket.builder().clientHardwareAddress(ADDRESS).messageType(MessageType.DISCOVER);
    }

    private static BootClient client(ClientIdentity identity) {
        return BootClient.of(discover().addOptions(identity.options()).build());
    }

    static Stream<Arguments> firmware() {
        return Stream.of(
                Arguments.of(ClientIdentity.biosPxe(ADDRESS, MACHINE), BootFirmware.PXE_BIOS, 0),
                Arguments.of(ClientIdentity.biosIpxe(ADDRESS, MACHINE), BootFirmware.IPXE, 0),
                Arguments.of(ClientIdentity.uefiPxe(ADDRESS, MACHINE), BootFirmware.PXE_UEFI, 7),
                Arguments.of(ClientIdentity.uefiIpxe(ADDRESS, MACHINE), BootFirmware.IPXE, 7),
                Arguments.of(ClientIdentity.uefiHttp(ADDRESS, MACHINE), BootFirmware.HTTP_BOOT, 16));
    }

    @ParameterizedTest
    @MethodSource("firmware")
    void tellsFirmwareApart(ClientIdentity identity, BootFirmware firmware, int architecture) {
        BootClient client = client(identity);
        assertThat(client.firmware()).isEqualTo(firmware);
        assertThat(client.isNetworkBoot()).isTrue();
        assertThat(client.architecture()).contains(ClientArchitecture.of(architecture));
        assertThat(client.machineIdentifier().flatMap(ClientMachineIdentifier::uuid))
                .contains(MACHINE);
        assertThat(client.isIpxe()).isEqualTo(firmware.equals(BootFirmware.IPXE));
        assertThat(client.isHttpClient()).isEqualTo(firmware.equals(BootFirmware.HTTP_BOOT));
        assertThat(client.toString()).contains("52:54:00:77:00:01", MACHINE.toString());
    }

    @Test
    void takesAPlainClientForNoBoot() {
        BootClient client = client(ClientIdentity.plain(ADDRESS));
        assertThat(client.isNetworkBoot()).isFalse();
        assertThat(client.firmware()).isEqualTo(BootFirmware.NONE);
        assertThat(client.architecture()).isEmpty();
    }

    @Test
    void readsTheArchitectureFromTheVendorClassIfOption93IsMissing() {
        BootClient client = BootClient.of(discover()
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "PXEClient:Arch:00011:UNDI:003000")
                .build());
        assertThat(client.architecture()).contains(ClientArchitecture.ARM64_UEFI);
        assertThat(client.isNetworkBoot()).isTrue();
    }

    @Test
    void doesNotBootWithoutAnArchitecture() {
        DhcpPacket packet = discover()
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "PXEClient")
                .build();
        assertThat(BootClient.of(packet).isNetworkBoot()).isFalse();
    }

    @Test
    void ignoresAnArchitectureTextOutOfRange() {
        DhcpPacket packet = discover()
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "PXEClient:Arch:99999:UNDI:003000")
                .build();
        assertThat(BootClient.of(packet).architecture()).isEmpty();
    }

    static Stream<DhcpPacket> ipxePackets() {
        byte[] bare = "iPXE".getBytes(StandardCharsets.US_ASCII);
        return Stream.of(
                discover().option(77, bare).build(),
                discover()
                        .option(DhcpOption.USER_CLASSES, List.of("lab", "iPXE"))
                        .build(),
                discover().option(175, new byte[0]).build());
    }

    @ParameterizedTest
    @MethodSource("ipxePackets")
    void knowsIpxeByUserClassOrOption175(DhcpPacket packet) {
        assertThat(BootClient.of(packet).isIpxe()).isTrue();
        assertThat(BootClient.of(packet).isNetworkBoot()).isTrue();
    }

    static Stream<Arguments> messageTypes() {
        return Stream.of(
                Arguments.of(MessageType.DISCOVER, true),
                Arguments.of(MessageType.REQUEST, true),
                Arguments.of(MessageType.INFORM, true),
                Arguments.of(MessageType.RELEASE, false),
                Arguments.of(MessageType.DECLINE, false),
                Arguments.of(MessageType.OFFER, false));
    }

    @ParameterizedTest
    @MethodSource("messageTypes")
    void bootsOnlyWithMessagesThatAskForParameters(MessageType type, boolean boots) {
        DhcpPacket packet = discover()
                .addOptions(ClientIdentity.uefiPxe(ADDRESS, MACHINE).options())
                .messageType(type)
                .build();
        assertThat(BootClient.of(packet).isNetworkBoot()).isEqualTo(boots);
        assertThat(BootClient.of(packet.toBuilder().operation(2).build()).isNetworkBoot())
                .isFalse();
    }

    @Test
    void readsIpxeFeatures() {
        IpxeOptions options =
                client(ClientIdentity.biosIpxe(ADDRESS, MACHINE)).ipxeOptions().orElseThrow();
        assertThat(options.get(IpxeOptions.VERSION)).contains(new IpxeOptions.Version(1, 0, 0));
        assertThat(options.get(IpxeOptions.BUS_ID)).contains(new IpxeOptions.BusId(1, 0x1af4, 0x1000));
        assertThat(options.hasFeature(IpxeOptions.FEATURE_HTTP)).isTrue();
        assertThat(options.hasFeature(IpxeOptions.FEATURE_HTTPS)).isFalse();
    }

    static Stream<Arguments> vendorClasses() {
        return Stream.of(
                Arguments.of("AAPLBSDPC/i386/iMac18,3", BootFirmware.APPLE_BSDP, false),
                Arguments.of("U-Boot.armv8", BootFirmware.U_BOOT, true),
                Arguments.of("PXEClient:Arch:00022:UNDI:003000", BootFirmware.U_BOOT, true),
                Arguments.of("HTTPClient:Arch:00024:UNDI:003000", BootFirmware.U_BOOT, true),
                Arguments.of("HTTPClient:Arch:00019:UNDI:003000", BootFirmware.HTTP_BOOT, true),
                Arguments.of("HTTPClient", BootFirmware.HTTP_BOOT, false),
                Arguments.of("PXEClient:Arch:00000:UNDI:002001", BootFirmware.PXE_BIOS, true),
                Arguments.of("PXEClient:Arch:00009:UNDI:003016", BootFirmware.PXE_UEFI, true),
                Arguments.of("PXEClient:Arch:00011:UNDI:003000", BootFirmware.PXE_UEFI, true),
                Arguments.of("PXEClient:Arch:00041:UNDI:002001", BootFirmware.RASPBERRY_PI, true),
                Arguments.of("PXEClient:Arch:00014:UNDI:002001", BootFirmware.PXE_OTHER, true),
                Arguments.of("PXEClient", BootFirmware.PXE_OTHER, false),
                Arguments.of("anaconda-Linux 5.14.0-362.8.1.el9_3.x86_64 x86_64", BootFirmware.ANACONDA, false),
                Arguments.of("d-i", BootFirmware.DEBIAN_INSTALLER, false),
                Arguments.of("MSFT 5.0", BootFirmware.WINDOWS, false),
                Arguments.of("Linux ipconfig", BootFirmware.KLIBC, false),
                Arguments.of("udhcp 1.36.1", BootFirmware.UDHCPC, false),
                Arguments.of("dhcpcd-9.4.1:Linux-6.1.0:x86_64:GenuineIntel", BootFirmware.DHCPCD, false),
                Arguments.of("pxeclient", BootFirmware.NONE, false),
                Arguments.of("Arista", BootFirmware.NONE, false));
    }

    @ParameterizedTest
    @MethodSource("vendorClasses")
    void knowsVendorClasses(String vendorClass, BootFirmware firmware, boolean boots) {
        BootClient client = BootClient.of(discover()
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, vendorClass)
                .build());
        assertThat(client.firmware()).isEqualTo(firmware);
        assertThat(client.isNetworkBoot()).isEqualTo(boots);
        assertThat(client.vendorClass()).contains(vendorClass);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "b8:27:eb:00:00:01",
                "dc:a6:32:00:00:01",
                "e4:5f:01:00:00:01",
                "d8:3a:dd:00:00:01",
                "2c:cf:67:00:00:01",
                "28:cd:c1:00:00:01"
            })
    void knowsARaspberryPiByItsAddress(String address) {
        DhcpPacket.Builder packet = discover()
                .clientHardwareAddress(HardwareAddress.parse(address))
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "PXEClient:Arch:00000:UNDI:002001");
        assertThat(BootClient.of(packet.build()).firmware()).isEqualTo(BootFirmware.RASPBERRY_PI);
        DhcpPacket uefi = packet.option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "PXEClient:Arch:00011:UNDI:003000")
                .build();
        assertThat(BootClient.of(uefi).firmware()).isEqualTo(BootFirmware.PXE_UEFI);
        DhcpPacket infiniBand = packet.clientHardwareAddress(
                        HardwareAddress.of(32, HardwareAddress.parse(address).bytes()))
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "PXEClient:Arch:00000:UNDI:002001")
                .build();
        assertThat(BootClient.of(infiniBand).firmware()).isEqualTo(BootFirmware.PXE_BIOS);
    }

    @Test
    void knowsARaspberryPiByItsIdentifier() {
        DhcpPacket packet = discover()
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, "PXEClient:Arch:00000:UNDI:002001")
                .option(97, HexFormat.of().parseHex("00525069341131c000320136c2dbe5bbf5"))
                .build();
        assertThat(BootClient.of(packet).firmware()).isEqualTo(BootFirmware.RASPBERRY_PI);
    }

    @Test
    void tellsGpxeFromIpxe() {
        BootClient client = BootClient.of(discover()
                .addOptions(ClientIdentity.biosIpxe(ADDRESS, MACHINE).options())
                .option(77, "gPXE".getBytes(StandardCharsets.US_ASCII))
                .build());
        assertThat(client.firmware()).isEqualTo(BootFirmware.GPXE);
        assertThat(client.isIpxe()).isFalse();
        assertThat(client.isNetworkBoot()).isTrue();
        assertThat(client.ipxeOptions()).isPresent();
    }

    @Test
    void knowsClientsByWhatTheyAskFor() {
        assertThat(asking(1, 3, 6, 15, 12, 17, 18)).isEqualTo(BootFirmware.GRUB);
        assertThat(asking(1, 3, 6, 15, 12, 17)).isEqualTo(BootFirmware.NONE);
        assertThat(asking(1, 28, 2, 3, 15, 6, 12)).isEqualTo(BootFirmware.DHCLIENT);
        assertThat(asking(1, 28, 2, 3, 15)).isEqualTo(BootFirmware.NONE);
        assertThat(asking(1, 121, 3, 6, 51, 54, 58, 59)).isEqualTo(BootFirmware.DHCPCD);
        assertThat(asking(1, 121, 3, 6)).isEqualTo(BootFirmware.NONE);
    }

    private static BootFirmware asking(Integer... codes) {
        return BootClient.of(discover()
                        .option(DhcpOption.PARAMETER_REQUEST_LIST, List.of(codes))
                        .build())
                .firmware();
    }

    @Test
    void takesAReplyForNoClient() {
        DhcpPacket packet = discover()
                .addOptions(ClientIdentity.uefiPxe(ADDRESS, MACHINE).options())
                .operation(2)
                .build();
        assertThat(BootClient.of(packet).firmware()).isEqualTo(BootFirmware.NONE);
    }

    @Test
    void saysWhatOfPacketItRead() {
        BootClient client = client(ClientIdentity.uefiPxe(ADDRESS, MACHINE));
        assertThat(client.ipVersion()).isEqualTo(4);
        assertThat(client.messageType()).contains(MessageType.DISCOVER);
        assertThat(client.messageType6()).isEmpty();
        assertThat(client.duid()).isEmpty();
        assertThat(client.vendorEnterprise()).isEmpty();
        assertThat(client.networkInterface()).contains(new ClientNetworkInterface(1, 3, 0));
        assertThat(client.requestedOptions()).contains(43, 60, 67);
        assertThat(client.relays()).isEmpty();
    }

    @Test
    void readsTheRelayAgent() {
        DhcpPacket packet = discover()
                .relayAgent(Ipv4.parse("10.77.1.1"))
                .option(
                        DhcpOption.RELAY_AGENT_INFORMATION,
                        RelayAgentInformation.builder()
                                .put(RelayAgentInformation.CIRCUIT_ID, new byte[] {1, 2})
                                .put(RelayAgentInformation.REMOTE_ID, new byte[] {3})
                                .put(RelayAgentInformation.LINK_SELECTION, Ipv4.parse("10.77.2.0"))
                                .build())
                .build();
        assertThat(BootClient.of(packet).relays()).singleElement().satisfies(relay -> {
            assertThat(relay.address()).contains(Ipv4.parse("10.77.1.1"));
            assertThat(relay.linkSelection()).contains(Ipv4.parse("10.77.2.0"));
            assertThat(relay.circuitId().orElseThrow()).containsExactly(1, 2);
            assertThat(relay.remoteId().orElseThrow()).containsExactly(3);
            assertThat(relay)
                    .hasToString("relay agent 10.77.1.1, link 10.77.2.0, circuit id 0102, remote id 03")
                    .isEqualTo(BootClient.of(packet).relays().get(0))
                    .hasSameHashCodeAs(BootClient.of(packet).relays().get(0));
        });
    }

    @Test
    void readsOption82OfASwitchThatIsNoRelayAgent() {
        DhcpPacket packet = discover().option(82, new byte[] {1, 1, 9}).build();
        assertThat(BootClient.of(packet).relays()).singleElement().satisfies(relay -> {
            assertThat(relay.address()).isEmpty();
            assertThat(relay.linkSelection()).isEmpty();
            assertThat(relay.circuitId().orElseThrow()).containsExactly(9);
            assertThat(relay.remoteId()).isEmpty();
        });
    }

    @Test
    void survivesMutations() throws Exception {
        byte[] seed = DhcpCodec.encode(discover()
                .addOptions(ClientIdentity.biosIpxe(ADDRESS, MACHINE).options())
                .option(82, new byte[] {1, 1, 9, 5, 4, 10, 0, 0, 1})
                .build());
        Fuzz.run(
                octets -> {
                    BootClient client = BootClient.of(DhcpCodec.decode(octets));
                    assertThat(client.toString()).isNotEmpty();
                    assertThat(client.relays().toString()).isNotEmpty();
                    assertThat(client.isNetworkBoot() && client.firmware().equals(BootFirmware.NONE))
                            .isFalse();
                },
                seed);
    }
}
