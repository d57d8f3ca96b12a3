package dev.pxekit.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Trees of the Red Hat family: {@code .treeinfo} (productmd, and its forerunner since Fedora 7 and RHEL 5), else
 * {@code .discinfo}, which all discs have; kernels where one of these says, else in {@code images/pxeboot} or
 * {@code isolinux}.
 */
final class AnacondaDetector implements TreeDetector {

    private static final List<String> DIRECTORIES = List.of("images/pxeboot", "isolinux", "images/kernel");
    private static final List<String> KERNELS = List.of("vmlinuz");
    private static final List<String> INITRDS = List.of("initrd.img");

    private static final int FIRST_FEDORA_WITH_PREFIX = 17;
    private static final int FIRST_RHEL_WITH_PREFIX = 7;
    private static final List<String> REBUILDS =
            List.of("red hat", "rhel", "centos", "scientific", "oracle", "springdale", "cloudlinux");

    @Override
    public Optional<InstallTree> detect(Path root) throws IOException {
        Optional<Ini> treeinfo = TextFile.read(root.resolve(".treeinfo")).map(Ini::parse);
        if (treeinfo.isPresent()) {
            return fromTreeinfo(root, treeinfo.get());
        }
        Optional<List<String>> discinfo = TextFile.read(root.resolve(".discinfo"))
                .map(text -> text.lines().map(String::strip).toList());
        if (discinfo.isPresent()) {
            return fromDiscinfo(root, discinfo.get());
        }
        return BootFiles.find(root, "images/pxeboot", KERNELS, INITRDS)
                .map(files -> builder(root, Optional.empty(), Optional.empty()).build(files));
    }

    private static Optional<InstallTree> fromTreeinfo(Path root, Ini treeinfo) {
        Optional<String> name = treeinfo.get("release", "name").or(() -> treeinfo.get("general", "family"));
        Optional<String> version = treeinfo.get("release", "version").or(() -> treeinfo.get("general", "version"));
        Optional<String> architecture = treeinfo.get("tree", "arch").or(() -> treeinfo.get("general", "arch"));
        String images = "images-" + architecture.orElse("");
        Optional<BootFiles> files = treeinfo.get(images, "kernel")
                .flatMap(kernel ->
                        treeinfo.get(images, "initrd").flatMap(initrd -> BootFiles.find(root, kernel, initrd)))
                .or(() -> wellKnown(root));
        return files.map(
                found -> builder(root, name, version).architecture(architecture).build(found));
    }

    /** Lines: time stamp, name and version or the version alone, architecture, disc numbers. */
    private static Optional<InstallTree> fromDiscinfo(Path root, List<String> discinfo) {
        Optional<String> title = line(discinfo, 1).map(TextFile::title);
        Optional<String> name =
                title.map(text -> text.replaceFirst("\\s*\\bV?\\d.*", "")).filter(text -> !text.isEmpty());
        Optional<String> version =
                title.map(text -> text.replaceFirst("^\\D*?(?=V?\\d|$)", "")).filter(text -> !text.isEmpty());
        return wellKnown(root)
                .map(files -> builder(root, name, version)
                        .architecture(line(discinfo, 2))
                        .build(files));
    }

    private static Optional<String> line(List<String> lines, int index) {
        return lines.stream().skip(index).findFirst().filter(line -> !line.isEmpty());
    }

    private static Optional<BootFiles> wellKnown(Path root) {
        return DIRECTORIES.stream()
                .flatMap(directory -> BootFiles.find(root, directory, KERNELS, INITRDS).stream())
                .findFirst();
    }

    private static InstallTree.Builder builder(Path root, Optional<String> name, Optional<String> version) {
        Installer installer =
                isOld(name.orElse(""), version.flatMap(Version::major).orElse(Integer.MAX_VALUE))
                        ? Installer.OLD_ANACONDA
                        : Installer.ANACONDA;
        return new InstallTree.Builder(root, DistributionFamily.RED_HAT, installer, "a distribution with Anaconda")
                .name(name)
                .version(version);
    }

    private static boolean isOld(String name, int major) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.startsWith("fedora")) {
            return major < FIRST_FEDORA_WITH_PREFIX;
        }
        return major < FIRST_RHEL_WITH_PREFIX && REBUILDS.stream().anyMatch(lower::startsWith);
    }
}
