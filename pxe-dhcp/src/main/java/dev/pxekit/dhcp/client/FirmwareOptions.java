package dev.pxekit.dhcp.client;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.EncapsulatedOptions;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.Suboption;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.pxe.ClientMachineIdentifier;
import dev.pxekit.dhcp.pxe.ClientNetworkInterface;
import dev.pxekit.dhcp.pxe.IpxeOptions;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;

/** What firmware says of itself, as it was captured. */
final class FirmwareOptions {

    static final String PXE_CLIENT = "PXEClient";
    static final String HTTP_CLIENT = "HTTPClient";

    static final ClientNetworkInterface UNDI_BIOS = new ClientNetworkInterface(1, 2, 1);
    static final ClientNetworkInterface UNDI_UEFI = new ClientNetworkInterface(1, 3, 0);
    static final ClientNetworkInterface UNDI_UEFI_IPXE = new ClientNetworkInterface(1, 3, 10);

    /** The user class of iPXE, bare text without the length that RFC 3004 asks for. */
    private static final byte[] IPXE_USER_CLASS = "iPXE".getBytes(StandardCharsets.US_ASCII);

    /** What PXE asks for by its numbers alone. */
    private static final List<Integer> PXE_PARAMETERS = List.of(128, 129, 130, 131, 132, 133, 134, 135);

    private static final List<Integer> UEFI_PARAMETERS = with(
            PXE_PARAMETERS,
            1,
            2,
            3,
            4,
            5,
            6,
            12,
            13,
            15,
            17,
            18,
            22,
            23,
            28,
            40,
            41,
            42,
            43,
            50,
            51,
            54,
            58,
            59,
            60,
            66,
            67,
            97);
    private static final List<Integer> UEFI_HTTP_PARAMETERS = List.of(
            1, 2, 3, 4, 5, 6, 12, 13, 15, 17, 18, 22, 23, 28, 40, 41, 42, 43, 50, 51, 54, 58, 59, 60, 0, 67, 97);
    private static final List<Integer> BIOS_PARAMETERS = with(
            PXE_PARAMETERS,
            1,
            2,
            3,
            4,
            5,
            6,
            11,
            12,
            13,
            15,
            16,
            17,
            18,
            22,
            23,
            28,
            40,
            41,
            42,
            43,
            50,
            51,
            54,
            58,
            59,
            60,
            66,
            67);
    private static final List<Integer> IPXE_PARAMETERS =
            List.of(1, 3, 6, 7, 12, 15, 17, 26, 43, 60, 66, 67, 119, 128, 129, 130, 131, 132, 133, 134, 135, 175, 203);
    private static final List<Integer> RASPBERRY_PI_PARAMETERS =
            List.of(43, 60, 67, 128, 129, 130, 131, 132, 133, 134, 135, 66);

    private static final List<Suboption<IpxeOptions, Integer>> IPXE_BIOS_FEATURES = List.of(
            IpxeOptions.FEATURE_DNS,
            IpxeOptions.FEATURE_ELF,
            IpxeOptions.FEATURE_HTTP,
            IpxeOptions.FEATURE_ISCSI,
            IpxeOptions.FEATURE_MENU,
            IpxeOptions.FEATURE_MULTIBOOT,
            IpxeOptions.FEATURE_NFS,
            IpxeOptions.FEATURE_PXE_EXTENSIONS,
            IpxeOptions.FEATURE_PXE,
            IpxeOptions.FEATURE_TFTP,
            IpxeOptions.FEATURE_BZIMAGE,
            IpxeOptions.FEATURE_AOE);
    private static final List<Suboption<IpxeOptions, Integer>> IPXE_UEFI_FEATURES = List.of(
            IpxeOptions.FEATURE_DNS,
            IpxeOptions.FEATURE_EFI,
            IpxeOptions.FEATURE_HTTP,
            IpxeOptions.FEATURE_ISCSI,
            IpxeOptions.FEATURE_MENU,
            IpxeOptions.FEATURE_NFS,
            IpxeOptions.FEATURE_TFTP,
            IpxeOptions.FEATURE_AOE);

    private static final int ETHERNET_PAYLOAD = 1472;
    private static final int BIOS_MESSAGE_SIZE = 1260;

    private FirmwareOptions() {}

    private static List<Integer> with(List<Integer> last, Integer... first) {
        return Stream.concat(Arrays.stream(first), last.stream()).toList();
    }

    static ClientIdentity biosPxe(HardwareAddress hardwareAddress, UUID uuid) {
        return ClientIdentity.builder(hardwareAddress)
                .broadcast(true)
                .option(DhcpOption.PARAMETER_REQUEST_LIST, BIOS_PARAMETERS)
                .option(DhcpOption.MAXIMUM_MESSAGE_SIZE, BIOS_MESSAGE_SIZE)
                .option(DhcpOption.CLIENT_MACHINE_IDENTIFIER, ClientMachineIdentifier.of(uuid))
                .option(DhcpOption.CLIENT_ARCHITECTURES, List.of(ClientArchitecture.X86_BIOS))
                .option(DhcpOption.CLIENT_NETWORK_INTERFACE, UNDI_BIOS)
                .option(
                        DhcpOption.VENDOR_CLASS_IDENTIFIER,
                        vendorClass(PXE_CLIENT, ClientArchitecture.X86_BIOS, UNDI_BIOS))
                .build();
    }

    static ClientIdentity uefi(
            HardwareAddress hardwareAddress, UUID uuid, ClientArchitecture architecture, boolean http) {
        return ClientIdentity.builder(hardwareAddress)
                .broadcast(true)
                .option(DhcpOption.MAXIMUM_MESSAGE_SIZE, ETHERNET_PAYLOAD)
                .option(DhcpOption.PARAMETER_REQUEST_LIST, http ? UEFI_HTTP_PARAMETERS : UEFI_PARAMETERS)
                .option(DhcpOption.CLIENT_MACHINE_IDENTIFIER, ClientMachineIdentifier.of(uuid))
                .option(DhcpOption.CLIENT_NETWORK_INTERFACE, UNDI_UEFI)
                .option(DhcpOption.CLIENT_ARCHITECTURES, List.of(checked(architecture, http)))
                .option(
                        DhcpOption.VENDOR_CLASS_IDENTIFIER,
                        vendorClass(http ? HTTP_CLIENT : PXE_CLIENT, architecture, UNDI_UEFI))
                .build();
    }

    static ClientIdentity ipxe(HardwareAddress hardwareAddress, UUID uuid, ClientArchitecture architecture) {
        ClientNetworkInterface undi = architecture.isUefi() ? UNDI_UEFI_IPXE : UNDI_BIOS;
        return ClientIdentity.builder(hardwareAddress)
                .option(DhcpOption.MAXIMUM_MESSAGE_SIZE, ETHERNET_PAYLOAD)
                .option(DhcpOption.CLIENT_ARCHITECTURES, List.of(architecture))
                .option(DhcpOption.CLIENT_NETWORK_INTERFACE, undi)
                .option(DhcpOption.VENDOR_CLASS_IDENTIFIER, vendorClass(PXE_CLIENT, architecture, undi))
                .option(DhcpOption.USER_CLASSES.code(), IPXE_USER_CLASS)
                .option(DhcpOption.PARAMETER_REQUEST_LIST, IPXE_PARAMETERS)
                .option(DhcpOption.IPXE, ipxeFeatures(architecture.isUefi()))
                .option(DhcpOption.CLIENT_IDENTIFIER, ClientIdentifier.of(hardwareAddress))
                .option(DhcpOption.CLIENT_MACHINE_IDENTIFIER, ClientMachineIdentifier.of(uuid))
                .build();
    }

    private static IpxeOptions ipxeFeatures(boolean uefi) {
        EncapsulatedOptions.Builder<IpxeOptions> features = IpxeOptions.builder()
                .put(IpxeOptions.BUS_ID, new IpxeOptions.BusId(1, 0x1af4, 0x1000))
                .put(IpxeOptions.VERSION, new IpxeOptions.Version(1, 0, 0));
        for (Suboption<IpxeOptions, Integer> feature : uefi ? IPXE_UEFI_FEATURES : IPXE_BIOS_FEATURES) {
            features.put(feature, feature.equals(IpxeOptions.FEATURE_PXE_EXTENSIONS) ? 2 : 1);
        }
        return features.build();
    }

    static ClientIdentity raspberryPi(HardwareAddress hardwareAddress) {
        byte[] machine = new byte[17];
        Arrays.fill(machine, 1, machine.length, (byte) 'D');
        return ClientIdentity.builder(hardwareAddress)
                .option(DhcpOption.PARAMETER_REQUEST_LIST, RASPBERRY_PI_PARAMETERS)
                .option(DhcpOption.CLIENT_ARCHITECTURES, List.of(ClientArchitecture.X86_BIOS))
                .option(DhcpOption.CLIENT_NETWORK_INTERFACE, UNDI_BIOS)
                .option(DhcpOption.CLIENT_MACHINE_IDENTIFIER.code(), machine)
                .option(
                        DhcpOption.VENDOR_CLASS_IDENTIFIER,
                        vendorClass(PXE_CLIENT, ClientArchitecture.X86_BIOS, UNDI_BIOS))
                .build();
    }

    /** The class of option 60, and over DHCPv6 of option 16: {@code PXEClient:Arch:00007:UNDI:003000} (PXE 2.1 §2.2.2). */
    static String vendorClass(String name, ClientArchitecture architecture, ClientNetworkInterface undi) {
        return String.format(
                Locale.ROOT,
                "%s:Arch:%05d:UNDI:%03d%03d",
                name,
                architecture.code(),
                undi.majorVersion(),
                undi.minorVersion());
    }

    static ClientArchitecture checked(ClientArchitecture architecture, boolean http) {
        if (!architecture.isUefi() || architecture.isHttp() != http) {
            throw new IllegalArgumentException("architecture: " + architecture + " (expected: one of UEFI that boots "
                    + (http ? "from HTTP)" : "by PXE)"));
        }
        return architecture;
    }
}
