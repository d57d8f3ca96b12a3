package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;

/**
 * Bytes of the records of all directories of a tree that were read. In sound images no two directories share theirs, so that
 * all together have no more than the image; if they share them, a small image could list entries without end. Thirty-two to
 * sixty-four bytes a directory. Thread safe.
 */
final class DirectoryBytes {

    /** Images whose directories overlap here and there are read all the same. */
    private static final int FACTOR = 2;

    private final Claims directories = new Claims();
    private final long imageSize;
    private long total;

    DirectoryBytes(long imageSize) {
        this.imageSize = imageSize;
    }

    /**
     * Counts a directory, the first time that it is read.
     *
     * @throws IsoFormatException if there is no room for it
     */
    synchronized void add(Node directory) throws IsoFormatException {
        if (directories.has(directory.origin())) {
            return;
        }
        long length = Math.min(directory.size(), imageSize);
        long rest = FACTOR * imageSize - total;
        if (length > rest) {
            throw new IsoFormatException(
                    "directory length: " + length + " (expected: at most " + rest
                            + ", as so many directories share their records)",
                    directory.origin());
        }
        directories.claim(directory.origin(), 0);
        total += length;
    }
}
