package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
    /** For extents that are shorter than a block. */
    private static final int SPARE_STEPS = 64;
    /** Holes take no blocks of the image; one descriptor is enough for 1 GiB. */
    private static final int HUGE_HOLES = 1 << 16;

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
     * Finds the extents of the content: as many bytes as the file has.
     *
     * @param claims which file the extents that continue the descriptors belong to
     */
    List<Extent> extents(Partitions partitions, Image image, Claims claims) throws IOException {
        if (form == EMBEDDED) {
            if (size > descriptors.capacity()) {
                throw new IsoFormatException(
                        "size of UDF file within its entry: " + size + " (expected: 0.." + descriptors.capacity() + ")",
                        offset);
            }
            return new Extent.Builder().add(offset, size).build();
        }
        return new Locator(partitions, image, claims).locate();
    }

    private int descriptorLength() {
        return form == SHORT ? 8 : form == LONG ? 16 : 20;
    }

    /** Goes through the descriptors, in time and memory that the image's size and the file's justify. */
    private final class Locator {
        private final Partitions partitions;
        private final Image image;
        private final Claims claims;
        private final Extent.Builder target = new Extent.Builder();
        private final Set<Long> continuations = new HashSet<>();
        /** Each run and each hole takes one. What continues the descriptors does not, as every block of it is read once. */
        private long budget;

        Locator(Partitions partitions, Image image, Claims claims) {
            this.partitions = partitions;
            this.image = image;
            this.claims = claims;
            long blocks = Math.min(size / blockSize, 2 * (image.size() / blockSize) + HUGE_HOLES);
            this.budget = SPARE_STEPS + Math.min(blocks, Extent.MAXIMUM_COUNT);
        }

        List<Extent> locate() throws IOException {
            ByteBuffer area = descriptors;
            while (area != null && target.size() < size) {
                area = locate(area);
            }
            long missing = size - target.size();
            long restOfBlock = target.size() % blockSize == 0 ? 0 : blockSize - target.size() % blockSize;
            if (missing > 0 && missing <= restOfBlock) {
                target.extend(
                        missing); // Linux leaves the last extent shorter than the file while both end in one block
            } else if (missing > 0) {
                throw new IsoFormatException(
                        "size of UDF file: " + size + " (expected: at most " + target.size()
                                + ", as its allocation descriptors say)",
                        offset);
            }
            return target.build();
        }

        /** Takes the descriptors of an area; hands out those that continue them, if more are needed. */
        private @Nullable ByteBuffer locate(ByteBuffer area) throws IOException {
            int step = descriptorLength();
            for (int index = 0; index + step <= area.capacity() && target.size() < size; index += step) {
                long length = Fields.u32(area, index) & LENGTH_MASK;
                int type = (int) (Fields.u32(area, index) >>> 30);
                if (length == 0) {
                    return null; // the rest of the area is not in use
                }
                int place = form == EXTENDED ? index + 12 : index + 4;
                long block = Fields.u32(area, place);
                UdfPartition partition = partitions.get(form == SHORT ? reference : Fields.u16(area, place + 4));
                if (type == CONTINUATION) {
                    return continuation(partition, block);
                }
                long bytes = form == EXTENDED ? informationLength(area, index) : length;
                long wanted = Math.min(bytes, size - target.size());
                if (type == RECORDED) {
                    recorded(partition, block, wanted);
                } else {
                    spend();
                    target.addHole(wanted);
                }
            }
            return null;
        }

        private void recorded(UdfPartition partition, long block, long length) throws IOException {
            long current = block;
            for (long rest = length; rest > 0; ) {
                spend();
                UdfPartition.Run run = partition.run(current, rest);
                target.add(run.offset(), run.length());
                current += run.length() / blockSize;
                rest -= run.length();
            }
        }

        /** ECMA-167 4/14.5: 16 the place of the area before, 20 the length of the descriptors, 24 these. */
        private ByteBuffer continuation(UdfPartition partition, long block) throws IOException {
            long place = partition.offset(block);
            ByteBuffer extent = image.read(place, blockSize);
            UdfTag.require(extent, UdfTag.ALLOCATION_EXTENT, block, place);
            if (!continuations.add(place) || !claims.claim(place / blockSize, offset)) {
                throw new IsoFormatException(
                        "UDF allocation descriptors are continued where others are, too (expected: in an extent of"
                                + " their own)",
                        place);
            }
            int length = (int) Math.min(Fields.u32(extent, 20), blockSize - EXTENT_HEADER_LENGTH);
            return extent.slice(EXTENT_HEADER_LENGTH, length).order(extent.order());
        }

        private void spend() throws IsoFormatException {
            if (--budget < 0) {
                throw new IsoFormatException(
                        "extents of UDF file of " + size + " bytes: more than it or the image has blocks", offset);
            }
        }
    }

    /** ECMA-167 4/14.14.3: what is recorded may be shorter than the extent, and compressed, which UDF does not allow. */
    private long informationLength(ByteBuffer area, int index) throws IsoFormatException {
        long recorded = Fields.u32(area, index + 4) & LENGTH_MASK;
        long information = Fields.u32(area, index + 8);
        if (information > recorded) {
            throw new IsoFormatException(
                    "information length of UDF extended allocation descriptor: " + information + " (expected: at most "
                            + recorded + ", as recorded)",
                    offset);
        }
        return information;
    }
}
