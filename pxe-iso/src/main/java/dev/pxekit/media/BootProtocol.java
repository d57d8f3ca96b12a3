package dev.pxekit.media;

/** How a boot loader starts an installer, in other words what {@link InstallTree#kernel()} and what is loaded with it are. */
public enum BootProtocol {
    /** The Linux boot protocol: a kernel and the initrds that it unpacks one after the other. */
    LINUX,
    /**
     * ESXi's own, which only its boot loader speaks ({@code mboot.c32} on BIOS, {@code efi/boot/bootx64.efi} on UEFI): the kernel and
     * the modules that {@code boot.cfg} names, in its order.
     */
    ESXI,
    /**
     * Windows' boot manager. A network boot loader does not start it by itself: iPXE's {@code wimboot} takes the boot manager and the
     * files with it, under their last names, as a disk in memory.
     */
    WINDOWS
}
