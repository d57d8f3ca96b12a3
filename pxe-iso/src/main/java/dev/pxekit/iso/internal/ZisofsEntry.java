package dev.pxekit.iso.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The System Use entry of a compressed file (zisofs; libisofs, doc/zisofs_format.txt and doc/zisofs2_format.txt). Version 2
 * has a size of 64 bits and may come as {@code Z2}, which readers of version 1 overlook.
 *
 * <pre>
 * 0          2       3        4           6        7        8                            16
 * +----------+-------+--------+-----------+--------+--------+----------------------------+
 * | ZF or Z2 | length| version| algorithm | header | log2 of| uncompressed size:         |
 * |          |       |        |           | size/4 | block  | 1: 32 bits LE, BE; 2: 64 LE|
 * +----------+-------+--------+-----------+--------+--------+----------------------------+
 * </pre>
 *
 * @param offset where the entry is in the image
 * @param version 1 or 2 in what is read here
 * @param algorithm two characters
 * @param headerLength bytes of the header of the compressed file
 * @param blockSizeLog2 the binary logarithm of the bytes in an uncompressed block
 * @param recordedSize bytes of the uncompressed file, as an unsigned number
 */
record ZisofsEntry(long offset, int version, String algorithm, int headerLength, int blockSizeLog2, long recordedSize) {

    static final int LENGTH = 16;

    static ZisofsEntry decode(ByteBuffer entry, long offset) {
        int version = Fields.u8(entry, 3);
        return new ZisofsEntry(
                offset,
                version,
                new String(Fields.bytes(entry, 4, 2), StandardCharsets.ISO_8859_1),
                Fields.u8(entry, 6) * 4,
                Fields.u8(entry, 7),
                version == 1 ? Fields.u32(entry, 8) : entry.getLong(8));
    }

    /** Bytes of the uncompressed file; of more than can be read, as many as can. */
    long size() {
        return recordedSize < 0 ? Long.MAX_VALUE : recordedSize;
    }
}
