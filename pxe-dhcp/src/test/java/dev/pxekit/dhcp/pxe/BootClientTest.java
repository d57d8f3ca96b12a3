package dev.pxekit.dhcp.pxe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.client.ClientIdentity;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
}
