package dev.pxekit.media.internal.detection;

import dev.pxekit.media.BootFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code mini.iso} of debian-installer: the network boot files as {@code linux} and {@code initrd.gz} at the root, beside the boot
 * loader's. Debian's says what it is in {@code .disk/info} (from version 10 on), Ubuntu's in {@code .disk/mini-info}; older ones in the
 * help screens alone. A kernel and an initrd at a root with a boot loader may be anything's, such as a rescue disc's.
 */
final class DebianMiniIso {

    private static final List<String> KERNELS = List.of("linux");

    private static final List<String> DESCRIPTIONS = List.of(".disk/info", ".disk/mini-info");

    /** In the first help screen, whatever the distribution: "installation netboot image", "installation system for". */
    private static final Pattern HELP_SCREEN =
            Pattern.compile("(?i)\\binstaller\\b|\\binstallation (?:system|(?:\\S{1,20} )?image)\\b");

    /** The entry for experts in its menu of GRUB, which is all that older ones have where there is no BIOS. */
    private static final Pattern EXPERT_ENTRY =
            Pattern.compile("\\slinux\\s{1,8}/linux\\s[^\\n]{0,200}\\bpriority=low\\b");

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
        Optional<BootFiles> files = CompleteBootFiles.pair(tree, "", ".", KERNELS, initrds);
        return files.isPresent() && isMarked(tree) ? files : Optional.empty();
    }

    private static boolean isMarked(TreeFiles tree) throws IOException {
        for (String description : DESCRIPTIONS) {
            if (tree.hasFile(description)) {
                return true;
            }
        }
        boolean menus = tree.hasFile("menu.cfg") && (tree.hasFile("txt.cfg") || tree.hasFile("adtxt.cfg"));
        return menus || contains(tree, "f1.txt", HELP_SCREEN) || contains(tree, "boot/grub/grub.cfg", EXPERT_ENTRY);
    }

    private static boolean contains(TreeFiles tree, String file, Pattern pattern) throws IOException {
        return tree.text(file).filter(text -> pattern.matcher(text).find()).isPresent();
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
