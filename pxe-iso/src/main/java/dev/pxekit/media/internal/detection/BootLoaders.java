package dev.pxekit.media.internal.detection;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What firmware loads from a tree, where distributions put it. */
final class BootLoaders {
    private static final List<String> BIOS = with(
            WindowsDetector.inHalves("boot/etfsboot.com"),
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
            "mboot.c32");

    private static final List<String> BIOS_NETWORK = List.of("pxelinux.0");

    private static final List<String> UEFI = with(
            WindowsDetector.inHalves("efi/boot/*.efi", "bootmgr.efi"),
            "EFI/BOOT/*.efi",
            "EFI/*/shim*.efi",
            "EFI/*/grub*.efi",
            "bootmgr.efi",
            "images/efiboot.img",
            "boot/*/efi",
            "boot/grub/efi.img",
            "efi.img",
            "efiboot.img",
            "efi/microsoft/boot/efisys.bin");

    private static final List<String> UEFI_NETWORK = List.of("*.efi");

    private BootLoaders() {}

    private static List<String> with(Stream<String> last, String... names) {
        return Stream.concat(Stream.of(names), last).toList();
    }

    static List<Path> bios(TreeFiles tree) throws IOException {
        return tree.matching(DebianNetboot.with(tree, BIOS, BIOS_NETWORK, BIOS_NETWORK));
    }

    static List<Path> uefi(TreeFiles tree) throws IOException {
        return tree.matching(DebianNetboot.with(tree, UEFI, List.of(), UEFI_NETWORK));
    }
}
