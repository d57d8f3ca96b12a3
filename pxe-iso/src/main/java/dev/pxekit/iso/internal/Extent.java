package dev.pxekit.iso.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of bytes of a file.
 *
 * @param position where it begins in the file
 * @param offset where it is in the image
 * @param length its bytes
 */
record Extent(long position, long offset, long length) {

    /** Puts runs one after another; those that touch in the image become one. */
    static final class Builder {
        private final List<Extent> extents = new ArrayList<>();
        private long size;

        Builder add(long offset, long length) {
            if (length == 0) {
                return this;
            }
            Extent last = extents.isEmpty() ? null : extents.get(extents.size() - 1);
            if (last != null && last.offset + last.length == offset) {
                extents.set(extents.size() - 1, new Extent(last.position, last.offset, last.length + length));
            } else {
                extents.add(new Extent(size, offset, length));
            }
            size = Math.addExact(size, length);
            return this;
        }

        long size() {
            return size;
        }

        List<Extent> build() {
            return List.copyOf(extents);
        }
    }
}
