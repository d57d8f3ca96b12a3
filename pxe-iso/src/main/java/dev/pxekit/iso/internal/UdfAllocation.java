package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the content of a file is: the allocation descriptors of its file entry and of the extents that continue them, or
 * the content itself (ECMA-167 4/12, 4/14.14).
 *
 * <pre>
 * short     long      extended
 * 0         0         0    length of the extent (30 bits), type (2 bits)
 *                     4    recorded length
 *                     8    information length
 * 4         4         12   first block
 *           8         16   partition
 * </pre>
 */
final class UdfAllocation {

    private static final int SHORT = 0;
    private static final int LONG = 1;
    private static final int EXTENDED = 2;
    private static final int EMBEDDED = 3;

    private static final int RECORDED = 0;
    private static final int CONTINUATION = 3;

    private static final int EXTENT_HEADER_LENGTH = 24;
    /** Holes need no block. */
    private static final int SPARE_DESCRIPTORS = 1024;

    private static final long LENGTH_MASK = 0x3fff_ffffL;

    /** Finds a partition by its number among the partition maps. */
    @FunctionalInterface
    interface Partitions {
        UdfPartition get(int reference) throws IsoFormatException;
    }

    private final ByteBuffer descriptors;
    private final long offset;
    private final int form;
    private final long size;
    private final int blockSize;
    private final int reference;

    /**
     * Takes what a file entry says.
     *
     * @param descriptors the allocation descriptors of the entry, or the content
     * @param offset where these are in the image
     * @param form the lowest three bits of the ICB flags
     * @param size the information length of the file
     * @param blockSize the length of a logical block
     * @param reference the partition that short descriptors count in
     */
    UdfAllocation(ByteBuffer descriptors, long offset, int form, long size, int blockSize, int reference)
            throws IsoFormatException {
        if (form > EMBEDDED) {
            throw new IsoFormatException("form of UDF allocation descriptors: " + form + " (expected: 0..3)", offset);
        }
        this.descriptors = descriptors;
        this.offset = offset;
        this.form = form;
        this.size = size;
        this.blockSize = blockSize;
        this.reference = reference;
    }

    /**
     * Finds the extents of the content: as many bytes as the file has. There are no more descriptors than the image has
     * blocks, as each stands for one at least, so that a chain which comes back to itself ends.
     */
    List<Extent> extents(Partitions partitions, Image image) throws IOException {
        Extent.Builder target = new Extent.Builder();
        locate(partitions, image, target);
        return target.build();
    }

    private void locate(Partitions partitions, Image image, Extent.Builder target) throws IOException {
        if (form == EMBEDDED) {
            if (size > descriptors.capacity()) {
                throw new IsoFormatException(
                        "size of UDF file within its entry: " + size + " (expected: 0.." + descriptors.capacity() + ")",
                        offset);
            }
            target.add(offset, size);
            return;
        }
        ByteBuffer current = descriptors;
        long currentOffset = offset;
        long limit = image.size() / blockSize + SPARE_DESCRIPTORS;
        while (current != null) {
            Next next = locate(current, currentOffset, partitions, target);
            current = null;
            if (next != null && target.size() < size) {
                long nextOffset = next.partition.offset(next.block);
                ByteBuffer extent = image.read(nextOffset, blockSize);
                UdfTag.require(extent, UdfTag.ALLOCATION_EXTENT, next.block, nextOffset);
                int length = (int) Math.min(Fields.u32(extent, 20), blockSize - EXTENT_HEADER_LENGTH);
                limit -= 1 + length / descriptorLength();
                if (limit < 0) {
                    throw new IsoFormatException(
                            "UDF allocation descriptors of one file: more than the image has blocks", nextOffset);
                }
                current = extent.slice(EXTENT_HEADER_LENGTH, length).order(extent.order());
                currentOffset = nextOffset + EXTENT_HEADER_LENGTH;
            }
        }
        long missing = size - target.size();
        long restOfBlock = target.size() % blockSize == 0 ? 0 : blockSize - target.size() % blockSize;
        if (missing > 0 && missing <= restOfBlock) {
            target.extend(missing); // Linux leaves the last extent shorter than the file while both end in one block
        } else if (missing > 0) {
            throw new IsoFormatException(
                    "size of UDF file: " + size + " (expected: at most " + target.size()
                            + ", as its allocation descriptors say)",
                    offset);
        }
    }

    private int descriptorLength() {
        return form == SHORT ? 8 : form == LONG ? 16 : 20;
    }

    private record Next(UdfPartition partition, long block) {}

    private @Nullable Next locate(ByteBuffer area, long areaOffset, Partitions partitions, Extent.Builder target)
            throws IOException {
        int step = descriptorLength();
        for (int index = 0; index + step <= area.capacity() && target.size() < size; index += step) {
            long length = Fields.u32(area, index) & LENGTH_MASK;
            int type = (int) (Fields.u32(area, index) >>> 30);
            if (length == 0) {
                return null; // the rest of the area is not in use
            }
            int place = form == EXTENDED ? index + 12 : index + 4;
            UdfPartition partition = partitions.get(form == SHORT ? reference : Fields.u16(area, place + 4));
            if (type == CONTINUATION) {
                return new Next(partition, Fields.u32(area, place));
            }
            long bytes = form == EXTENDED ? informationLength(area, index, areaOffset) : length;
            long wanted = Math.min(bytes, size - target.size());
            if (type == RECORDED) {
                partition.locate(Fields.u32(area, place), wanted, target);
            } else {
                target.addHole(wanted);
            }
        }
        return null;
    }

    /** ECMA-167 4/14.14.3: what is recorded may be shorter than the extent, and compressed, which UDF does not allow. */
    private static long informationLength(ByteBuffer area, int index, long areaOffset) throws IsoFormatException {
        long recorded = Fields.u32(area, index + 4) & LENGTH_MASK;
        long information = Fields.u32(area, index + 8);
        if (information > recorded) {
            throw new IsoFormatException(
                    "information length of UDF extended allocation descriptor: " + information + " (expected: at most "
                            + recorded + ", as recorded)",
                    areaOffset + index);
        }
        return information;
    }
}
