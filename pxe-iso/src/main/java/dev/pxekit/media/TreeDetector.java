package dev.pxekit.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Knows the trees of one installer. */
@FunctionalInterface
interface TreeDetector {

    /** All of them, the surest first. */
    List<TreeDetector> ALL = List.of(new AnacondaDetector(), new CasperDetector(), new DebianInstallerDetector());

    /** Tells what a tree is; empty if it is none of this installer. */
    Optional<InstallTree> detect(Path root) throws IOException;
}
