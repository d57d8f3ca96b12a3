package dev.pxekit.iso.internal;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of a file: one run of bytes of the image, or units of one length with gaps of one length between them (ECMA-119
 * §6.4.3 interleaved mode), or a hole.
 *
 * @param position where it begins in the file
 * @param offset where it is in the image; {@link #HOLE} for a part that is not recorded and reads as zeros
 * @param length its bytes, without gaps
 * @param unit bytes between gaps; 0 if there are no gaps
 * @param gap bytes of a gap
 */
record Extent(long position, long offset, long length, int unit, int gap) {

    /** The most that a file may be in where the image says piecewise where it is; enough for 32 GiB in packets of 32 KiB. */
    static final int MAXIMUM_COUNT = 1 << 20;

    /** The offset of what a file has and the image does not record: parts of sparse files. */
    static final long HOLE = -1;

    Extent(long position, long offset, long length) {
        this(position, offset, length, 0, 0);
    }

    boolean isHole() {
        return offset == HOLE;
    }

    /** Where a byte of the file is in the image; not for holes. */
    long offsetAt(long filePosition) {
        long index = filePosition - position;
        return unit == 0 ? offset + index : offset + index / unit * (unit + gap) + index % unit;
    }

    /** How many bytes from one of the file on are one run in the image, or of the hole. */
    long runAt(long filePosition) {
        long index = filePosition - position;
        long rest = length - index;
        return unit == 0 ? rest : Math.min(rest, unit - index % unit);
    }

    /** In how many runs of bytes of the image it is recorded; a hole is one. */
    long runs() {
        return unit == 0 ? 1 : (length + unit - 1) / unit;
    }

    /** The index of the extent that a position lies in, or of the last one. */
    static int indexAt(List<Extent> extents, long position) {
        int low = 0;
        int high = extents.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (extents.get(middle).position <= position) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
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

        /**
         * Adds a part that is recorded in units with gaps between them.
         *
         * @param unit bytes of a unit, more than 0
         * @param gap bytes of a gap, more than 0
         */
        Builder addInterleaved(long offset, long length, int unit, int gap) {
            if (length <= unit) {
                return add(offset, length);
            }
            extents.add(new Extent(size, offset, length, unit, gap));
            size = Math.addExact(size, length);
            return this;
        }

        /** Makes the last run longer. */
        Builder extend(long length) {
            Extent last = extents.remove(extents.size() - 1);
            extents.add(new Extent(last.position, last.offset, last.length + length));
            size = Math.addExact(size, length);
            return this;
        }

        private static boolean continues(Extent last, long offset) {
            return last.isHole() ? offset == HOLE : last.unit == 0 && last.offset + last.length == offset;
        }

        long size() {
            return size;
        }

        int count() {
            return extents.size();
        }

        List<Extent> build() {
            return List.copyOf(extents);
        }
    }
}
