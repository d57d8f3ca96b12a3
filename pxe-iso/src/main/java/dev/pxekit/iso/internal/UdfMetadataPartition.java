package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.util.List;

/**
 * A partition that is a file of another one and holds all the metadata (UDF 2.60 §2.2.10). Of the file there may be a
 * mirror, which is used when the file's entry is damaged.
 */
final class UdfMetadataPartition implements UdfPartition {

    private static final int FILE_TYPE = 250;
    private static final int MIRROR_FILE_TYPE = 251;

    private final int blockSize;
    /** Where the file's entry is in the image. */
    private final long file;

    private final List<Extent> extents;
    private final long size;

    private UdfMetadataPartition(int blockSize, long file, List<Extent> extents, long size) {
        this.blockSize = blockSize;
        this.file = file;
        this.extents = extents;
        this.size = size;
    }

    /**
     * Reads the file's entry, or that of its mirror.
     *
     * @param partition what the file lies in
     * @param reference its number among the partition maps
     */
    static UdfMetadataPartition read(
            Image image, int blockSize, UdfPartition partition, int reference, long file, long mirror)
            throws IOException {
        try {
            return read(image, blockSize, partition, reference, file, FILE_TYPE);
        } catch (IsoFormatException e) {
            try {
                return read(image, blockSize, partition, reference, mirror, MIRROR_FILE_TYPE);
            } catch (IsoFormatException mirrorToo) {
                e.addSuppressed(mirrorToo);
                throw e;
            }
        }
    }

    private static UdfMetadataPartition read(
            Image image, int blockSize, UdfPartition partition, int reference, long block, int fileType)
            throws IOException {
        long offset = partition.offset(block);
        UdfFileEntry entry = UdfFileEntry.read(image, blockSize, block, reference, offset);
        if (entry.fileType() != fileType) {
            throw new IsoFormatException(
                    "file type of UDF metadata file: " + entry.fileType() + " (expected: " + fileType + ")", offset);
        }
        return new UdfMetadataPartition(
                blockSize, offset, entry.allocation().extents(number -> partition, image, new Claims()), entry.size());
    }

    @Override
    public Run run(long block, long length) throws IsoFormatException {
        long position = block * blockSize;
        if (position >= size || length > size - position) {
            throw new IsoFormatException(
                    "extent of UDF metadata partition: block " + block + ", " + length + " bytes (expected: within "
                            + size + " bytes)",
                    file);
        }
        Extent extent = extents.get(Extent.indexAt(extents, position));
        long run = Math.min(extent.runAt(position), length);
        if (run < length && run % blockSize != 0) {
            throw new IsoFormatException(
                    "extent of UDF metadata file: one that ends within a block (expected: a multiple of " + blockSize
                            + " bytes)",
                    file);
        }
        return new Run(extent.isHole() ? Extent.HOLE : extent.offsetAt(position), run);
    }
}
