package dev.pxekit.media.internal.detection;

import dev.pxekit.media.BootFiles;
import dev.pxekit.media.DistributionFamily;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Live discs of Ubuntu and its derivatives, such as Linux Mint: {@code casper/vmlinuz} with {@code casper/initrd}, and those of the
 * hardware enablement kernel. What they install with is subiquity (servers, of which there are live discs from 17.10 on, and desktops
 * since they have {@code casper/install-sources.yaml}, 23.04) or ubiquity.
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

    /**
     * The first version of Ubuntu whose subiquity reads answers, and whose casper loads an image. Linux Mint, which has the same casper,
     * happens to count alike: 20 stems from 20.04.
     */
    private static final int FIRST_WITH_IMAGES_AND_ANSWERS = 20;

    private static final List<String> COUNTED_LIKE_UBUNTU = List.of("buntu", "linux mint");

    private static final Installer OLD_UBIQUITY =
            new Installer(CasperDetector::nfs, CasperDetector::preseed, Installer.Source.TREE_OVER_NFS);
    private static final Installer OLD_SUBIQUITY =
            new Installer(CasperDetector::nfs, file -> List.of(), Installer.Source.TREE_OVER_NFS);
    private static final Installer UBIQUITY =
            new Installer(url -> arguments(url, List.of()), CasperDetector::preseed, Installer.Source.IMAGE);

    /** For cloud-init {@code url=} is where its own configuration lies: it would load the image a second time. */
    private static final Installer SUBIQUITY = new Installer(
            url -> arguments(url, List.of("cloud-config-url=/dev/null")),
            CasperDetector::cloudInit,
            Installer.Source.IMAGE);

    private static List<String> nfs(URI tree) {
        return List.of("boot=casper", "ip=dhcp", "netboot=nfs", "nfsroot=" + Installer.nfsPath(tree));
    }

    private static List<String> arguments(URI url, List<String> more) {
        return Installer.isNfs(url)
                ? nfs(url)
                : Stream.concat(Stream.of("boot=casper", "ip=dhcp", "netboot=url", "url=" + url), more.stream())
                        .toList();
    }

    private static List<String> cloudInit(URI directory) {
        return List.of("autoinstall", "ds=nocloud-net;s=" + Installer.below(directory, ""));
    }

    /** Not {@code preseed/url=}: casper either does not know it or asks for a URL that begins with it. */
    private static List<String> preseed(URI file) {
        return List.of("automatic-ubiquity", "url=" + file);
    }

    @Override
    public Optional<DetectedTree> detect(TreeFiles tree) throws IOException {
        List<BootFiles> files = new ArrayList<>();
        CompleteBootFiles.pair(tree, "", "casper", KERNELS, INITRDS).ifPresent(files::add);
        CompleteBootFiles.pair(tree, "hwe", "casper", List.of("hwe-vmlinuz"), List.of("hwe-initrd"))
                .ifPresent(files::add);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Optional<DiskInfo> info = DiskInfo.read(tree);
        Optional<String> sources = tree.text(SOURCES);
        return Optional.of(new DetectedTree.Builder(
                        tree,
                        DistributionFamily.UBUNTU,
                        installer(sources.isPresent() || isServer(info), isOld(info)),
                        "a live system with casper")
                .describe(info)
                .variant(sources.flatMap(CasperDetector::defaultSource))
                .packageRepositories(Repositories.ofDebian(tree))
                .answerFiles(ANSWER_FILES)
                .build(files));
    }

    private static Installer installer(boolean subiquity, boolean old) {
        if (old) {
            return subiquity ? OLD_SUBIQUITY : OLD_UBIQUITY;
        }
        return subiquity ? SUBIQUITY : UBIQUITY;
    }

    private static boolean isServer(Optional<DiskInfo> info) {
        return name(info).map(name -> name.contains("server")).orElse(true);
    }

    private static boolean isOld(Optional<DiskInfo> info) {
        int major = info.flatMap(DiskInfo::version).flatMap(Version::major).orElse(FIRST_WITH_IMAGES_AND_ANSWERS);
        return major < FIRST_WITH_IMAGES_AND_ANSWERS
                && name(info)
                        .filter(name -> COUNTED_LIKE_UBUNTU.stream().anyMatch(name::contains))
                        .isPresent();
    }

    private static Optional<String> name(Optional<DiskInfo> info) {
        return info.flatMap(DiskInfo::name).map(name -> name.toLowerCase(Locale.ROOT));
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
