package dev.pxekit.dhcp.pxe;

/**
 * What kind of program asks, as far as its packet tells; {@link BootClient} has the conditions. An open set: compare with the
 * constants, expect others later.
 */
public final class BootFirmware {

    /** The PXE ROM of a network card or BIOS. PXELINUX looks the same: it asks through the ROM and has no DHCP of its own. */
    public static final BootFirmware PXE_BIOS = new BootFirmware("PXE BIOS");

    /** The PXE client of UEFI firmware. */
    public static final BootFirmware PXE_UEFI = new BootFirmware("PXE UEFI");

    /** The HTTP boot client of firmware, in practice UEFI. */
    public static final BootFirmware HTTP_BOOT = new BootFirmware("HTTP boot");

    /** iPXE, as a ROM or loaded over the network; on whatever firmware. */
    public static final BootFirmware IPXE = new BootFirmware("iPXE");

    /** gPXE, from which iPXE came, also as gpxelinux.0; it does not know iPXE's later commands. */
    public static final BootFirmware GPXE = new BootFirmware("gPXE");

    /** U-Boot, with its own vendor class or as a PXE or HTTP client of U-Boot's architectures. */
    public static final BootFirmware U_BOOT = new BootFirmware("U-Boot");

    /** The boot ROM or EEPROM boot loader of a Raspberry Pi, which takes no boot file name and is no x86 BIOS. */
    public static final BootFirmware RASPBERRY_PI = new BootFirmware("Raspberry Pi");

    /** GRUB's own DHCP client. */
    public static final BootFirmware GRUB = new BootFirmware("GRUB");

    /** Apple's Boot Service Discovery Protocol (NetBoot), which PXE's replies do not answer. */
    public static final BootFirmware APPLE_BSDP = new BootFirmware("Apple BSDP");

    /** A PXE client of an architecture that is neither x86 BIOS nor UEFI, or that names none. */
    public static final BootFirmware PXE_OTHER = new BootFirmware("PXE");

    /** Anaconda, the installer of Fedora and Red Hat Enterprise Linux, in its initial RAM disk or later. */
    public static final BootFirmware ANACONDA = new BootFirmware("Anaconda");

    /** The Debian installer, also that of Ubuntu up to 20.04. */
    public static final BootFirmware DEBIAN_INSTALLER = new BootFirmware("Debian installer");

    /** Windows and Windows PE. */
    public static final BootFirmware WINDOWS = new BootFirmware("Windows");

    /** The DHCP client of an initial RAM disk with klibc, as of Debian and Ubuntu. */
    public static final BootFirmware KLIBC = new BootFirmware("klibc ipconfig");

    /** udhcpc of BusyBox: small systems, and the initial RAM disk of Alpine. */
    public static final BootFirmware UDHCPC = new BootFirmware("udhcpc");

    /** dhcpcd. */
    public static final BootFirmware DHCPCD = new BootFirmware("dhcpcd");

    /** The DHCP client of systemd. */
    public static final BootFirmware SYSTEMD = new BootFirmware("systemd-networkd");

    /** ISC dhclient. */
    public static final BootFirmware DHCLIENT = new BootFirmware("dhclient");

    /** None of the others: some operating system's DHCP client, a server, or a packet that does not tell. */
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
