package dev.pxekit.media;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Knows the trees of one installer. */
@FunctionalInterface
interface TreeDetector {

    /**
     * All of them, the surest first. Where two would know a tree: SUSE's repositories have a {@code .treeinfo} too; CoreOS has
     * Anaconda's kernel and a live disc of Fedora has it too; a live disc of Debian may have debian-installer beside it.
     */
    List<TreeDetector> ALL = List.of(
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

    /** Tells what a tree is; empty if it is none of this installer. */
    Optional<InstallTree> detect(TreeFiles tree) throws IOException;
}
