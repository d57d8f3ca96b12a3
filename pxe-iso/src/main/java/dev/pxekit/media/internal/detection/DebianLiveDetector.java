package dev.pxekit.media.internal.detection;

import dev.pxekit.media.BootFiles;
import dev.pxekit.media.DistributionFamily;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Live discs of Debian and its derivatives, which live-boot boots: {@code live/filesystem.squashfs}, with one kernel or several in
 * {@code live}, each named like its initrd.
 */
final class DebianLiveDetector implements TreeDetector {

    private static final String IMAGE = "live/filesystem.squashfs";
    private static final String KERNEL = "vmlinuz";

    private static final Installer LIVE = Installer.ofTree(DebianLiveDetector::arguments, file -> List.of());

    private static List<String> arguments(URI tree) {
        return Installer.isNfs(tree)
                ? List.of("boot=live", "components", "netboot=nfs", "nfsroot=" + Installer.nfsPath(tree))
                : List.of("boot=live", "components", "fetch=" + Installer.below(tree, IMAGE));
    }

    @Override
    public Optional<DetectedTree> detect(TreeFiles tree) throws IOException {
        if (!tree.hasFile(IMAGE)) {
            return Optional.empty();
        }
        List<BootFiles> files = new ArrayList<>();
        for (String kernel : tree.expand("live/vmlinuz*")) {
            String release = kernel.substring("live/".length() + KERNEL.length()); // "-6.1.0-18-amd64", or nothing
            String label = release.startsWith("-") ? release.substring(1) : release;
            for (String initrd : List.of("live/initrd.img" + release, "live/initrd" + release)) {
                CompleteBootFiles.find(tree, label, kernel, List.of(initrd))
                        .filter(CompleteBootFiles.otherThan(files))
                        .ifPresent(files::add);
            }
        }
        if (files.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new DetectedTree.Builder(tree, DistributionFamily.DEBIAN, LIVE, "a live system with live-boot")
                        .describe(DiskInfo.read(tree))
                        .architecturesIfUnknown(UefiArchitecture.of(tree, UefiArchitecture::linuxName))
                        .packageRepositories(Repositories.ofDebian(tree))
                        .build(files));
    }
}
