package dev.pxekit.media.internal.detection;

import dev.pxekit.media.BootFiles;
import dev.pxekit.media.DistributionFamily;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Live discs of Fedora CoreOS and RHEL CoreOS: {@code images/pxeboot} with a {@code rootfs.img} beside kernel and initrd, and
 * {@code coreos/*.json} for coreos-installer. Name and version stand in the boot menus alone.
 */
final class CoreOsDetector implements TreeDetector {

    private static final String DIRECTORY = "images/pxeboot";
    private static final String ROOT_FILE_SYSTEM = DIRECTORY + "/rootfs.img";
    private static final String LIVE_ISO = "coreos.liveiso=";

    private static final Installer INSTALLER =
            Installer.ofTree(CoreOsDetector::arguments, file -> List.of("ignition.config.url=" + file));

    private static List<String> arguments(URI tree) {
        return List.of(
                "coreos.live.rootfs_url=" + Installer.below(tree, ROOT_FILE_SYSTEM),
                "ignition.firstboot",
                "ignition.platform.id=metal");
    }

    @Override
    public Optional<DetectedTree> detect(TreeFiles tree) throws IOException {
        if (!tree.hasFile(ROOT_FILE_SYSTEM)) {
            return Optional.empty();
        }
        Optional<BootFiles> files =
                CompleteBootFiles.pair(tree, "", DIRECTORY, List.of("vmlinuz", "kernel.img"), List.of("initrd.img"));
        if (files.isEmpty()) {
            return Optional.empty();
        }
        // "fedora-coreos-39.20240210.3.0", "rhcos-414.92.202310210434-0"
        String id = BootMenus.lineWith(tree, LIVE_ISO)
                .map(line -> line.substring(LIVE_ISO.length()).split("[ '\"]", 2)[0])
                .orElse("");
        boolean fedora = id.startsWith("fedora-coreos")
                || BootMenus.lineWith(tree, "Fedora CoreOS").isPresent();
        boolean rhel = id.startsWith("rhcos")
                || BootMenus.lineWith(tree, "RHEL CoreOS").isPresent();
        return Optional.of(new DetectedTree.Builder(
                        tree,
                        DistributionFamily.COREOS,
                        INSTALLER,
                        fedora ? "Fedora CoreOS" : rhel ? "RHEL CoreOS" : "CoreOS")
                .version(version(id))
                .architectures(UefiArchitecture.of(tree, UefiArchitecture::linuxName))
                .answerFiles(List.of("*.ign", "ignition/*.ign"))
                .build(List.of(files.get())));
    }

    private static Optional<String> version(String id) {
        for (int dash = id.indexOf('-'); dash >= 0; dash = id.indexOf('-', dash + 1)) {
            String rest = id.substring(dash + 1);
            if (Version.isLikely(rest)) {
                return Optional.of(rest);
            }
        }
        return Optional.empty();
    }
}
