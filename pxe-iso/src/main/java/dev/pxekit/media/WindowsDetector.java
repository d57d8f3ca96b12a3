package dev.pxekit.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Windows from Vista on: {@code sources/boot.wim} with the boot manager. What it installs, the description in
 * {@code sources/install.wim}, {@code .esd} or {@code .swm} says; else that of {@code boot.wim}, {@code ei.cfg} and
 * {@code idwbinfo.txt}.
 */
final class WindowsDetector implements TreeDetector {

    private static final String SETUP = "sources/boot.wim";
    private static final List<String> BOOT_MANAGERS =
            List.of("bootmgr", "bootmgr.efi", "efi/boot/bootx64.efi", "efi/boot/bootaa64.efi", "efi/boot/bootia32.efi");
    private static final List<String> DESCRIBED =
            List.of("sources/install.wim", "sources/install.esd", "sources/install.swm", SETUP);

    private static final Installer INSTALLER = Installer.ofTree(tree -> List.of(), file -> List.of());

    @Override
    public Optional<InstallTree> detect(TreeFiles tree) throws IOException {
        Optional<BootFiles> files = bootFiles(tree);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        WindowsImage image = describe(tree);
        Ini build = Ini.parse(tree.text("sources/idwbinfo.txt").orElse(""));
        List<String> architectures = UefiArchitecture.of(tree, UefiArchitecture::windowsName);
        return Optional.of(new InstallTree.Builder(tree, DistributionFamily.WINDOWS, INSTALLER, "Windows")
                .protocol(BootProtocol.WINDOWS)
                .name(image.product())
                .version(image.version().or(() -> build.get("BUILDINFO", "BuildBranch")))
                .variant(edition(tree).or(image::editions))
                .architecturesIfUnknown(image.architectures())
                .architecturesIfUnknown(
                        build.get("BUILDINFO", "BuildArch").map(word -> word.toLowerCase(Locale.ROOT)).stream()
                                .toList())
                .architecturesIfUnknown(architectures)
                .answerFiles(List.of("autounattend.xml", "unattend.xml", "sources/unattend.xml"))
                .build(List.of(files.get())));
    }

    /** In the order in which the documentation of wimboot gives them to it. */
    private static Optional<BootFiles> bootFiles(TreeFiles tree) throws IOException {
        for (String manager : BOOT_MANAGERS) {
            Optional<BootFiles> files = BootFiles.find(tree, "", manager, List.of("boot/bcd", "boot/boot.sdi", SETUP));
            if (files.isPresent()) {
                return files;
            }
        }
        return Optional.empty();
    }

    private static WindowsImage describe(TreeFiles tree) throws IOException {
        for (String name : DESCRIBED) {
            Optional<Path> file = tree.file(name);
            if (file.isPresent()) {
                Optional<WindowsImage> image = WindowsImage.read(file.get());
                if (image.isPresent()) {
                    return image.get();
                }
            }
        }
        return WindowsImage.UNKNOWN;
    }

    /** The line after {@code [EditionID]} in {@code ei.cfg}. */
    private static Optional<String> edition(TreeFiles tree) throws IOException {
        return tree.text("sources/ei.cfg")
                .orElse("")
                .lines()
                .map(TextFile::title)
                .filter(line -> !line.isEmpty())
                .dropWhile(line -> !line.equalsIgnoreCase("[EditionID]"))
                .skip(1)
                .findFirst()
                .filter(line -> !line.startsWith("["));
    }
}
