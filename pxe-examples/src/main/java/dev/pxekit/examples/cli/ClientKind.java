package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.client.Client6Identity;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.pxe.ClientArchitecture;
import dev.pxekit.dhcp.v6.Duid;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Who {@code pxekit dhcp discover} asks as. */
@SuppressWarnings("ImmutableEnumChecker") // the functions have no state
enum ClientKind {
    PLAIN(
            (mac, uuid) -> ClientIdentity.plain(mac),
            uuid -> Client6Identity.builder(Duid.uuid(uuid)).build()),
    WINDOWS((mac, uuid) -> ClientIdentity.windows(mac, "pxekit")),
    BIOS(ClientIdentity::biosPxe),
    UEFI(ClientIdentity::uefiPxe, Client6Identity::uefiPxe),
    UEFI32(
            (mac, uuid) -> ClientIdentity.uefiPxe(mac, uuid, ClientArchitecture.IA32_UEFI),
            uuid -> Client6Identity.uefiPxe(uuid, ClientArchitecture.IA32_UEFI)),
    ARM64(
            (mac, uuid) -> ClientIdentity.uefiPxe(mac, uuid, ClientArchitecture.ARM64_UEFI),
            uuid -> Client6Identity.uefiPxe(uuid, ClientArchitecture.ARM64_UEFI)),
    HTTP(ClientIdentity::uefiHttp, Client6Identity::uefiHttp),
    HTTPARM64(
            (mac, uuid) -> ClientIdentity.uefiHttp(mac, uuid, ClientArchitecture.ARM64_UEFI_HTTP),
            uuid -> Client6Identity.uefiHttp(uuid, ClientArchitecture.ARM64_UEFI_HTTP)),
    IPXE(ClientIdentity::uefiIpxe, Client6Identity::uefiIpxe),
    IPXEBIOS(ClientIdentity::biosIpxe, Client6Identity::biosIpxe),
    RASPBERRYPI((mac, uuid) -> ClientIdentity.raspberryPi(mac));

    private final BiFunction<HardwareAddress, UUID, ClientIdentity> version4;
    private final Optional<Function<UUID, Client6Identity>> version6;

    ClientKind(BiFunction<HardwareAddress, UUID, ClientIdentity> version4) {
        this.version4 = version4;
        this.version6 = Optional.empty();
    }

    ClientKind(BiFunction<HardwareAddress, UUID, ClientIdentity> version4, Function<UUID, Client6Identity> version6) {
        this.version4 = version4;
        this.version6 = Optional.of(version6);
    }

    /** As it is written on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** This client over DHCPv4, with replies by broadcast: without a raw socket there is no hearing others. */
    ClientIdentity identity(HardwareAddress hardwareAddress, UUID uuid) {
        return version4.apply(hardwareAddress, uuid).toBuilder().broadcast(true).build();
    }

    /** This client over DHCPv6, if it knows it. */
    Optional<Client6Identity> identity6(UUID uuid) {
        return version6.map(maker -> maker.apply(uuid));
    }
}
