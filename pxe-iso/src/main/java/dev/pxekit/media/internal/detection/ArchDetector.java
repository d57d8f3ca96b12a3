package dev.pxekit.media.internal.detection;

import dev.pxekit.media.BootFiles;
import dev.pxekit.media.DistributionFamily;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Arch Linux: {@code arch/boot/ARCH/vmlinuz-linux} with the microcode beside it, before 2020 {@code vmlinuz} and {@code archiso.img}. */
final class ArchDetector implements TreeDetector {

    private static final List<String> MICROCODE =
            List.of("intel-ucode.img", "amd-ucode.img", "intel_ucode.img", "amd_ucode.img");

    private static final Installer INSTALLER =
            Installer.ofTree(ArchDetector::arguments, file -> List.of("script=" + file));

    private static List<String> arguments(URI tree) {
        return List.of(
                "archisobasedir=arch",
                Installer.isNfs(tree)
                        ? "archiso_nfs_srv=" + Installer.nfsPath(tree)
                        : "archiso_http_srv=" + Installer.below(tree, ""),
                "ip=dhcp");
    }

    @Override
    public Optional<DetectedTree> detect(TreeFiles tree) throws IOException {
        List<String> microcode = new ArrayList<>();
        for (String name : MICROCODE) {
            if (tree.hasFile("arch/boot/" + name)) {
                microcode.add("arch/boot/" + name);
            }
        }
        List<BootFiles> files = new ArrayList<>();
        List<String> architectures = new ArrayList<>();
        for (String architecture : tree.names("arch/boot")) {
            String directory = "arch/boot/" + architecture + "/";
            int before = files.size();
            for (String kernel : tree.expand(directory + "vmlinuz*")) {
                String suffix = kernel.substring(directory.length() + "vmlinuz".length()); // "-linux", or nothing
                String initrd = suffix.isEmpty() ? "archiso.img" : "initramfs" + suffix + ".img";
                List<String> initrds = new ArrayList<>(microcode);
                initrds.add(directory + initrd);
                CompleteBootFiles.find(tree, (architecture + " " + suffix.replace("-", "")).strip(), kernel, initrds)
                        .ifPresent(files::add);
            }
            if (files.size() > before) {
                architectures.add(architecture);
            }
        }
        if (files.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new DetectedTree.Builder(tree, DistributionFamily.ARCH, INSTALLER, "Arch Linux")
                .version(tree.text("arch/version").map(TextFile::title).filter(text -> !text.isEmpty()))
                .architectures(architectures)
                .build(files));
    }
}
