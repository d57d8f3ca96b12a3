package dev.pxekit.media.internal.detection;

import dev.pxekit.media.BootFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The {@code mini.iso} of debian-installer: the network boot files as {@code linux} and {@code initrd.gz} at the root, beside the boot
 * loader's. Debian's says what it is in {@code .disk/info} (from version 10 on), Ubuntu's in {@code .disk/mini-info}; older ones in the
 * help screens alone.
 */
final class DebianMiniIso {

    private static final List<String> KERNELS = List.of("linux");

    /** A kernel and an initrd at a root may be anything's; not so beside one of these. */
    private static final List<String> MARKS =
            List.of(".disk/info", ".disk/mini-info", "isolinux.bin", "boot/grub/grub.cfg");

    /** The directories of GRUB's modules; in this order, since 32-bit firmware may start 64-bit systems too. */
    private static final List<Map.Entry<String, String>> GRUB_PLATFORMS = List.of(
            Map.entry("boot/grub/x86_64-efi", "amd64"),
            Map.entry("boot/grub/i386-efi", "i386"),
            Map.entry("boot/grub/arm64-efi", "arm64"),
            Map.entry("boot/grub/arm-efi", "armhf"),
            Map.entry("boot/grub/riscv64-efi", "riscv64"),
            Map.entry("boot/grub/loongarch64-efi", "loong64"));

    private DebianMiniIso() {}

    static Optional<BootFiles> bootFiles(TreeFiles tree, List<String> initrds) throws IOException {
        for (String mark : MARKS) {
            if (tree.hasFile(mark)) {
                return CompleteBootFiles.pair(tree, "", ".", KERNELS, initrds);
            }
        }
        return Optional.empty();
    }

    /** The architecture that its boot loader for UEFI is for, if it has one. */
    static List<String> architectures(TreeFiles tree) throws IOException {
        for (Map.Entry<String, String> platform : GRUB_PLATFORMS) {
            if (tree.hasDirectory(platform.getKey())) {
                return List.of(platform.getValue());
            }
        }
        return List.of();
    }
}
