package dev.pxekit.media.internal.detection;

import dev.pxekit.media.BootFiles;
import dev.pxekit.media.BootProtocol;
import dev.pxekit.media.DistributionFamily;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Windows from Vista on: {@code sources/boot.wim} with the boot manager. What it installs, the description in
 * {@code sources/install.wim}, {@code .esd} or {@code .swm} says; else that of {@code boot.wim}, {@code ei.cfg} and
 * {@code idwbinfo.txt}. Media for two architectures, as the Media Creation Tool makes them, have a whole disc in {@code x64} and in
 * {@code x86}, and at the root a boot menu that leads to them.
 */
final class WindowsDetector implements TreeDetector {

    private static final String SETUP = "sources/boot.wim";
    private static final List<String> BOOT_MANAGERS =
            List.of("bootmgr", "bootmgr.efi", "efi/boot/bootx64.efi", "efi/boot/bootaa64.efi", "efi/boot/bootia32.efi");
    private static final List<String> DESCRIBED =
            List.of("sources/install.wim", "sources/install.esd", "sources/install.swm", SETUP);

    /** A disc in a tree, with its directory and its architecture if that is known by it. */
    private record Disc(String directory, String architecture) {

        /** In the order in which the documentation of wimboot gives them to it. */
        Optional<BootFiles> bootFiles(TreeFiles tree) throws IOException {
            for (String manager : BOOT_MANAGERS) {
                Optional<BootFiles> files = CompleteBootFiles.find(
                        tree,
                        architecture,
                        directory + manager,
                        List.of(directory + "boot/bcd", directory + "boot/boot.sdi", directory + SETUP));
                if (files.isPresent()) {
                    return files;
                }
            }
            return Optional.empty();
        }
    }

    /** That tool makes none with arm64, for which Windows comes on discs of its own. */
    private static final List<Disc> HALVES = List.of(new Disc("x64/", "amd64"), new Disc("x86/", "x86"));

    private static final List<Disc> DISCS =
            Stream.concat(Stream.of(new Disc("", "")), HALVES.stream()).toList();

    private static final Installer INSTALLER = Installer.ofTree(tree -> List.of(), file -> List.of());

    /** Names of files, or patterns, in each of the directories that have a whole disc on media for two architectures. */
    static Stream<String> inHalves(String... names) {
        return HALVES.stream().flatMap(half -> Stream.of(names).map(name -> half.directory() + name));
    }

    @Override
    public Optional<DetectedTree> detect(TreeFiles tree) throws IOException {
        List<BootFiles> files = new ArrayList<>();
        List<Disc> discs = new ArrayList<>();
        for (Disc disc : DISCS) {
            Optional<BootFiles> found = disc.bootFiles(tree);
            if (found.isPresent()) {
                files.add(found.get());
                discs.add(disc);
            }
        }
        if (files.isEmpty()) {
            return Optional.empty();
        }
        String first = discs.get(0).directory();
        WindowsImage image = describe(tree, first);
        Ini build = Ini.parse(tree.text(first + "sources/idwbinfo.txt").orElse(""));
        return Optional.of(new DetectedTree.Builder(tree, DistributionFamily.WINDOWS, INSTALLER, "Windows")
                .protocol(BootProtocol.WINDOWS)
                .name(image.product())
                .version(image.version().or(() -> build.get("BUILDINFO", "BuildBranch")))
                .variant(edition(tree, first).or(image::editions))
                .architectures(Stream.concat(
                                first.isEmpty() ? architecturesOfRoot(tree, image, build).stream() : Stream.empty(),
                                discs.stream().map(Disc::architecture).filter(known -> !known.isEmpty()))
                        .distinct()
                        .toList())
                .answerFiles(List.of("autounattend.xml", "unattend.xml", "sources/unattend.xml"))
                .build(files));
    }

    /** Those of a disc whose directory does not tell. */
    private static List<String> architecturesOfRoot(TreeFiles tree, WindowsImage image, Ini build) throws IOException {
        if (!image.architectures().isEmpty()) {
            return image.architectures();
        }
        Optional<String> built = build.get("BUILDINFO", "BuildArch").map(word -> word.toLowerCase(Locale.ROOT));
        return built.isPresent() ? List.of(built.get()) : UefiArchitecture.of(tree, UefiArchitecture::windowsName);
    }

    private static WindowsImage describe(TreeFiles tree, String directory) throws IOException {
        for (String name : DESCRIBED) {
            Optional<Path> file = tree.file(directory + name);
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
    private static Optional<String> edition(TreeFiles tree, String directory) throws IOException {
        return tree.text(directory + "sources/ei.cfg")
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
