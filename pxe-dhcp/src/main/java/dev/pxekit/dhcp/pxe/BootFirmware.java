package dev.pxekit.dhcp.pxe;

/** What kind of program asks, as far as its packet tells. An open set: compare with the constants, expect others later. */
public final class BootFirmware {

    /** The PXE ROM of a network card or BIOS. */
    public static final BootFirmware PXE_BIOS = new BootFirmware("PXE BIOS");

    /** The PXE client of UEFI firmware. */
    public static final BootFirmware PXE_UEFI = new BootFirmware("PXE UEFI");

    /** The HTTP boot client of firmware, in practice UEFI. */
    public static final BootFirmware HTTP_BOOT = new BootFirmware("HTTP boot");

    /** iPXE, as a ROM or loaded over the network; on whatever firmware. */
    public static final BootFirmware IPXE = new BootFirmware("iPXE");

    /** A PXE client of an architecture that is neither x86 BIOS nor UEFI, such as a POWER machine or U-Boot. */
    public static final BootFirmware PXE_OTHER = new BootFirmware("PXE");

    /** No network boot: an operating system or a plain DHCP client. */
    public static final BootFirmware NONE = new BootFirmware("none");

    private final String name;

    private BootFirmware(String name) {
        this.name = name;
    }

    /** {@return a name for people} */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
