package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * A partition of a rewritable medium, whose worn packets are recorded elsewhere (UDF 2.60 §2.2.9, §2.2.12).
 *
 * <pre>
 * sparing table
 * 0      16                   48       50         52         56
 * +------+--------------------+--------+----------+----------+------------------------------+
 * | tag  | *UDF Sparing Table | entries| reserved | sequence | entries: original location   |
 * |      |                    |        |          | number   | (4), mapped location (4)     |
 * +------+--------------------+--------+----------+----------+------------------------------+
 * </pre>
 */
final class UdfSparablePartition implements UdfPartition {

    private static final String IDENTIFIER = "*UDF Sparing Table";
    private static final int HEADER_LENGTH = 56;
    private static final int ENTRY_LENGTH = 8;
    private static final int MAXIMUM_ENTRIES = 1 << 16;
    private static final long FIRST_RESERVED = 0xffff_fff0L;

    private final UdfPhysicalPartition partition;
    private final int packetLength;
    private final NavigableMap<Long, Long> spared;

    private UdfSparablePartition(UdfPhysicalPartition partition, int packetLength, NavigableMap<Long, Long> spared) {
        this.partition = partition;
        this.packetLength = packetLength;
        this.spared = spared;
    }

    /**
     * Reads the first sparing table that is sound.
     *
     * @param packetLength blocks of a packet
     * @param tables the blocks of the volume that the tables begin at
     */
    static UdfSparablePartition read(
            Image image, UdfPhysicalPartition partition, int packetLength, List<Long> tables, long offset)
            throws IOException {
        if (packetLength == 0 || Integer.bitCount(packetLength) != 1) {
            throw new IsoFormatException(
                    "packet length of UDF sparable partition: " + packetLength + " (expected: a power of two)", offset);
        }
        IsoFormatException problem =
                new IsoFormatException("UDF sparable partition without sparing tables (expected: 1 to 4)", offset);
        for (long table : tables) {
            try {
                return new UdfSparablePartition(partition, packetLength, table(image, partition.blockSize(), table));
            } catch (IsoFormatException e) {
                problem = e; // each table is a copy of the others
            }
        }
        throw problem;
    }

    private static NavigableMap<Long, Long> table(Image image, int blockSize, long block) throws IOException {
        long offset = block * blockSize;
        image.require(offset, HEADER_LENGTH);
        int available = (int) Math.min(image.size() - offset, HEADER_LENGTH + (long) ENTRY_LENGTH * MAXIMUM_ENTRIES);
        ByteBuffer table = image.read(offset, available);
        UdfTag.require(table, UdfTag.SPARING_TABLE, block, offset);
        if (!UdfFields.entityIdentifier(table, UdfTag.LENGTH).equals(IDENTIFIER)) {
            throw new IsoFormatException("no UDF sparing table (expected: " + IDENTIFIER + ")", offset);
        }
        int entries = Fields.u16(table, 48);
        if (HEADER_LENGTH + (long) entries * ENTRY_LENGTH > available) {
            throw new IsoFormatException("entries of UDF sparing table: " + entries + ", more than there are", offset);
        }
        NavigableMap<Long, Long> spared = new TreeMap<>();
        for (int i = 0; i < entries; i++) {
            long original = Fields.u32(table, HEADER_LENGTH + i * ENTRY_LENGTH);
            if (original < FIRST_RESERVED) {
                spared.put(original, Fields.u32(table, HEADER_LENGTH + i * ENTRY_LENGTH + 4));
            }
        }
        return spared;
    }

    @Override
    public Run run(long block, long length) throws IsoFormatException {
        long blockSize = partition.blockSize();
        Map.Entry<Long, Long> next = spared.ceilingEntry(block - block % packetLength);
        if (next == null) {
            return partition.run(block, length);
        }
        long ahead = next.getKey() - block;
        if (ahead > 0) {
            return partition.run(block, Math.min(length, ahead * blockSize));
        }
        return new Run((next.getValue() - ahead) * blockSize, Math.min(length, (packetLength + ahead) * blockSize));
    }
}
