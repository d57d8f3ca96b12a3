package dev.pxekit.media.internal.detection;

import dev.pxekit.media.BootFiles;
import dev.pxekit.media.BootProtocol;
import dev.pxekit.media.DistributionFamily;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * VMware ESXi from 5.0 on: {@code boot.cfg} names the kernel and the modules. Versions stand in its {@code build=}, else in
 * {@code upgrade/metadata.xml}, else in the title of the boot menu ("ESXi-5.5.0-1331820-standard Installer").
 */
final class EsxiDetector implements TreeDetector {

    private static final List<String> CONFIGURATIONS = List.of("boot.cfg", "efi/boot/boot.cfg");
    private static final String PROFILE = "ESXi-";
    private static final List<String> ANSWER_FILES = List.of("ks.cfg", "ks_cust.cfg", "*.ks", "ks/*.cfg");

    @Override
    public Optional<DetectedTree> detect(TreeFiles tree) throws IOException {
        for (String configuration : CONFIGURATIONS) {
            Optional<String> text = tree.text(configuration);
            if (text.isPresent()) {
                EsxiBootConfiguration boot = EsxiBootConfiguration.parse(text.get());
                Optional<BootFiles> files =
                        boot.kernel().isEmpty() || boot.modules().isEmpty()
                                ? Optional.empty()
                                : CompleteBootFiles.find(tree, "", boot.kernel(), boot.modules());
                if (files.isPresent()) {
                    return Optional.of(describe(tree, boot, files.get()));
                }
            }
        }
        return Optional.empty();
    }

    private static DetectedTree describe(TreeFiles tree, EsxiBootConfiguration boot, BootFiles files)
            throws IOException {
        List<String> options = boot.networkOptions();
        Installer installer = Installer.ofTree(url -> options, file -> List.of("ks=" + file));
        String[] profile = BootMenus.lineWith(tree, PROFILE)
                .map(line -> line.substring(PROFILE.length()).split(" ", 2)[0])
                .orElse("")
                .split("-", -1);
        Optional<String> titled = Optional.of(profile[0]).filter(Version::isLikely);
        Optional<String> version = boot.build().isEmpty() ? upgradeVersion(tree) : Optional.of(boot.build());
        List<String> architectures = UefiArchitecture.of(tree, UefiArchitecture::linuxName);
        return new DetectedTree.Builder(tree, DistributionFamily.ESXI, installer, "VMware ESXi")
                .protocol(BootProtocol.ESXI)
                .version(version.or(() -> titled))
                .variant(
                        titled.isPresent() && profile.length > 2
                                ? Optional.of(profile[profile.length - 1])
                                : Optional.empty())
                .architectures(architectures.isEmpty() ? List.of("x86_64") : architectures)
                .answerFiles(ANSWER_FILES)
                .build(List.of(files));
    }

    private static Optional<String> upgradeVersion(TreeFiles tree) throws IOException {
        return tree.text("upgrade/metadata.xml")
                .flatMap(xml -> Xml.content(xml, "esxVersion"))
                .map(TextFile::title)
                .filter(Version::isLikely);
    }
}
