package dev.pxekit.media.internal.detection;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The menus of a tree's boot loaders, where distributions put them. */
final class BootMenus {

    private static final List<String> PLACES = List.of(
            "isolinux/*.cfg",
            "isolinux.cfg",
            "menu.cfg",
            "*txt.cfg",
            "*gtk.cfg",
            "syslinux/*.cfg",
            "boot/isolinux/*.cfg",
            "boot/syslinux/*.cfg",
            "boot/*/loader/isolinux.cfg",
            "EFI/BOOT/*.cfg",
            "EFI/*/grub.cfg",
            "EFI/*/grub.conf",
            "boot/grub/*.cfg",
            "boot/grub2/grub.cfg",
            "boot/*/grub2-*/grub.cfg",
            "boot.cfg",
            "loader/loader.conf",
            "loader/entries/*.conf");

    private static final List<String> NETWORK_ROOTS = List.of("pxelinux.cfg/*");
    private static final List<String> NETWORK = List.of("grub/grub.cfg", "pxelinux.cfg/*", "boot-screens/*.cfg");

    private BootMenus() {}

    static List<Path> find(TreeFiles tree) throws IOException {
        return tree.matching(DebianNetboot.with(tree, PLACES, NETWORK_ROOTS, NETWORK));
    }

    /**
     * The rest of the line from a text on, in the first menu that has it: what live discs call themselves stands nowhere else.
     */
    static Optional<String> lineWith(TreeFiles tree, String text) throws IOException {
        for (Path menu : find(tree)) {
            String content = TextFile.read(menu);
            int start = content.indexOf(text);
            if (start >= 0) {
                String rest = content.substring(start, Math.min(content.length(), start + 1000));
                return rest.lines().findFirst().map(TextFile::title);
            }
        }
        return Optional.empty();
    }
}
