package dev.pxekit.media.internal.detection;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Asks one detector after the other what a tree is. */
public final class Detection {

    /**
     * All detectors, the surest first. Where two would know a tree: SUSE's repositories have a {@code .treeinfo} too; CoreOS has
     * Anaconda's kernel and a live disc of Fedora has it too; a live disc of Debian may have debian-installer beside it.
     */
    private static final List<TreeDetector> DETECTORS = List.of(
            new WindowsDetector(),
            new EsxiDetector(),
            new CoreOsDetector(),
            new SuseDetector(),
            new DracutLiveDetector(),
            new AnacondaDetector(),
            new CasperDetector(),
            new DebianLiveDetector(),
            new DebianInstallerDetector(),
            new ArchDetector(),
            new AlpineDetector());

    private Detection() {}

    /**
     * Tells what a tree is; see {@code InstallTree.detect}.
     *
     * @return what the first detector says that knows it; empty if none does
     */
    public static Optional<DetectedTree> detect(Path root) throws IOException {
        Optional<TreeFiles> files = TreeFiles.of(root);
        if (files.isPresent()) {
            for (TreeDetector detector : DETECTORS) {
                Optional<DetectedTree> tree = detector.detect(files.get());
                if (tree.isPresent()) {
                    return tree;
                }
            }
        }
        return Optional.empty();
    }
}
