package dev.pxekit.iso.internal;

import java.io.IOException;

/** One view of an image. Thread safe; nothing is cached here. */
interface Tree {

    /** The root directory. */
    Node root();

    /** Reads the entries of a directory of this tree. */
    Directory read(Node directory) throws IOException;

    /** What the view says of the whole volume. */
    Volume volume();

    /** Whether names match regardless of case. */
    boolean ignoresCase();
}
