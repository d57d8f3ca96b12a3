package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A partition of a medium that is written once (UDF 2.60 §2.2.8, §2.2.11): a virtual allocation table says where each of
 * its blocks was recorded last. The table's file entry is the last block of the medium. The table is kept in memory, up to
 * 16 MiB, which is enough for 8 GiB of blocks.
 */
final class UdfVirtualPartition implements UdfPartition {

    private static final int FILE_TYPE = 248;
    private static final int OLD_FILE_TYPE = 0;
    private static final int ENTRY_LENGTH = 4;
    private static final String OLD_IDENTIFIER = "*UDF Virtual Alloc Tbl";
    /** UDF 1.50 §2.2.10: an entity identifier and the place of the table before. */
    private static final int OLD_TRAILER_LENGTH = 36;

    private static final long UNUSED = 0xffff_ffffL;
    /** Run-out blocks and padding that a dump may have after the last recorded block. */
    private static final int BLOCKS_SEARCHED = 1024;

    /** Files among these blocks whose type is not said, or that is the table's. */
    private static final int MAXIMUM_CANDIDATES = 16;

    private static final int MAXIMUM_LENGTH = 1 << 24;

    private final UdfPhysicalPartition partition;
    private final ByteBuffer table;

    private UdfVirtualPartition(UdfPhysicalPartition partition, ByteBuffer table) {
        this.partition = partition;
        this.table = table;
    }

    /** Finds the table that was recorded last. */
    static UdfVirtualPartition find(Image image, UdfPhysicalPartition partition, int reference) throws IOException {
        int blockSize = partition.blockSize();
        long last = image.size() / blockSize - 1;
        long first = Math.max(partition.start(), last - BLOCKS_SEARCHED + 1);
        int candidates = MAXIMUM_CANDIDATES;
        for (long block = last; block >= first && candidates > 0; block--) {
            long offset = block * blockSize;
            ByteBuffer descriptor = image.read(offset, blockSize);
            if (UdfFileEntry.isSound(descriptor, block - partition.start())) {
                UdfFileEntry entry = UdfFileEntry.decode(descriptor, reference, offset);
                if (entry.fileType() == FILE_TYPE || entry.fileType() == OLD_FILE_TYPE) {
                    candidates--;
                    ByteBuffer table = table(image, partition, entry);
                    if (table != null) {
                        return new UdfVirtualPartition(partition, table);
                    }
                }
            }
        }
        throw new IsoFormatException(
                "UDF virtual partition without its allocation table (expected: a file entry in one of the last "
                        + BLOCKS_SEARCHED + " blocks); is the image whole?",
                Math.max(0, last * blockSize));
    }

    /** The entries of the table that is a file's content; {@code null} for a file whose type is not said. */
    private static @Nullable ByteBuffer table(Image image, UdfPhysicalPartition partition, UdfFileEntry entry)
            throws IOException {
        long size = entry.size();
        long maximum = Math.min(MAXIMUM_LENGTH, image.size());
        if (size > maximum && entry.fileType() == OLD_FILE_TYPE) {
            return null; // any other file has that type, too
        }
        if (size > maximum) {
            throw new IsoFormatException(
                    "size of UDF virtual allocation table: " + size + " (expected: at most " + maximum + ")",
                    entry.offset());
        }
        boolean old = entry.fileType() == OLD_FILE_TYPE;
        int headLength = old ? 0 : Short.BYTES;
        int trailerLength = old ? OLD_TRAILER_LENGTH : 0;
        if (size < headLength + trailerLength) {
            return null;
        }
        ExtentContent content =
                new ExtentContent(image, entry.allocation().extents(reference -> partition, image, new Claims()));
        int end = (int) size - trailerLength;
        if (old) {
            ByteBuffer trailer = content.read(end, trailerLength);
            return UdfFields.entityIdentifier(trailer, 0).equals(OLD_IDENTIFIER) ? content.read(0, end) : null;
        }
        int start = Fields.u16(content.read(0, headLength), 0);
        return start > end ? null : content.read(start, end - start);
    }

    @Override
    public Run run(long block, long length) throws IsoFormatException {
        return partition.run(recorded(block), Math.min(length, partition.blockSize()));
    }

    private long recorded(long block) throws IsoFormatException {
        int entries = table.capacity() / ENTRY_LENGTH;
        long recorded = block < entries ? Fields.u32(table, (int) block * ENTRY_LENGTH) : UNUSED;
        if (recorded == UNUSED) {
            throw new IsoFormatException(
                    "block of UDF virtual partition: " + block + " (expected: one that is recorded, below " + entries
                            + ")",
                    partition.start() * partition.blockSize());
        }
        return recorded;
    }
}
