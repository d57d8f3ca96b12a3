package dev.pxekit.examples;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.client.ClientIdentity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A machine as a rehearsal plays it: who its firmware is when it asks for an address, and who the network bootstrap program is that
 * the firmware loads. Immutable.
 *
 * @param name for people, such as {@code UEFI x64}
 * @param firmware what the firmware says of itself
 * @param program what the program says of itself that the firmware loads; none if the firmware is iPXE already
 */
public record RehearsedMachine(String name, ClientIdentity firmware, Optional<ClientIdentity> program) {

    /**
     * Checks for null.
     *
     * @param name for people
     * @param firmware what the firmware says of itself
     * @param program what the program says of itself that the firmware loads, if it loads one
     */
    public RehearsedMachine {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(firmware, "firmware");
        Objects.requireNonNull(program, "program");
    }

    /**
     * A PC with a BIOS whose network card has iPXE in its ROM, as in QEMU.
     *
     * @return the machine
     */
    public static RehearsedMachine biosWithIpxeRom() {
        return new RehearsedMachine("BIOS, iPXE ROM", ClientIdentity.biosIpxe(address(1), uuid(1)), Optional.empty());
    }

    /**
     * A UEFI machine that boots over PXE: program over TFTP, then iPXE.
     *
     * @return the machine
     */
    public static RehearsedMachine uefiX64() {
        return new RehearsedMachine(
                "UEFI x64",
                ClientIdentity.uefiPxe(address(2), uuid(2)),
                Optional.of(ClientIdentity.uefiIpxe(address(2), uuid(2))));
    }

    /**
     * A UEFI machine that boots over HTTP: program by URL, then iPXE.
     *
     * @return the machine
     */
    public static RehearsedMachine uefiX64Http() {
        return new RehearsedMachine(
                "UEFI HTTP boot",
                ClientIdentity.uefiHttp(address(3), uuid(3)),
                Optional.of(ClientIdentity.uefiIpxe(address(3), uuid(3))));
    }

    /**
     * The three above.
     *
     * @return a BIOS and two UEFI machines
     */
    public static List<RehearsedMachine> usual() {
        return List.of(biosWithIpxeRom(), uefiX64(), uefiX64Http());
    }

    private static HardwareAddress address(int number) {
        return HardwareAddress.parse("52:54:00:00:00:0" + number);
    }

    private static UUID uuid(int number) {
        return new UUID(0x5a5a_0000_0000_4000L, 0x8000_0000_0000_0000L | number);
    }
}
