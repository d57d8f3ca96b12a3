package dev.pxekit.dhcp.pxe;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.v6.Duid;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The conditions for each kind of firmware, in the order and with the meaning that {@link BootClient} documents. */
final class FirmwareRules {

    private static final int ETHERNET = 1;

    /** The parts of a Raspberry Pi's hardware address that are the maker's. */
    private static final Set<String> RASPBERRY_PI_MAKER =
            Set.of("b827eb", "dca632", "e45f01", "d83add", "2ccf67", "28cdc1");

    /** Type 0 and "RPi", the start of option 97 (the model's digit follows). */
    private static final byte[] RASPBERRY_PI_MACHINE = {0, 'R', 'P', 'i'};

    /** A DUID-EN of systemd: enterprise number 43793. */
    private static final byte[] SYSTEMD_DUID = {0, 2, 0, 0, (byte) 0xab, 0x11};

    /** The octet before IAID and DUID in a client identifier (RFC 4361 §6.1). */
    private static final int IAID_AND_DUID = 0xff;

    private static final int DUID_POSITION = 5;

    private static final List<Integer> GRUB_PARAMETERS = List.of(1, 3, 6, 15, 12, 17, 18);
    private static final List<Integer> DHCLIENT_PARAMETERS = List.of(1, 28, 2, 3, 15, 6);
    private static final List<Integer> DHCPCD_PARAMETERS = List.of(1, 121);
    private static final List<Integer> DHCPCD_LEASE_PARAMETERS = List.of(51, 54, 58, 59);

    private static final Set<ClientArchitecture> U_BOOT_ARCHITECTURES = Set.of(
            ClientArchitecture.ARM32_UBOOT,
            ClientArchitecture.ARM64_UBOOT,
            ClientArchitecture.ARM32_UBOOT_HTTP,
            ClientArchitecture.ARM64_UBOOT_HTTP);

    private record Rule(BootFirmware firmware, Predicate<BootClient> condition) {}

    private static final List<Rule> RULES = List.of(
            new Rule(BootFirmware.NONE, client -> !client.isRequest()),
            new Rule(BootFirmware.GPXE, client -> client.userClasses().contains("gPXE")),
            new Rule(BootFirmware.IPXE, BootClient::isIpxe),
            new Rule(BootFirmware.APPLE_BSDP, vendorClass("AAPLBSDPC")),
            new Rule(BootFirmware.U_BOOT, FirmwareRules::isUBoot),
            new Rule(BootFirmware.RASPBERRY_PI, FirmwareRules::isRaspberryPi),
            new Rule(BootFirmware.HTTP_BOOT, BootClient::isHttpClient),
            new Rule(
                    BootFirmware.PXE_BIOS,
                    client -> client.isPxeClient()
                            && client.architecture().equals(Optional.of(ClientArchitecture.X86_BIOS))),
            new Rule(
                    BootFirmware.PXE_UEFI,
                    client -> client.isPxeClient()
                            && client.architecture()
                                    .filter(ClientArchitecture::isUefi)
                                    .isPresent()),
            new Rule(BootFirmware.PXE_OTHER, BootClient::isPxeClient),
            new Rule(BootFirmware.ANACONDA, vendorClass("anaconda-")),
            new Rule(BootFirmware.DEBIAN_INSTALLER, vendorClass("d-i")),
            new Rule(BootFirmware.WINDOWS, vendorClass("MSFT ")),
            new Rule(BootFirmware.KLIBC, vendorClass("Linux ipconfig")),
            new Rule(BootFirmware.UDHCPC, vendorClass("udhcp ")),
            new Rule(BootFirmware.DHCPCD, FirmwareRules::isDhcpcd),
            new Rule(BootFirmware.SYSTEMD, FirmwareRules::isSystemd),
            new Rule(BootFirmware.GRUB, FirmwareRules::isGrub),
            new Rule(BootFirmware.DHCLIENT, client -> startsWith(client.requestedOptions(), DHCLIENT_PARAMETERS)));

    private FirmwareRules() {}

    /** The kind of firmware of a client. */
    static BootFirmware firmware(BootClient client) {
        return RULES.stream()
                .filter(rule -> rule.condition().test(client))
                .map(Rule::firmware)
                .findFirst()
                .orElse(BootFirmware.NONE);
    }

    private static Predicate<BootClient> vendorClass(String start) {
        return client ->
                client.vendorClass().filter(text -> text.startsWith(start)).isPresent();
    }

    private static boolean isUBoot(BootClient client) {
        boolean boots = client.isPxeClient() || client.isHttpClient();
        return client.isUBootClass()
                || (boots
                        && client.architecture()
                                .filter(U_BOOT_ARCHITECTURES::contains)
                                .isPresent());
    }

    private static boolean isRaspberryPi(BootClient client) {
        Optional<ClientArchitecture> architecture = client.architecture();
        if (!client.isPxeClient() || architecture.isEmpty()) {
            return false;
        }
        if (architecture.get().equals(ClientArchitecture.X86_BIOS)) {
            return hasRaspberryPiIdentifier(client) || hasRaspberryPiAddress(client.hardwareAddress());
        }
        return architecture.get().equals(ClientArchitecture.ARM_RPIBOOT);
    }

    private static boolean hasRaspberryPiIdentifier(BootClient client) {
        return client.machineIdentifier()
                .filter(identifier -> startsWith(identifier.encode(), 0, RASPBERRY_PI_MACHINE))
                .isPresent();
    }

    private static boolean hasRaspberryPiAddress(HardwareAddress address) {
        return address.type() == ETHERNET
                && address.length() == 6
                && RASPBERRY_PI_MAKER.contains(HexFormat.of().formatHex(address.bytes(), 0, 3));
    }

    private static boolean isDhcpcd(BootClient client) {
        return vendorClass("dhcpcd").test(client)
                || (client.ipVersion() == BootClient.IP_VERSION_4
                        && startsWith(client.requestedOptions(), DHCPCD_PARAMETERS)
                        && client.requestedOptions().containsAll(DHCPCD_LEASE_PARAMETERS));
    }

    private static boolean isSystemd(BootClient client) {
        if (client.duid().isPresent()) {
            return startsWith(client.duid().map(Duid::encode).orElseThrow(), 0, SYSTEMD_DUID);
        }
        byte[] identifier = client.clientIdentifier().bytes();
        return (identifier[0] & 0xff) == IAID_AND_DUID && startsWith(identifier, DUID_POSITION, SYSTEMD_DUID);
    }

    private static boolean isGrub(BootClient client) {
        return client.ipVersion() == BootClient.IP_VERSION_4
                && client.vendorClass().isEmpty()
                && client.requestedOptions().equals(GRUB_PARAMETERS);
    }

    private static boolean startsWith(List<Integer> list, List<Integer> start) {
        return list.size() >= start.size() && list.subList(0, start.size()).equals(start);
    }

    private static boolean startsWith(byte[] octets, int position, byte[] start) {
        int end = position + start.length;
        return octets.length >= end && Arrays.equals(octets, position, end, start, 0, start.length);
    }
}
