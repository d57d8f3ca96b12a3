package dev.pxekit.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Live discs of Ubuntu and its derivatives: {@code casper/vmlinuz} with {@code casper/initrd}. */
final class CasperDetector implements TreeDetector {

    private static final List<String> KERNELS = List.of("vmlinuz", "vmlinuz.efi", "hwe-vmlinuz");
    private static final List<String> INITRDS = List.of("initrd", "initrd.lz", "initrd.gz", "hwe-initrd");
    private static final int FIRST_WITH_SUBIQUITY = 20;

    @Override
    public Optional<InstallTree> detect(Path root) throws IOException {
        Optional<BootFiles> files = BootFiles.find(root, "casper", KERNELS, INITRDS);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Optional<DiskInfo> info = DiskInfo.read(root);
        Optional<String> version = info.flatMap(DiskInfo::version);
        boolean old = version.flatMap(Version::major).orElse(FIRST_WITH_SUBIQUITY) < FIRST_WITH_SUBIQUITY;
        Installer installer = old ? Installer.OLD_CASPER : Installer.CASPER;
        return Optional.of(
                new InstallTree.Builder(root, DistributionFamily.UBUNTU, installer, "a live system with casper")
                        .name(info.flatMap(DiskInfo::name))
                        .version(version)
                        .architecture(info.flatMap(DiskInfo::architecture))
                        .build(files.get()));
    }
}
