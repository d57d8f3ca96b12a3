package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The descriptors of a volume descriptor sequence that matter: the logical volume and the partitions, of each the one with
 * the highest sequence number (ECMA-167 3/8.4). A sequence ends where it is damaged; what was read before it counts. If the
 * main one is damaged or lacks something, the reserve is read as well.
 */
final class UdfVolumeDescriptors {

    /** Sound sequences have some six descriptors in sixteen blocks. */
    private static final int MAXIMUM_DESCRIPTORS = 256;

    private static final int SEQUENCE_NUMBER = 16;
    private static final int PARTITION_NUMBER = 22;
    private static final int PARTITION_START = 188;
    private static final int PARTITION_LENGTH = 192;

    private final Image image;
    private final int blockSize;
    private final Map<Integer, ByteBuffer> partitions = new HashMap<>();
    private @Nullable ByteBuffer logicalVolume;
    private long logicalVolumeOffset;
    /** Why something may be missing. */
    private @Nullable IsoFormatException damage;

    private UdfVolumeDescriptors(Image image, int blockSize) {
        this.image = image;
        this.blockSize = blockSize;
    }

    static UdfVolumeDescriptors read(Image image, UdfAnchor anchor) throws IOException {
        UdfVolumeDescriptors descriptors = new UdfVolumeDescriptors(image, anchor.blockSize());
        descriptors.sequence(anchor.mainLocation(), anchor.mainLength());
        if (descriptors.damage != null || descriptors.logicalVolume == null || descriptors.partitions.isEmpty()) {
            descriptors.sequence(anchor.reserveLocation(), anchor.reserveLength());
        }
        descriptors.logicalVolume(); // has to be there
        return descriptors;
    }

    private void sequence(long location, long length) throws IOException {
        try {
            descriptors(location, length);
        } catch (IsoFormatException e) {
            if (damage == null) {
                damage = e;
            } else {
                damage.addSuppressed(e);
            }
        }
    }

    private void descriptors(long location, long length) throws IOException {
        long block = location;
        long end = location + length / blockSize;
        for (int i = 0; i < MAXIMUM_DESCRIPTORS && block < end; i++) {
            long offset = block * blockSize;
            ByteBuffer descriptor = image.read(offset, blockSize);
            int identifier = UdfTag.identifier(descriptor);
            if (identifier == 0 || identifier == UdfTag.TERMINATING) {
                return; // a block that was not recorded ends the sequence, too
            }
            UdfTag.require(descriptor, block, offset);
            block++;
            if (identifier == UdfTag.LOGICAL_VOLUME) {
                if (prevails(descriptor, logicalVolume)) {
                    logicalVolume = descriptor;
                    logicalVolumeOffset = offset;
                }
            } else if (identifier == UdfTag.PARTITION) {
                int number = Fields.u16(descriptor, PARTITION_NUMBER);
                if (prevails(descriptor, partitions.get(number))) {
                    partitions.put(number, descriptor);
                }
            } else if (identifier == UdfTag.VOLUME_DESCRIPTOR_POINTER) {
                block = Fields.u32(descriptor, 24);
                end = block + Fields.u32(descriptor, 20) / blockSize;
            }
        }
    }

    private static boolean prevails(ByteBuffer descriptor, @Nullable ByteBuffer other) {
        return other == null || Fields.u32(descriptor, SEQUENCE_NUMBER) > Fields.u32(other, SEQUENCE_NUMBER);
    }

    ByteBuffer logicalVolume() throws IsoFormatException {
        if (logicalVolume == null) {
            throw missing("UDF volume descriptor sequence without a logical volume descriptor (expected: tag "
                    + UdfTag.LOGICAL_VOLUME + ")");
        }
        return logicalVolume;
    }

    /** Where the logical volume descriptor is in the image. */
    long logicalVolumeOffset() {
        return logicalVolumeOffset;
    }

    UdfPhysicalPartition partition(int number) throws IsoFormatException {
        ByteBuffer descriptor = partitions.get(number);
        if (descriptor == null) {
            throw missing("UDF partition: " + number + " (expected: one of " + partitions.keySet() + ")");
        }
        return new UdfPhysicalPartition(
                blockSize, Fields.u32(descriptor, PARTITION_START), Fields.u32(descriptor, PARTITION_LENGTH));
    }

    private IsoFormatException missing(String problem) {
        return damage == null ? new IsoFormatException(problem, logicalVolumeOffset) : damage;
    }

    /** Blocks of all partitions. */
    long blocks() {
        return partitions.values().stream()
                .mapToLong(descriptor -> Fields.u32(descriptor, PARTITION_LENGTH))
                .sum();
    }
}
