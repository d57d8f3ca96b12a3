package dev.pxekit.media.internal.detection;

import dev.pxekit.media.BootFiles;
import dev.pxekit.media.DistributionFamily;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Trees of debian-installer: the {@code netboot} archive ({@code debian-installer/ARCH/linux}), which is preferred because
 * it installs from the network; discs ({@code install.amd/vmlinuz} and its like); and the {@code mini.iso}.
 */
final class DebianInstallerDetector implements TreeDetector {

    /** A place of kernels, with the architecture and a word for the kind if it is not the first of its architecture. */
    private record Place(String directory, String architecture, String kind) {

        boolean isNetwork() {
            return directory.contains("-installer/");
        }

        /** Beside network boot files a disc's own kernels are called so; else they need no word. */
        String label(boolean besideNetwork) {
            return Stream.of(besideNetwork && !isNetwork() ? "disc" : "", architecture, kind)
                    .filter(word -> !word.isEmpty())
                    .collect(Collectors.joining(" "));
        }
    }

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
    private static final String GENERAL = "a distribution with debian-installer";
    private static final List<String> ANSWER_FILES = List.of(
            "preseed.cfg",
            "*.preseed",
            "*.seed",
            "preseed/*.seed",
            "preseed/*.cfg",
            "ks.cfg",
            "*.ks",
            "simple-cdd/*.preseed");

    /** What Ubuntu's server discs install as the base system, in place of packages, which they lack. */
    private static final String BASE_SYSTEM = "install/filesystem.squashfs";

    private static final int LAST_WITH_KICKSEED = 18;

    /** The tree as the mirror, which it can be over HTTP alone. */
    private static List<String> mirror(URI tree) {
        if (!"http".equalsIgnoreCase(tree.getScheme()) || tree.getRawAuthority() == null) {
            return List.of();
        }
        String path = tree.getRawPath().replaceFirst("/$", "");
        return List.of(
                "mirror/country=manual",
                "mirror/http/hostname=" + tree.getRawAuthority(),
                "mirror/http/directory=" + (path.isEmpty() ? "/" : path),
                "mirror/http/proxy=",
                "live-installer/net-image=" + Installer.below(tree, BASE_SYSTEM));
    }

    private static List<String> preseed(URI file) {
        return List.of("auto=true", "priority=critical", "url=" + file);
    }

    private static List<String> kickstartOrPreseed(URI file) {
        return isKickstart(file) ? List.of("ks=" + Installer.kickstartUrl(file)) : preseed(file);
    }

    /** By its name: {@code NAME.ks}, {@code ks.cfg} and its like. */
    private static boolean isKickstart(URI file) {
        String path = String.valueOf(file.getPath()).toLowerCase(Locale.ROOT);
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.endsWith(".ks") || (name.startsWith("ks") && name.endsWith(".cfg"));
    }

    @Override
    public Optional<DetectedTree> detect(TreeFiles tree) throws IOException {
        List<BootFiles> files = new ArrayList<>();
        List<String> architectures = new ArrayList<>();
        boolean ubuntu = false;
        boolean network = false;
        for (Place place : places(tree)) {
            String label = place.label(network);
            Optional<BootFiles> found = CompleteBootFiles.pair(tree, label, place.directory(), KERNELS, INITRDS)
                    .filter(CompleteBootFiles.otherThan(files));
            if (found.isPresent()) {
                ubuntu |= files.isEmpty() && place.directory().contains("ubuntu-installer/");
                network |= files.isEmpty() && place.isNetwork();
                files.add(found.get());
                if (!place.architecture().isEmpty() && !architectures.contains(place.architecture())) {
                    architectures.add(place.architecture());
                }
            }
            hardwareEnablement(tree, label, place.directory()).ifPresent(files::add);
        }
        Optional<BootFiles> mini = files.isEmpty() ? DebianMiniIso.bootFiles(tree, INITRDS) : Optional.empty();
        mini.ifPresent(files::add);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Optional<DebianRelease> release =
                mini.isPresent() ? DebianRelease.ofHelpScreen(tree) : DebianRelease.ofNetboot(tree);
        Optional<DiskInfo> info = DiskInfo.read(tree);
        ubuntu |= info.filter(DiskInfo::isUbuntu).isPresent()
                || release.filter(DebianRelease::isUbuntu).isPresent();
        Optional<String> version = info.flatMap(DiskInfo::version).or(() -> release.map(DebianRelease::version));
        return Optional.of(new DetectedTree.Builder(
                        tree,
                        ubuntu ? DistributionFamily.UBUNTU : DistributionFamily.DEBIAN,
                        Installer.ofTree(
                                network && tree.hasFile(BASE_SYSTEM)
                                        ? DebianInstallerDetector::mirror
                                        : url -> List.of(),
                                ubuntu && hasKickseed(version)
                                        ? DebianInstallerDetector::kickstartOrPreseed
                                        : DebianInstallerDetector::preseed),
                        ubuntu ? "Ubuntu" : mini.isPresent() && release.isEmpty() ? GENERAL : "Debian GNU/Linux")
                .version(version)
                .describe(info)
                .architecturesIfUnknown(mini.isPresent() ? DebianMiniIso.architectures(tree) : architectures)
                .packageRepositories(Repositories.ofDebian(tree))
                .answerFiles(ANSWER_FILES)
                .build(files));
    }

    private static boolean hasKickseed(Optional<String> version) {
        return version.flatMap(Version::major).orElse(LAST_WITH_KICKSEED) <= LAST_WITH_KICKSEED;
    }

    private static List<Place> places(TreeFiles tree) throws IOException {
        List<Place> places = new ArrayList<>();
        for (DebianNetboot.Directory directory : DebianNetboot.directories(tree)) {
            places.add(new Place(directory.name(), directory.architecture(), directory.kind()));
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
    private static Optional<BootFiles> hardwareEnablement(TreeFiles tree, String label, String directory)
            throws IOException {
        return CompleteBootFiles.pair(
                tree, (label + " hwe").strip(), directory, List.of("hwe-vmlinuz"), List.of("hwe-initrd.gz"));
    }
}
