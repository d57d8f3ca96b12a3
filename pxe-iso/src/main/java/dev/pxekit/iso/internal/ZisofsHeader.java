package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/**
 * The header of a compressed file, which says again what the {@code ZF} entry says.
 *
 * <pre>
 * version 1
 * 0                         8                12       13       14         16
 * +-------------------------+----------------+--------+--------+----------+
 * | 37 E4 53 96 C9 DB D6 07 | uncompressed   | header | log2 of| reserved |
 * |                         | size, 32 bits  | size/4 | block  |          |
 * +-------------------------+----------------+--------+--------+----------+
 * version 2
 * 0                         8        9        10         11       12               20         24
 * +-------------------------+--------+--------+----------+--------+----------------+----------+
 * | EF 22 55 A1 BC 1B 95 A0 | header | header | algorithm| log2 of| uncompressed   | padding  |
 * |                         | version| size/4 | (1: zlib)| block  | size, 64 bits  |          |
 * +-------------------------+--------+--------+----------+--------+----------------+----------+
 * </pre>
 */
final class ZisofsHeader {

    private static final int LENGTH_1 = 16;
    private static final int LENGTH_2 = 24;
    private static final long MAGIC_1 = 0x37E4_5396_C9DB_D607L;
    private static final long MAGIC_2 = 0xEF22_55A1_BC1B_95A0L;
    private static final int ZLIB = 1;

    private static final int MINIMUM_BLOCK_SIZE_LOG2 = 15;
    private static final int MAXIMUM_BLOCK_SIZE_LOG2_1 = 17;
    /** The description of version 2 allows 17 as well, what its authors wrote goes up to 20. */
    private static final int MAXIMUM_BLOCK_SIZE_LOG2_2 = 20;

    private ZisofsHeader() {}

    /**
     * Checks an entry, and the header against it.
     *
     * <p>A file that has the entry but not the header is refused, as libisofs and libarchive do. Linux does not look at the
     * header and takes whatever stands in its place for one: what it shows are errors or zeros, not the file. Nobody can say
     * whether the bytes are the content or what is left of it; the plain view gives them as they are recorded.
     */
    static void check(ZisofsEntry entry, ExtentContent compressed) throws IOException {
        if (entry.version() == 1 && entry.algorithm().equals("pz")) {
            requireFields(entry, LENGTH_1, MAXIMUM_BLOCK_SIZE_LOG2_1);
            ByteBuffer header = read(entry, compressed, LENGTH_1);
            requireMagic(header, MAGIC_1, compressed);
            requireSame(
                    entry, Fields.u8(header, 12), Fields.u8(header, 13), Fields.u32(header, 8), compressed.offsetAt(8));
        } else if (entry.version() == 2 && entry.algorithm().equals("PZ")) {
            requireFields(entry, LENGTH_2, MAXIMUM_BLOCK_SIZE_LOG2_2);
            ByteBuffer header = read(entry, compressed, LENGTH_2);
            requireMagic(header, MAGIC_2, compressed);
            if (Fields.u8(header, 10) != ZLIB) {
                throw new IsoFormatException(
                        "algorithm in header of zisofs: " + Fields.u8(header, 10) + " (expected: 1, zlib)",
                        compressed.offsetAt(10));
            }
            requireSame(entry, Fields.u8(header, 9), Fields.u8(header, 11), header.getLong(12), compressed.offsetAt(8));
        } else {
            throw new IsoFormatException(
                    "compression: zisofs version " + entry.version() + ", \"" + entry.algorithm()
                            + "\" (expected: 1, \"pz\" or 2, \"PZ\")",
                    entry.offset() + 3);
        }
    }

    private static void requireFields(ZisofsEntry entry, int headerLength, int maximum) throws IsoFormatException {
        if (entry.headerLength() < headerLength) {
            throw new IsoFormatException(
                    "header length of zisofs: " + entry.headerLength() + " (expected: at least " + headerLength + ")",
                    entry.offset() + 6);
        }
        if (entry.blockSizeLog2() < MINIMUM_BLOCK_SIZE_LOG2 || entry.blockSizeLog2() > maximum) {
            throw new IsoFormatException(
                    "binary logarithm of block size of zisofs: " + entry.blockSizeLog2() + " (expected: "
                            + MINIMUM_BLOCK_SIZE_LOG2 + ".." + maximum + ")",
                    entry.offset() + 7);
        }
        if (entry.recordedSize() < 0) {
            throw new IsoFormatException(
                    "uncompressed size of zisofs: " + Long.toUnsignedString(entry.recordedSize())
                            + " (expected: at most " + Long.MAX_VALUE + ")",
                    entry.offset() + 8);
        }
    }

    private static ByteBuffer read(ZisofsEntry entry, ExtentContent compressed, int length) throws IOException {
        if (compressed.size() < length) {
            throw new IsoFormatException(
                    "length of a file compressed with zisofs: " + compressed.size() + " (expected: at least " + length
                            + ")",
                    entry.offset());
        }
        return compressed.read(0, length);
    }

    private static void requireMagic(ByteBuffer header, long magic, ExtentContent compressed)
            throws IsoFormatException {
        long found = header.duplicate().order(ByteOrder.BIG_ENDIAN).getLong(0);
        if (found != magic) {
            HexFormat hex = HexFormat.of();
            throw new IsoFormatException(
                    "header of a file compressed with zisofs: " + hex.toHexDigits(found) + " (expected: "
                            + hex.toHexDigits(magic) + "); the plain view gives its bytes as recorded",
                    compressed.offsetAt(0));
        }
    }

    private static void requireSame(ZisofsEntry entry, int headerWords, int blockSizeLog2, long size, long offset)
            throws IsoFormatException {
        if (headerWords * 4 != entry.headerLength() || blockSizeLog2 != entry.blockSizeLog2() || size != entry.size()) {
            throw new IsoFormatException(
                    "header length, logarithm of block size and size in header of zisofs: " + headerWords * 4 + ", "
                            + blockSizeLog2 + ", " + Long.toUnsignedString(size) + " (expected, as in the ZF entry: "
                            + entry.headerLength() + ", " + entry.blockSizeLog2() + ", " + entry.size() + ")",
                    offset);
        }
    }
}
