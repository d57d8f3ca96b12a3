package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;

/** A partition as the logical volume maps it (ECMA-167 3/10.7): from its blocks to bytes of the image. Thread safe. */
interface UdfPartition {

    /**
     * Bytes that are recorded one after another.
     *
     * @param offset where they begin in the image, or {@link Extent#HOLE}
     * @param length how many they are, at least 1
     */
    record Run(long offset, long length) {}

    /**
     * Finds where bytes of the partition are.
     *
     * @param block where they begin
     * @param length how many they are, at least 1
     * @return the first of the runs that they are recorded in; if it is not the last one, it ends with a block
     * @throws IsoFormatException if they do not lie within the partition
     */
    Run run(long block, long length) throws IOException;

    /** Where a block is in the image, in bytes. */
    default long offset(long block) throws IOException {
        long offset = run(block, 1).offset();
        if (offset == Extent.HOLE) {
            throw new IsoFormatException("block " + block + " of UDF partition is not recorded", 0);
        }
        return offset;
    }
}
