package dev.pxekit.media.internal.detection;

import dev.pxekit.media.BootFiles;
import dev.pxekit.media.DistributionFamily;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Alpine Linux: {@code boot/vmlinuz-FLAVOR} with {@code initramfs-FLAVOR} and {@code modloop-FLAVOR}; the packages are in
 * {@code apks}. {@code .alpine-release} says "alpine-standard-3.19.1 240126".
 */
final class AlpineDetector implements TreeDetector {

    private static final String KERNEL = "boot/vmlinuz-";
    private static final String PREFIX = "alpine-";

    @Override
    public Optional<DetectedTree> detect(TreeFiles tree) throws IOException {
        List<BootFiles> files = new ArrayList<>();
        for (String kernel : tree.expand(KERNEL + "*")) {
            String flavor = kernel.substring(KERNEL.length());
            if (tree.hasFile("boot/modloop-" + flavor)) {
                CompleteBootFiles.find(tree, flavor, kernel, List.of("boot/initramfs-" + flavor))
                        .ifPresent(files::add);
            }
        }
        if (files.isEmpty()) {
            return Optional.empty();
        }
        String modloop = "boot/modloop-" + files.get(0).label();
        Installer installer = Installer.ofTree(url -> arguments(url, modloop), overlay -> List.of("apkovl=" + overlay));
        String release = tree.text(".alpine-release")
                .map(TextFile::title)
                .map(text -> text.split(" ", 2)[0])
                .orElse("");
        int version = versionStart(release);
        return Optional.of(new DetectedTree.Builder(tree, DistributionFamily.ALPINE, installer, "Alpine Linux")
                .version(version < 0 ? Optional.empty() : Optional.of(release.substring(version)))
                .variant(
                        release.startsWith(PREFIX) && version > PREFIX.length()
                                ? Optional.of(release.substring(PREFIX.length(), version - 1))
                                : Optional.empty())
                .architectures(architectures(tree))
                .packageRepositories(tree.directory("apks").stream().toList())
                .answerFiles(List.of("*.apkovl.tar.gz"))
                .build(files));
    }

    private static List<String> arguments(URI tree, String modloop) {
        return List.of(
                "ip=dhcp",
                "modules=loop,squashfs",
                "modloop=" + Installer.below(tree, modloop),
                "alpine_repo=" + Installer.below(tree, "apks"));
    }

    private static int versionStart(String release) {
        for (int at = 0; at < release.length(); at = release.indexOf('-', at) + 1) {
            if (Version.isLikely(release.substring(at))) {
                return at;
            }
            if (release.indexOf('-', at) < 0) {
                return -1;
            }
        }
        return -1;
    }

    private static List<String> architectures(TreeFiles tree) throws IOException {
        List<String> architectures = new ArrayList<>();
        for (String name : tree.names("apks")) {
            if (tree.hasFile("apks/" + name + "/APKINDEX.tar.gz")) {
                architectures.add(name);
            }
        }
        return architectures;
    }
}
