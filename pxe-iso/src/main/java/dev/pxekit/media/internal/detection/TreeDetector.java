package dev.pxekit.media.internal.detection;

import java.io.IOException;
import java.util.Optional;

/** Knows the trees of one installer. */
@FunctionalInterface
interface TreeDetector {

    /** Tells what a tree is; empty if it is none of this installer. */
    Optional<DetectedTree> detect(TreeFiles tree) throws IOException;
}
