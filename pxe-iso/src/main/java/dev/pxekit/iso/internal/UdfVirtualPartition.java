package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A partition of a medium that is written once (UDF 2.60 §2.2.8, §2.2.11): a virtual allocation table says where each of
 * its blocks was recorded last. The table's file entry is the last block of the medium. The table is kept in memory, up to
 * 16 MiB, which is enough for 8 GiB of blocks.
 */
final class UdfVirtualPartition implements UdfPartition {

    private static final int FILE_TYPE = 248;
    private static final int ENTRY_LENGTH = 4;
    private static final String OLD_IDENTIFIER = "*UDF Virtual Alloc Tbl";
    /** UDF 1.50 §2.2.10: an entity identifier and the place of the table before. */
    private static final int OLD_TRAILER_LENGTH = 36;

    private static final long UNUSED = 0xffff_ffffL;
    /** Run-out blocks and padding that a dump may have after the last recorded block. */
    private static final int BLOCKS_SEARCHED = 1024;

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
        for (long block = last; block >= first; block--) {
            long offset = block * blockSize;
            ByteBuffer descriptor = image.read(offset, blockSize);
            if (UdfFileEntry.isSound(descriptor, block - partition.start())) {
                UdfFileEntry entry = UdfFileEntry.decode(descriptor, reference, offset);
                UdfVirtualPartition found = table(image, partition, entry);
                if (found != null) {
                    return found;
                }
            }
        }
        throw new IsoFormatException(
                "UDF virtual partition without its allocation table (expected: a file entry in one of the last "
                        + BLOCKS_SEARCHED + " blocks); is the image whole?",
                Math.max(0, last * blockSize));
    }

    private static @Nullable UdfVirtualPartition table(Image image, UdfPhysicalPartition partition, UdfFileEntry entry)
            throws IOException {
        if (entry.fileType() != FILE_TYPE && entry.fileType() != 0) {
            return null;
        }
        ByteBuffer content = content(image, partition, entry);
        int start = 0;
        int end = content.capacity();
        if (entry.fileType() == FILE_TYPE) {
            start = end < Short.BYTES ? end : Math.min(Fields.u16(content, 0), end);
        } else {
            end -= OLD_TRAILER_LENGTH;
            if (end < 0 || !UdfFields.entityIdentifier(content, end).equals(OLD_IDENTIFIER)) {
                return null; // a file whose type is not said
            }
        }
        return new UdfVirtualPartition(
                partition, content.slice(start, end - start).order(content.order()));
    }

    private static ByteBuffer content(Image image, UdfPhysicalPartition partition, UdfFileEntry entry)
            throws IOException {
        long size = entry.size();
        if (size > Math.min(MAXIMUM_LENGTH, image.size())) {
            throw new IsoFormatException(
                    "size of UDF virtual allocation table: " + size + " (expected: at most "
                            + Math.min(MAXIMUM_LENGTH, image.size()) + ")",
                    entry.offset());
        }
        Content content = new ExtentContent(image, entry.allocation().extents(reference -> partition, image));
        ByteBuffer buffer = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            content.read(buffer, buffer.position());
        }
        return buffer.flip();
    }

    @Override
    public void locate(long block, long length, Extent.Builder target) throws IOException {
        long rest = length;
        for (long current = block; rest > 0; current++) {
            long run = Math.min(rest, partition.blockSize());
            partition.locate(recorded(current), run, target);
            rest -= run;
        }
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
