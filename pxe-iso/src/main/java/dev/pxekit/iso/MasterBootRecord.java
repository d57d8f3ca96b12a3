package dev.pxekit.iso;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The size of an emulated hard disk, as the partition table in its first sector says (El Torito 1.0 §2.2 has no other place
 * for it; layout as in UEFI specification 2.10 §5.2.1).
 *
 * <pre>
 * 446                                          510      512
 * +------------+------------+-----------------+--------+
 * | partition  | …          | partition 4     | 55 AA  |
 * | 1 (16)     |            |                 |        |
 * +------------+------------+-----------------+--------+
 * 4        5          8              12              16
 * +--------+----------+--------------+---------------+
 * | type   | …        | first sector | sectors       |
 * +--------+----------+--------------+---------------+
 * </pre>
 */
final class MasterBootRecord {

    static final int LENGTH = 512;

    private static final int PARTITIONS = 446;
    private static final int PARTITION_LENGTH = 16;
    private static final int SIGNATURE = 510;

    private MasterBootRecord() {}

    /** The bytes of the disk that begins with these, up to the end of its last partition; empty if they have no partition. */
    static Optional<Long> diskLength(ByteBuffer head) {
        if ((head.getShort(SIGNATURE) & 0xffff) != 0xaa55) {
            return Optional.empty();
        }
        long end = 0;
        for (int at = PARTITIONS; at < SIGNATURE; at += PARTITION_LENGTH) {
            boolean used = head.get(at + 4) != 0;
            if (used) {
                end = Math.max(end, u32(head, at + 8) + u32(head, at + 12));
            }
        }
        return end == 0 ? Optional.empty() : Optional.of(end * LENGTH);
    }

    private static long u32(ByteBuffer buffer, int index) {
        return buffer.getInt(index) & 0xffff_ffffL;
    }
}
