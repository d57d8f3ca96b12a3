package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;

/** A partition as the logical volume maps it (ECMA-167 3/10.7): from its blocks to bytes of the image. Thread safe. */
interface UdfPartition {

    /**
     * Adds where bytes of the partition are.
     *
     * @param block where they begin
     * @param length how many they are
     * @param target what they are added to, in as many runs as they are recorded in
     */
    void locate(long block, long length, Extent.Builder target) throws IOException;

    /** Where a block is in the image, in bytes. */
    default long offset(long block) throws IOException {
        Extent.Builder runs = new Extent.Builder();
        locate(block, 1, runs);
        Extent run = runs.build().get(0);
        if (run.isHole()) {
            throw new IsoFormatException("block " + block + " of UDF partition is not recorded", 0);
        }
        return run.offset();
    }
}
