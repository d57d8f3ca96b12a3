package dev.pxekit.media;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Trees of debian-installer: the {@code netboot} archive ({@code debian-installer/ARCH/linux}), which is preferred because
 * it installs from the network, and discs ({@code install.amd/vmlinuz} and its like).
 */
final class DebianInstallerDetector implements TreeDetector {

    private static final Map<String, DistributionFamily> NETBOOT_DIRECTORIES = Map.of(
            "debian-installer", DistributionFamily.DEBIAN,
            "install/netboot/debian-installer", DistributionFamily.DEBIAN,
            "ubuntu-installer", DistributionFamily.UBUNTU,
            "install/netboot/ubuntu-installer", DistributionFamily.UBUNTU);

    /** Directories of discs and the architectures that they are named after. */
    private static final List<Map.Entry<String, String>> DISC_DIRECTORIES = List.of(
            Map.entry("install.amd", "amd64"),
            Map.entry("install.386", "i386"),
            Map.entry("install.a64", "arm64"),
            Map.entry("install", ""));

    private static final List<String> KERNELS = List.of("vmlinuz", "linux");
    private static final List<String> INITRDS = List.of("initrd.gz");
    private static final Pattern VERSION = Pattern.compile("(Debian|Ubuntu) version:\\s*(\\S+)");

    @Override
    public Optional<InstallTree> detect(Path root) throws IOException {
        for (String directory : NETBOOT_DIRECTORIES.keySet().stream().sorted().toList()) {
            Optional<InstallTree> tree = netboot(root, directory);
            if (tree.isPresent()) {
                return tree;
            }
        }
        for (Map.Entry<String, String> directory : DISC_DIRECTORIES) {
            Optional<InstallTree> tree = disc(root, directory.getKey(), directory.getValue());
            if (tree.isPresent()) {
                return tree;
            }
        }
        return Optional.empty();
    }

    private static Optional<InstallTree> netboot(Path root, String directory) throws IOException {
        Path parent = root.resolve(directory);
        if (!Files.isDirectory(parent)) {
            return Optional.empty();
        }
        String first = "";
        try (DirectoryStream<Path> architectures = Files.newDirectoryStream(parent)) {
            for (Path path : architectures) {
                String architecture = String.valueOf(path.getFileName());
                boolean bootable = BootFiles.find(root, directory + "/" + architecture, KERNELS, INITRDS)
                        .isPresent();
                if (bootable && (first.isEmpty() || architecture.compareTo(first) < 0)) {
                    first = architecture;
                }
            }
        }
        DistributionFamily family = NETBOOT_DIRECTORIES.getOrDefault(directory, DistributionFamily.DEBIAN);
        InstallTree.Builder builder = builder(root, family)
                .version(netbootVersion(root))
                .architecture(Optional.of(first).filter(text -> !text.isEmpty()));
        describe(builder, DiskInfo.read(root));
        return first.isEmpty()
                ? Optional.empty()
                : BootFiles.find(root, directory + "/" + first, KERNELS, INITRDS)
                        .map(builder::build);
    }

    private static Optional<String> netbootVersion(Path root) throws IOException {
        return TextFile.read(root.resolve("version.info"))
                .map(VERSION::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(2));
    }

    private static Optional<InstallTree> disc(Path root, String directory, String architecture) throws IOException {
        Optional<BootFiles> files = BootFiles.find(root, directory, KERNELS, INITRDS);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Optional<DiskInfo> info = DiskInfo.read(root);
        boolean ubuntu = info.filter(DiskInfo::isUbuntu).isPresent();
        InstallTree.Builder builder = builder(root, ubuntu ? DistributionFamily.UBUNTU : DistributionFamily.DEBIAN);
        describe(builder, info);
        builder.architecture(Optional.of(architecture).filter(text -> !text.isEmpty()));
        return files.map(builder::build);
    }

    private static InstallTree.Builder builder(Path root, DistributionFamily family) {
        String name = family == DistributionFamily.UBUNTU ? "Ubuntu" : "Debian GNU/Linux";
        return new InstallTree.Builder(root, family, Installer.DEBIAN_INSTALLER, name);
    }

    private static void describe(InstallTree.Builder builder, Optional<DiskInfo> info) {
        builder.name(info.flatMap(DiskInfo::name)).version(info.flatMap(DiskInfo::version));
        builder.architecture(info.flatMap(DiskInfo::architecture));
    }
}
