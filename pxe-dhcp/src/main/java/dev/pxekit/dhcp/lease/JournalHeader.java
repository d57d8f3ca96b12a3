package dev.pxekit.dhcp.lease;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What a journal begins with, twice in a row, as no record can be read without it.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------------------------------------------------------+
 * |                      "PXELEASE" in ASCII                      |
 * |                                                               |
 * +---------------------------------------------------------------+
 * |                          version (1)                          |
 * +---------------------------------------------------------------+
 * |             number of the journal, a random one               |
 * |                                                               |
 * +---------------------------------------------------------------+
 * |        octets of the file that were forced before it          |
 * |               got its name, this header included              |
 * +---------------------------------------------------------------+
 * |                   CRC-32C of all the above                    |
 * +---------------------------------------------------------------+
 * </pre>
 *
 * @param journal the number
 * @param forced how many octets were in the file when it got its name
 */
record JournalHeader(long journal, long forced) {

    static final int VERSION = 1;
    static final int LENGTH = 2 * 32;

    private static final byte[] MAGIC = "PXELEASE".getBytes(US_ASCII);
    private static final int COPY = 32;

    byte[] encode() {
        ByteBuffer copy = ByteBuffer.allocate(COPY)
                .put(MAGIC)
                .putInt(VERSION)
                .putLong(journal)
                .putLong(forced);
        copy.putInt(checksum(copy.array(), 0));
        return ByteBuffer.allocate(LENGTH).put(copy.array()).put(copy.array()).array();
    }

    /** The first copy that can be read of the first octets of a file; null if neither can. */
    static @Nullable JournalHeader decode(byte[] octets) {
        JournalHeader first = copy(octets, 0);
        return first == null ? copy(octets, COPY) : first;
    }

    private static @Nullable JournalHeader copy(byte[] octets, int offset) {
        ByteBuffer source = ByteBuffer.wrap(octets);
        boolean whole = beginsLikeOne(octets, offset)
                && source.getInt(offset + COPY - 4) == checksum(octets, offset)
                && source.getInt(offset + MAGIC.length) == VERSION;
        return whole ? new JournalHeader(source.getLong(offset + 12), source.getLong(offset + 20)) : null;
    }

    private static boolean beginsLikeOne(byte[] octets, int offset) {
        return octets.length >= offset + COPY
                && Arrays.equals(octets, offset, offset + MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /** The version of a journal that another release wrote; 0 if the octets are none. */
    static int version(byte[] octets) {
        return beginsLikeOne(octets, 0) && ByteBuffer.wrap(octets).getInt(COPY - 4) == checksum(octets, 0)
                ? ByteBuffer.wrap(octets).getInt(MAGIC.length)
                : 0;
    }

    private static int checksum(byte[] octets, int offset) {
        CRC32C crc = new CRC32C();
        crc.update(octets, offset, COPY - 4);
        return (int) crc.getValue();
    }
}
