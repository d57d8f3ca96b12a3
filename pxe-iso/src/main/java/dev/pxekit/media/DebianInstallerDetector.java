package dev.pxekit.media;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Trees of debian-installer: the {@code netboot} archive ({@code debian-installer/ARCH/linux}), which is preferred because
 * it installs from the network, and discs ({@code install.amd/vmlinuz} and its like).
 */
final class DebianInstallerDetector implements TreeDetector {

    /** A place of kernels, with the architecture and a word for the kind if it is not the first of its architecture. */
    private record Place(String directory, String architecture, String kind) {

        String label() {
            return kind.isEmpty() ? architecture : (architecture + " " + kind).strip();
        }
    }

    private static final List<String> NETBOOT_DIRECTORIES = List.of(
            "debian-installer/*",
            "install/netboot/debian-installer/*",
            "ubuntu-installer/*",
            "install/netboot/ubuntu-installer/*");

    /** Directories of discs and the architectures that they are named after. */
    private static final List<List<String>> DISC_DIRECTORIES = List.of(
            List.of("install.amd", "amd64"),
            List.of("install.386", "i386"),
            List.of("install.a64", "arm64"),
            List.of("install.ahf", "armhf"),
            List.of("install.rv64", "riscv64"),
            List.of("install.loong64", "loong64"),
            List.of("install", ""),
            List.of("d-i", ""));

    private static final List<String> KINDS = List.of("", "gtk", "xen");
    private static final List<String> KERNELS = List.of("vmlinuz", "linux", "vmlinux");
    private static final List<String> INITRDS = List.of("initrd.gz");
    private static final Pattern VERSION = Pattern.compile("(Debian|Ubuntu) version:\\s{0,20}(\\S+)");
    private static final List<String> ANSWER_FILES = List.of(
            "preseed.cfg",
            "*.preseed",
            "*.seed",
            "preseed/*.seed",
            "preseed/*.cfg",
            "ks.cfg",
            "*.ks",
            "simple-cdd/*.preseed");

    private static final Installer INSTALLER =
            Installer.ofTree(tree -> List.of(), file -> List.of("auto=true", "priority=critical", "url=" + file));

    @Override
    public Optional<InstallTree> detect(TreeFiles tree) throws IOException {
        List<BootFiles> files = new ArrayList<>();
        List<String> architectures = new ArrayList<>();
        boolean ubuntu = false;
        for (Place place : places(tree)) {
            Optional<BootFiles> found = pair(tree, place, "");
            if (found.isPresent()) {
                ubuntu |= files.isEmpty() && place.directory().contains("ubuntu-installer/");
                files.add(found.get());
                if (!place.architecture().isEmpty() && !architectures.contains(place.architecture())) {
                    architectures.add(place.architecture());
                }
            }
            pair(tree, place, "hwe").ifPresent(files::add);
        }
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Optional<DiskInfo> info = DiskInfo.read(tree);
        ubuntu |= info.filter(DiskInfo::isUbuntu).isPresent();
        return Optional.of(new InstallTree.Builder(
                        tree,
                        ubuntu ? DistributionFamily.UBUNTU : DistributionFamily.DEBIAN,
                        INSTALLER,
                        ubuntu ? "Ubuntu" : "Debian GNU/Linux")
                .version(netbootVersion(tree))
                .describe(info)
                .architecturesIfUnknown(architectures)
                .packageRepositories(Repositories.ofDebian(tree))
                .answerFiles(ANSWER_FILES)
                .build(files));
    }

    private static List<Place> places(TreeFiles tree) throws IOException {
        List<Place> places = new ArrayList<>();
        for (String pattern : NETBOOT_DIRECTORIES) {
            for (String directory : tree.expand(pattern)) {
                places.add(new Place(directory, directory.substring(directory.lastIndexOf('/') + 1), ""));
            }
        }
        for (List<String> directory : DISC_DIRECTORIES) {
            for (String kind : KINDS) {
                String path = directory.get(0) + (kind.isEmpty() ? "" : "/" + kind);
                places.add(new Place(path, directory.get(1), kind));
            }
        }
        return places;
    }

    /** The hardware enablement kernel of Ubuntu 16.04 and 18.04 has names of its own. */
    private static Optional<BootFiles> pair(TreeFiles tree, Place place, String kernel) throws IOException {
        if (kernel.isEmpty()) {
            return BootFiles.pair(tree, place.label(), place.directory(), KERNELS, INITRDS);
        }
        return BootFiles.pair(
                tree,
                (place.label() + " " + kernel).strip(),
                place.directory(),
                List.of(kernel + "-vmlinuz"),
                List.of(kernel + "-initrd.gz"));
    }

    private static Optional<String> netbootVersion(TreeFiles tree) throws IOException {
        return tree.text("version.info")
                .map(VERSION::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(2));
    }
}
