package dev.pxekit.iso.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The anchor volume descriptor pointer (ECMA-167 3/10.2): where the volume descriptor sequence and its reserve are. It
 * stands at block 256, at the last block and 256 blocks before that, or at 512 (UDF 2.60 §2.2.3, §6.11); its place tells
 * how large blocks are. Of a session that is not the first one, it stands 256 blocks behind the beginning.
 *
 * @param blockSize bytes of a block: 512, 1024, 2048 or 4096
 * @param mainLocation the first block of the sequence
 * @param mainLength its bytes
 * @param reserveLocation the first block of the reserve sequence
 * @param reserveLength its bytes
 */
record UdfAnchor(int blockSize, long mainLocation, long mainLength, long reserveLocation, long reserveLength) {

    private static final int[] BLOCK_SIZES = {2048, 512, 4096, 1024};
    private static final int FIRST = 256;
    private static final int OTHER = 512;
    private static final int LENGTH = 512;

    /**
     * Finds the anchor of a session.
     *
     * @param sessionStart the sector of 2,048 bytes that it begins at
     */
    static Optional<UdfAnchor> find(Image image, long sessionStart) throws IOException {
        if (sessionStart > 0) {
            return at(image, sessionStart + FIRST, VolumeDescriptors.SECTOR_SIZE);
        }
        for (int blockSize : BLOCK_SIZES) {
            long last = image.size() / blockSize - 1;
            for (long block : new long[] {FIRST, last, last - FIRST, OTHER}) {
                Optional<UdfAnchor> anchor = at(image, block, blockSize);
                if (anchor.isPresent()) {
                    return anchor;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<UdfAnchor> at(Image image, long block, int blockSize) throws IOException {
        if (block < 0 || block >= image.size() / blockSize) {
            return Optional.empty();
        }
        ByteBuffer descriptor = image.read(block * blockSize, LENGTH);
        return UdfTag.isSound(descriptor, UdfTag.ANCHOR, block)
                ? Optional.of(decode(descriptor, blockSize))
                : Optional.empty();
    }

    private static UdfAnchor decode(ByteBuffer descriptor, int blockSize) {
        return new UdfAnchor(
                blockSize,
                Fields.u32(descriptor, 20),
                Fields.u32(descriptor, 16),
                Fields.u32(descriptor, 28),
                Fields.u32(descriptor, 24));
    }
}
