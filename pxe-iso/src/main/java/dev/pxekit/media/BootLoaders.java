package dev.pxekit.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What firmware loads from a tree, where distributions put it. */
final class BootLoaders {
    private static final List<String> BIOS = List.of(
            "isolinux/isolinux.bin",
            "isolinux.bin",
            "boot/isolinux/isolinux.bin",
            "syslinux/isolinux.bin",
            "boot/syslinux/isolinux.bin",
            "boot/*/loader/isolinux.bin",
            "boot/*/eltorito.img",
            "images/eltorito.img",
            "boot/grub/i386-pc/eltorito.img",
            "boot/grub/bios.img",
            "boot/etfsboot.com",
            "mboot.c32",
            "pxelinux.0",
            "install/netboot/pxelinux.0",
            "install/netboot/ubuntu-installer/*/pxelinux.0",
            "debian-installer/*/pxelinux.0",
            "ubuntu-installer/*/pxelinux.0");

    private static final List<String> UEFI = List.of(
            "EFI/BOOT/*.efi",
            "EFI/*/shim*.efi",
            "EFI/*/grub*.efi",
            "bootmgr.efi",
            "images/efiboot.img",
            "boot/*/efi",
            "boot/grub/efi.img",
            "efi.img",
            "efiboot.img",
            "efi/microsoft/boot/efisys.bin",
            "debian-installer/*/*.efi",
            "ubuntu-installer/*/*.efi");

    private BootLoaders() {}

    static List<Path> bios(TreeFiles tree) throws IOException {
        return tree.matching(BIOS);
    }

    static List<Path> uefi(TreeFiles tree) throws IOException {
        return tree.matching(UEFI);
    }
}
