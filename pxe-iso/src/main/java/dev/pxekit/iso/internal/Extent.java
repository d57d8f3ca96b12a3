package dev.pxekit.iso.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of bytes of a file.
 *
 * @param position where it begins in the file
 * @param offset where it is in the image; {@link #HOLE} for one that is not recorded and reads as zeros
 * @param length its bytes
 */
record Extent(long position, long offset, long length) {

    /** The offset of what a file has and the image does not record: parts of sparse files. */
    static final long HOLE = -1;

    boolean isHole() {
        return offset == HOLE;
    }

    /** Where a byte of the file is in the image; not for holes. */
    long offsetAt(long filePosition) {
        return offset + (filePosition - position);
    }

    /** How many bytes from one of the file on are one run in the image, or of the hole. */
    long runAt(long filePosition) {
        return length - (filePosition - position);
    }

    /** Puts runs one after another; those that touch in the image become one, and so do holes. */
    static final class Builder {
        private final List<Extent> extents = new ArrayList<>();
        private long size;

        Builder add(long offset, long length) {
            if (length == 0) {
                return this;
            }
            Extent last = extents.isEmpty() ? null : extents.get(extents.size() - 1);
            if (last != null && continues(last, offset)) {
                extents.set(extents.size() - 1, new Extent(last.position, last.offset, last.length + length));
            } else {
                extents.add(new Extent(size, offset, length));
            }
            size = Math.addExact(size, length);
            return this;
        }

        /** Adds a part that reads as zeros. */
        Builder addHole(long length) {
            return add(HOLE, length);
        }

        private static boolean continues(Extent last, long offset) {
            return last.isHole() ? offset == HOLE : last.offset + last.length == offset;
        }

        long size() {
            return size;
        }

        List<Extent> build() {
            return List.copyOf(extents);
        }
    }
}
