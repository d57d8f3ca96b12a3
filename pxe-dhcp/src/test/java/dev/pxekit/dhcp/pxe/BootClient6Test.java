package dev.pxekit.dhcp.pxe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.v6.Dhcp6Codec;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Duid;
import dev.pxekit.dhcp.v6.VendorClass;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The facts of DHCPv6 messages. */
class BootClient6Test {

    private static final HardwareAddress ADDRESS = HardwareAddress.parse("52:54:00:77:00:05");
    private static final UUID MACHINE = UUID.fromString("4c4c4544-0042-3510-8052-b4c04f564d31");
    private static final Duid DUID = Duid.linkLayerTime(ADDRESS, Instant.parse("2026-01-01T00:00:00Z"));

    private static BootClient.Facts solicit() {
        return BootClient.Facts.of(Dhcp6MessageType.SOLICIT).duid(DUID);
    }

    private static BootClient.Facts uefi() {
        return solicit()
                .architectures(List.of(ClientArchitecture.X64_UEFI))
                .networkInterface(new ClientNetworkInterface(1, 3, 0))
                .vendorClass(343, List.of("PXEClient:Arch:00007:UNDI:003000"))
                .requestedOptions(List.of(59, 60, 23, 16));
    }

    @Test
    void findsTheHardwareAddressInTheLinkLocalAddressThatFirmwareSendsFrom() {
        Dhcp6Message message = Dhcp6Message.builder(Dhcp6MessageType.SOLICIT)
                .option(Dhcp6Option.CLIENT_IDENTIFIER, Duid.uuid(MACHINE))
                .build();
        assertThat(BootClient.of(message).hardwareAddress().length()).isZero();
        assertThat(BootClient.of(message, Ipv6.parse("fe80::5054:ff:fe77:5")).hardwareAddress())
                .isEqualTo(ADDRESS);
        assertThat(BootClient.of(message, Ipv6.parse("fe80::5054:ff:77:5"))
                        .hardwareAddress()
                        .length())
                .isZero();
        assertThat(BootClient.of(message, Ipv6.parse("fd77::5054:ff:fe77:5"))
                        .hardwareAddress()
                        .length())
                .isZero();
        Dhcp6Message known = Dhcp6Message.builder(Dhcp6MessageType.SOLICIT)
                .option(Dhcp6Option.CLIENT_IDENTIFIER, DUID)
                .build();
        assertThat(BootClient.of(known, Ipv6.parse("fe80::5054:ff:fe77:99")).hardwareAddress())
                .isEqualTo(ADDRESS);
    }

    @Test
    void readsUefiPxe() {
        BootClient client = new BootClient(uefi());
        assertThat(client.firmware()).isEqualTo(BootFirmware.PXE_UEFI);
        assertThat(client.isNetworkBoot()).isTrue();
        assertThat(client.ipVersion()).isEqualTo(6);
        assertThat(client.messageType()).isEmpty();
        assertThat(client.messageType6()).contains(Dhcp6MessageType.SOLICIT);
        assertThat(client.hardwareAddress()).isEqualTo(ADDRESS);
        assertThat(client.duid()).contains(DUID);
        assertThat(client.clientIdentifier()).isEqualTo(ClientIdentifier.of(DUID.encode()));
        assertThat(client.architectures()).containsExactly(ClientArchitecture.X64_UEFI);
        assertThat(client.networkInterface()).contains(new ClientNetworkInterface(1, 3, 0));
        assertThat(client.vendorEnterprise()).hasValue(343);
        assertThat(client.vendorClass()).contains("PXEClient:Arch:00007:UNDI:003000");
        assertThat(client.machineIdentifier()).isEmpty();
        assertThat(client.requestedOptions()).containsExactly(59, 60, 23, 16);
        assertThat(client).hasToString("52:54:00:77:00:05 PXE UEFI, x64 UEFI (7)");
    }

    @Test
    void readsUefiHttpBoot() {
        BootClient client = new BootClient(solicit()
                .architectures(List.of(ClientArchitecture.X64_UEFI_HTTP))
                .vendorClass(343, List.of("HTTPClient:Arch:00016:UNDI:003000")));
        assertThat(client.firmware()).isEqualTo(BootFirmware.HTTP_BOOT);
        assertThat(client.isNetworkBoot()).isTrue();
    }

    @Test
    void readsIpxe() {
        BootClient client = new BootClient(uefi().userClasses(List.of("iPXE")));
        assertThat(client.firmware()).isEqualTo(BootFirmware.IPXE);
        assertThat(client.isIpxe()).isTrue();
        assertThat(client.userClasses()).containsExactly("iPXE");
        assertThat(client.ipxeOptions()).isEmpty();
    }

    @Test
    void readsTheArchitectureFromTheVendorClassIfOption61IsMissing() {
        BootClient client =
                new BootClient(solicit().vendorClass(343, List.of("other", "PXEClient:Arch:00011:UNDI:003000")));
        assertThat(client.architecture()).contains(ClientArchitecture.ARM64_UEFI);
        assertThat(client.isPxeClient()).isTrue();
    }

    @Test
    void takesTheFirstVendorClassIfNoneIsOfFirmware() {
        BootClient client = new BootClient(solicit().vendorClass(311, List.of("MSFT 5.0", "more")));
        assertThat(client.vendorClass()).contains("MSFT 5.0");
        assertThat(client.firmware()).isEqualTo(BootFirmware.WINDOWS);
        assertThat(new BootClient(solicit().vendorClass(311, List.of())).vendorClass())
                .isEmpty();
    }

    @Test
    void readsTheUuidOfADuid() {
        BootClient client = new BootClient(BootClient.Facts.of(Dhcp6MessageType.REQUEST)
                .duid(Duid.uuid(MACHINE))
                .linkLayerAddress(ADDRESS));
        assertThat(client.machineIdentifier().flatMap(ClientMachineIdentifier::uuid))
                .contains(MACHINE);
        assertThat(client.hardwareAddress()).isEqualTo(ADDRESS);
    }

    @Test
    void takesADuidOfZerosForNoUuid() {
        BootClient client =
                new BootClient(BootClient.Facts.of(Dhcp6MessageType.REQUEST).duid(Duid.uuid(new UUID(0, 0))));
        assertThat(client.machineIdentifier()).isEmpty();
        assertThat(client.hardwareAddress().length()).isZero();
        assertThat(client).hasToString("00:04" + ":00".repeat(16) + " none");
    }

    @Test
    void takesTheRelayAgentsWordForTheAddressBeforeTheDuid() {
        HardwareAddress told = HardwareAddress.parse("52:54:00:77:00:99");
        assertThat(new BootClient(solicit().linkLayerAddress(told)).hardwareAddress())
                .isEqualTo(told);
        assertThat(new BootClient(BootClient.Facts.of(Dhcp6MessageType.SOLICIT)
                                .linkLayerAddress(told)
                                .duid(DUID))
                        .hardwareAddress())
                .isEqualTo(told);
    }

    @Test
    void readsAMessageWithoutADuid() {
        BootClient client = new BootClient(BootClient.Facts.of(Dhcp6MessageType.INFORMATION_REQUEST));
        assertThat(client.duid()).isEmpty();
        assertThat(client.firmware()).isEqualTo(BootFirmware.NONE);
        assertThat(client.isNetworkBoot()).isFalse();
    }

    @Test
    void knowsSystemdByItsDuid() {
        Duid systemd = Duid.enterprise(43793, HexFormat.of().parseHex("0033bdebf95e192c"));
        assertThat(new BootClient(BootClient.Facts.of(Dhcp6MessageType.SOLICIT).duid(systemd)).firmware())
                .isEqualTo(BootFirmware.SYSTEMD);
    }

    @Test
    void readsRelayAgents() throws Exception {
        BootRelay nearest = new BootRelay(
                Optional.of(Ipv6.parse("fd77::1")),
                Optional.empty(),
                Optional.of(new byte[] {1, 2}),
                Optional.of(new byte[] {3}));
        BootRelay next =
                new BootRelay(Optional.of(Ipv6.parse("::")), Optional.empty(), Optional.empty(), Optional.empty());
        BootClient client = new BootClient(uefi().relays(List.of(nearest, next)));
        assertThat(client.relays()).containsExactly(nearest, next);
        assertThat(client.relays().get(0).address()).contains(Ipv6.parse("fd77::1"));
        assertThat(client.relays().get(1).address()).isEmpty();
        assertThat(nearest).isNotEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({
        "1, true, PXE UEFI", "2, false, none", "3, true, PXE UEFI", "4, false, PXE UEFI", "5, true, PXE UEFI",
        "6, true, PXE UEFI", "7, false, none", "8, false, PXE UEFI", "9, false, PXE UEFI", "10, false, none",
        "11, true, PXE UEFI"
    })
    void bootsOnlyWithMessagesThatAskForParameters(int type, boolean boots, String firmware) {
        BootClient client = new BootClient(BootClient.Facts.of(Dhcp6MessageType.of(type))
                .vendorClass(343, List.of("PXEClient:Arch:00007:UNDI:003000")));
        assertThat(client.isNetworkBoot()).isEqualTo(boots);
        assertThat(client.firmware().name()).isEqualTo(firmware);
    }

    @Test
    void readsAMessageThatCameThroughRelayAgents() throws Exception {
        Inet6Address near = (Inet6Address) InetAddress.getByName("2001:db8:1::1");
        Inet6Address far = (Inet6Address) InetAddress.getByName("2001:db8:2::1");
        Inet6Address peer = (Inet6Address) InetAddress.getByName("fe80::1");
        Dhcp6Message solicit = Dhcp6Message.builder(Dhcp6MessageType.SOLICIT)
                .option(Dhcp6Option.CLIENT_IDENTIFIER, DUID)
                .option(Dhcp6Option.CLIENT_ARCHITECTURES, List.of(ClientArchitecture.X64_UEFI))
                .option(Dhcp6Option.VENDOR_CLASS, new VendorClass(343, List.of("PXEClient:Arch:00007:UNDI:003001")))
                .build();
        Dhcp6Message message = Dhcp6Message.relay(
                        Dhcp6Message.relay(solicit, near, peer)
                                .option(Dhcp6Option.INTERFACE_ID, new byte[] {7})
                                .option(79, new byte[] {0, 1, 0x52, 0x54, 0, 0x77, 0, 9})
                                .build(),
                        far,
                        near)
                .build();
        BootClient client = BootClient.of(Dhcp6Codec.decode(Dhcp6Codec.encode(message)));
        assertThat(client.firmware()).isEqualTo(BootFirmware.PXE_UEFI);
        assertThat(client.isNetworkBoot()).isTrue();
        assertThat(client.hardwareAddress()).hasToString("52:54:00:77:00:09");
        assertThat(client.duid()).contains(DUID);
        assertThat(client.relays()).extracting(BootRelay::address).containsExactly(Optional.of(near), Optional.of(far));
        assertThat(client.relays().get(0).circuitId()).contains(new byte[] {7});
    }

    private static BootClient solicit(String vendorClass, Duid duid, int architecture) throws Exception {
        return BootClient.of(Dhcp6Message.builder(Dhcp6MessageType.SOLICIT)
                .option(Dhcp6Option.CLIENT_IDENTIFIER, duid)
                .option(Dhcp6Option.CLIENT_ARCHITECTURES, List.of(ClientArchitecture.of(architecture)))
                .option(Dhcp6Option.VENDOR_CLASS, new VendorClass(0, List.of(vendorClass)))
                .build());
    }

    @Test
    void knowsUBootBySmallLettersToo() throws Exception {
        assertThat(solicit("U-boot", DUID, 22).firmware()).isEqualTo(BootFirmware.U_BOOT);
        assertThat(solicit("U-boot", DUID, 22).isNetworkBoot()).isTrue();
    }

    /** UEFI copies the UUID as SMBIOS has it; what others send is in network order. */
    @Test
    void readsTheUuidOfUefiAsItDoesOverDhcp4() throws Exception {
        UUID machine = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        Duid copied = Duid.decode(HexFormat.of().parseHex("000433221100554477668899aabbccddeeff"));
        assertThat(solicit("PXEClient:Arch:00007:UNDI:003001", copied, 7)
                        .machineIdentifier()
                        .flatMap(ClientMachineIdentifier::uuid))
                .contains(machine);
        assertThat(solicit("d-i", Duid.uuid(machine), 7).machineIdentifier().flatMap(ClientMachineIdentifier::uuid))
                .contains(machine);
    }

    @Test
    void keepsTheAddressOfADuidBesideAnEmptyOneOfARelayAgent() throws Exception {
        Inet6Address link = (Inet6Address) InetAddress.getByName("2001:db8:1::1");
        Dhcp6Message solicit = Dhcp6Message.builder(Dhcp6MessageType.SOLICIT)
                .option(Dhcp6Option.CLIENT_IDENTIFIER, Duid.linkLayer(HardwareAddress.parse("02:02:02:02:02:02")))
                .build();
        Dhcp6Message relayed = Dhcp6Message.relay(solicit, link, link)
                .option(79, new byte[] {0, 1})
                .build();
        assertThat(BootClient.of(relayed).hardwareAddress()).hasToString("02:02:02:02:02:02");
    }

    @Test
    void takesAnswersForNoClients() throws Exception {
        Dhcp6Message answer = Dhcp6Message.builder(Dhcp6MessageType.ADDR_REG_REPLY)
                .option(Dhcp6Option.CLIENT_IDENTIFIER, DUID)
                .build();
        assertThat(BootClient.of(answer).firmware()).isEqualTo(BootFirmware.NONE);
    }
}
