package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;

/**
 * The System Use entry of a sparse file (SF, RRIP 1.12 §4.1.7). What is recorded of such a file begins with an index: a tree
 * of tables, 2,048 bytes each, the first of them 2,048 bytes behind the beginning. A table of depth n has 256 entries, each
 * for the next 256<sup>n</sup> bytes of the file, recorded in both byte orders:
 *
 * <pre>
 * bit 31  nothing is recorded, the bytes are zeros
 * bit 30  a table of depth n - 1 says where they are; bits 0 to 23: where it begins, in units of 2,048 bytes
 * else    they are recorded as one run; bits 0 to 23: where it begins, in units of 256 bytes
 * </pre>
 *
 * @param offset where the entry is in the image
 * @param recordedSize bytes of the file, holes included, as an unsigned number
 * @param depth the depth of the first table
 */
record SparseFile(long offset, long recordedSize, int depth) {

    /** The entry of RRIP 1.10: a size of 32 bits, and no depth, which is the one that such sizes need. */
    static final int SHORT_LENGTH = 12;

    private static final int LENGTH = 21;
    private static final int SHORT_DEPTH = 3;
    private static final int MAXIMUM_DEPTH = 7;

    private static final int TABLE_LENGTH = 2048;
    private static final int ENTRIES = 256;
    private static final int RUN_UNIT = 256;

    private static final long NOTHING = 1L << 31;
    private static final long TABLE = 1L << 30;
    private static final long PLACE_MASK = 0xff_ffff;

    static SparseFile decode(ByteBuffer entry, long offset) {
        if (entry.capacity() < LENGTH) {
            return new SparseFile(offset, Fields.u32(entry, 4), SHORT_DEPTH);
        }
        return new SparseFile(offset, (Fields.u32(entry, 4) << 32) | Fields.u32(entry, 12), Fields.u8(entry, 20));
    }

    /** Bytes of the file; of more than can be read, as many as can. */
    long size() {
        return recordedSize < 0 ? Long.MAX_VALUE : recordedSize;
    }

    /**
     * Finds the extents of the content: as many bytes as the file has. Takes time and memory that what is recorded
     * justifies.
     *
     * @param recorded the index and the data
     */
    List<Extent> extents(Image image, List<Extent> recorded) throws IOException {
        if (depth < 1 || depth > MAXIMUM_DEPTH) {
            throw new IsoFormatException(
                    "table depth of a sparse file: " + depth + " (expected: 1.." + MAXIMUM_DEPTH + ")", offset);
        }
        long most = depth == MAXIMUM_DEPTH ? Long.MAX_VALUE : span(depth + 1);
        if (recordedSize < 0 || recordedSize > most) {
            throw new IsoFormatException(
                    "size of a sparse file: " + Long.toUnsignedString(recordedSize) + " (expected: at most " + most
                            + ", with tables of depth " + depth + ")",
                    offset);
        }
        return new Index(image, recorded).locate();
    }

    /** How many bytes of the file an entry of a table stands for. */
    private static long span(int depth) {
        return 1L << (8 * depth);
    }

    /** Goes through the tables. */
    private final class Index {
        private final ExtentContent content;
        private final List<Extent> recorded;
        private final Extent.Builder target = new Extent.Builder();
        private final long mostExtents;
        /** Places of tables. One that another entry led to already would let a small index go on for long. */
        private final BitSet seen = new BitSet();

        Index(Image image, List<Extent> recorded) {
            this.content = new ExtentContent(image, recorded);
            this.recorded = recorded;
            long bytes = Math.min(content.size(), image.size());
            this.mostExtents =
                    Math.min(2 * (bytes / RUN_UNIT) + 1, Extent.MAXIMUM_COUNT); // runs with holes between them
        }

        List<Extent> locate() throws IOException {
            if (size() > 0) {
                table(1, depth, size());
            }
            return target.build();
        }

        /** Takes the entries of a table for the next bytes of the file, as many as are wanted. */
        private void table(int place, int level, long wanted) throws IOException {
            long start = (long) place * TABLE_LENGTH;
            require(start, TABLE_LENGTH, "table");
            if (seen.get(place)) {
                throw damaged("table of a sparse file: two entries lead to it", start);
            }
            seen.set(place);
            ByteBuffer table = content.read(start, TABLE_LENGTH);
            long rest = wanted;
            for (int index = 0; index < ENTRIES && rest > 0; index++) {
                long entry = Fields.u32(table, index * 8);
                long length = Math.min(rest, span(level));
                if ((entry & NOTHING) != 0) {
                    add(Extent.HOLE, length);
                } else if ((entry & TABLE) == 0) {
                    run((entry & PLACE_MASK) * RUN_UNIT, length);
                } else if (level > 1) {
                    table((int) (entry & PLACE_MASK), level - 1, length);
                } else {
                    throw damaged(
                            "entry of a table of depth 1 of a sparse file: a table (expected: data)",
                            start + index * 8L);
                }
                rest -= length;
            }
        }

        private void run(long start, long length) throws IsoFormatException {
            require(start, length, "run");
            long position = start;
            for (long rest = length; rest > 0; ) {
                Extent extent = recorded.get(Extent.indexAt(recorded, position));
                long run = Math.min(rest, extent.runAt(position));
                add(extent.offsetAt(position), run);
                position += run;
                rest -= run;
            }
        }

        private void add(long place, long length) throws IsoFormatException {
            target.add(place, length);
            if (target.count() > mostExtents) {
                throw new IsoFormatException("runs of a sparse file: more than " + mostExtents, offset);
            }
        }

        private void require(long start, long length, String what) throws IsoFormatException {
            if (start > content.size() || length > content.size() - start) {
                throw new IsoFormatException(
                        what + " of a sparse file: " + start + " + " + length + " (expected: within the "
                                + content.size() + " bytes that are recorded)",
                        offset);
            }
        }

        private IsoFormatException damaged(String problem, long position) {
            return new IsoFormatException(problem, content.offsetAt(position));
        }
    }
}
