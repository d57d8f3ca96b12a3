package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The tag that every UDF descriptor begins with (ECMA-167 3/7.2, 4/7.2).
 *
 * <pre>
 * 0            2         4          5          6         8        10       12          16
 * +------------+---------+----------+----------+---------+--------+--------+-----------+
 * | identifier | version | checksum | reserved | serial  | CRC    | CRC    | location  |
 * |            | 2 or 3  | of tag   |          | number  |        | length |           |
 * +------------+---------+----------+----------+---------+--------+--------+-----------+
 * </pre>
 */
final class UdfTag {

    static final int SPARING_TABLE = 0;
    static final int ANCHOR = 2;
    static final int VOLUME_DESCRIPTOR_POINTER = 3;
    static final int PARTITION = 5;
    static final int LOGICAL_VOLUME = 6;
    static final int TERMINATING = 8;
    static final int FILE_SET = 256;
    static final int FILE_IDENTIFIER = 257;
    static final int ALLOCATION_EXTENT = 258;
    static final int INDIRECT_ENTRY = 259;
    static final int FILE_ENTRY = 261;
    static final int EXTENDED_ATTRIBUTE_HEADER = 262;
    static final int EXTENDED_FILE_ENTRY = 266;

    static final int LENGTH = 16;

    private static final int CHECKSUM = 4;
    private static final int[] CRC_TABLE = crcTable();

    private UdfTag() {}

    static int identifier(ByteBuffer descriptor) {
        return Fields.u16(descriptor, 0);
    }

    /**
     * Requires a sound tag.
     *
     * @param descriptor the descriptor, with all the bytes that the checksum may cover
     * @param location where the tag has to say that it is, in blocks
     * @param offset where the descriptor is in the image
     */
    static void require(ByteBuffer descriptor, int identifier, long location, long offset) throws IsoFormatException {
        if (identifier(descriptor) != identifier) {
            throw new IsoFormatException(
                    "UDF descriptor tag: " + identifier(descriptor) + " (expected: " + identifier + ")", offset);
        }
        require(descriptor, location, offset);
    }

    /** Requires a sound tag of any identifier. */
    static void require(ByteBuffer descriptor, long location, long offset) throws IsoFormatException {
        String problem = problem(descriptor, location);
        if (problem != null) {
            throw new IsoFormatException(problem, offset);
        }
    }

    /** Whether the descriptor begins with a sound tag of that identifier. */
    static boolean isSound(ByteBuffer descriptor, int identifier, long location) {
        return identifier(descriptor) == identifier && problem(descriptor, location) == null;
    }

    private static @Nullable String problem(ByteBuffer descriptor, long location) {
        int version = Fields.u16(descriptor, 2);
        if (version != 2 && version != 3) {
            return "UDF descriptor version: " + version + " (expected: 2 or 3)";
        }
        int sum = 0;
        for (int i = 0; i < LENGTH; i++) {
            sum += i == CHECKSUM ? 0 : Fields.u8(descriptor, i);
        }
        if ((sum & 0xff) != Fields.u8(descriptor, CHECKSUM)) {
            return "checksum of UDF descriptor tag: " + Fields.u8(descriptor, CHECKSUM) + " (expected: " + (sum & 0xff)
                    + ")";
        }
        if (Fields.u32(descriptor, 12) != location) {
            return "location of UDF descriptor: " + Fields.u32(descriptor, 12) + " (expected: " + location + ")";
        }
        int crcLength = Fields.u16(descriptor, 10);
        if (crcLength > descriptor.capacity() - LENGTH) {
            return "CRC length of UDF descriptor: " + crcLength + " (expected: 0.." + (descriptor.capacity() - LENGTH)
                    + ")";
        }
        int crc = crc(descriptor, crcLength);
        if (crc != Fields.u16(descriptor, 8)) {
            return "CRC of UDF descriptor: " + Fields.u16(descriptor, 8) + " (expected: " + crc + ")";
        }
        return null;
    }

    /** The CRC of ECMA-167 3/7.2.6: x^16 + x^12 + x^5 + 1, from 0. */
    private static int crc(ByteBuffer descriptor, int length) {
        int crc = 0;
        for (int i = LENGTH; i < LENGTH + length; i++) {
            crc = (crc << 8 & 0xff00) ^ CRC_TABLE[(crc >>> 8) ^ Fields.u8(descriptor, i)];
        }
        return crc;
    }

    private static int[] crcTable() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
            }
            table[i] = crc & 0xffff;
        }
        return table;
    }
}
