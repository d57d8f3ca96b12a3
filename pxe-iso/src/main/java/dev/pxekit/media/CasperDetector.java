package dev.pxekit.media;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Live discs of Ubuntu and its derivatives, such as Linux Mint: {@code casper/vmlinuz} with {@code casper/initrd}, and those of the
 * hardware enablement kernel. What they install with is subiquity (servers from 17.10 on, desktops since they have
 * {@code casper/install-sources.yaml}, 23.04) or ubiquity.
 */
final class CasperDetector implements TreeDetector {

    private static final String SOURCES = "casper/install-sources.yaml";
    private static final List<String> KERNELS = List.of("vmlinuz", "vmlinuz.efi");
    private static final List<String> INITRDS = List.of("initrd", "initrd.lz", "initrd.gz", "initrd.img");
    private static final List<String> ANSWER_FILES = List.of(
            "autoinstall.yaml",
            "user-data",
            "nocloud/user-data",
            "server/user-data",
            "preseed.cfg",
            "preseed/*.seed",
            "preseed/*.cfg",
            "ks.cfg");

    /** The first version of servers whose subiquity reads answers. */
    private static final int FIRST_WITH_AUTOINSTALL = 20;

    private static final Installer SUBIQUITY =
            new Installer(CasperDetector::arguments, CasperDetector::cloudInit, true);
    private static final Installer UBIQUITY = new Installer(
            CasperDetector::arguments, file -> List.of("automatic-ubiquity", "preseed/url=" + file), true);

    private static List<String> arguments(URI url) {
        return Installer.isNfs(url)
                ? List.of("boot=casper", "ip=dhcp", "netboot=nfs", "nfsroot=" + Installer.nfsPath(url))
                : List.of("boot=casper", "ip=dhcp", "netboot=url", "url=" + url);
    }

    private static List<String> cloudInit(URI directory) {
        return List.of("autoinstall", "ds=nocloud-net;s=" + Installer.below(directory, ""));
    }

    @Override
    public Optional<InstallTree> detect(TreeFiles tree) throws IOException {
        List<BootFiles> files = new ArrayList<>();
        BootFiles.pair(tree, "", "casper", KERNELS, INITRDS).ifPresent(files::add);
        BootFiles.pair(tree, "hwe", "casper", List.of("hwe-vmlinuz"), List.of("hwe-initrd"))
                .ifPresent(files::add);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Optional<DiskInfo> info = DiskInfo.read(tree);
        Optional<String> sources = tree.text(SOURCES);
        return Optional.of(new InstallTree.Builder(
                        tree,
                        DistributionFamily.UBUNTU,
                        sources.isPresent() || hasSubiquity(info) ? SUBIQUITY : UBIQUITY,
                        "a live system with casper")
                .describe(info)
                .variant(sources.flatMap(CasperDetector::defaultSource))
                .packageRepositories(Repositories.ofDebian(tree))
                .answerFiles(ANSWER_FILES)
                .build(files));
    }

    private static boolean hasSubiquity(Optional<DiskInfo> info) {
        int major = info.flatMap(DiskInfo::version).flatMap(Version::major).orElse(FIRST_WITH_AUTOINSTALL);
        boolean server = info.flatMap(DiskInfo::name)
                .map(name -> name.toLowerCase(Locale.ROOT).contains("server"))
                .orElse(true);
        return server && major >= FIRST_WITH_AUTOINSTALL;
    }

    /** The {@code id} of the list's element with {@code default: true}, else of the first. */
    private static Optional<String> defaultSource(String yaml) {
        Optional<String> first = Optional.empty();
        Optional<String> id = Optional.empty();
        boolean standard = false;
        for (String line : (Iterable<String>) yaml.lines()::iterator) {
            if (line.startsWith("- ")) {
                if (standard && id.isPresent()) {
                    return id;
                }
                id = Optional.empty();
                standard = false;
            }
            String entry = line.startsWith("- ") || line.startsWith("  ") ? line.substring(2) : "";
            if (entry.startsWith("id:")) {
                id = Optional.of(TextFile.title(entry.substring("id:".length())));
                first = first.isEmpty() ? id : first;
            } else if (entry.startsWith("default:")) {
                standard = entry.contains("true");
            }
        }
        return standard && id.isPresent() ? id : first;
    }
}
