package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;

/**
 * Blocks one after another (ECMA-167 3/10.7.2).
 *
 * @param start the first block of the partition within the volume
 * @param blocks how many it has
 */
record UdfPhysicalPartition(int blockSize, long start, long blocks) implements UdfPartition {

    @Override
    public Run run(long block, long length) throws IsoFormatException {
        long offset = (start + block) * blockSize;
        if (block >= blocks || length > (blocks - block) * blockSize) {
            throw new IsoFormatException(
                    "extent of UDF partition: block " + block + ", " + length + " bytes (expected: within " + blocks
                            + " blocks)",
                    offset);
        }
        return new Run(offset, length);
    }
}
