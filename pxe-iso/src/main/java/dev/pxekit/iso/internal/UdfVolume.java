package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What leads to the files of a UDF volume: its logical volume and the partitions that this maps (ECMA-167 3/10.6). */
final class UdfVolume implements UdfAllocation.Partitions {

    private static final int LOGICAL_VOLUME_IDENTIFIER = 84;
    private static final int LOGICAL_VOLUME_IDENTIFIER_LENGTH = 128;
    private static final int LOGICAL_BLOCK_SIZE = 212;
    private static final int FILE_SET = 248;
    private static final int MAP_TABLE_LENGTH = 264;
    private static final int MAP_COUNT = 268;
    private static final int MAPS = 440;

    private static final int MAP_PHYSICAL = 1;
    private static final int MAP_PHYSICAL_LENGTH = 6;
    private static final int MAP_BY_IDENTIFIER = 2;
    private static final int MAP_BY_IDENTIFIER_LENGTH = 64;

    /** A volume has one or two partitions, each with a map by number and one of another kind (UDF 2.60 §2.2.3, §2.2.10). */
    private static final int MAXIMUM_MAPS = 8;

    private static final int ROOT_DIRECTORY = 400;

    private final Image image;
    private final int blockSize;
    private final long blocks;
    private final String identifier;
    private final long fileSetBlock;
    private final int fileSetReference;
    private final List<UdfPartition> partitions = new ArrayList<>();
    private final UdfIcbs icbs;

    private UdfVolume(Image image, int blockSize, ByteBuffer logicalVolume, UdfVolumeDescriptors descriptors)
            throws IOException {
        this.image = image;
        this.blockSize = blockSize;
        this.icbs = new UdfIcbs(image, blockSize, this);
        this.blocks = descriptors.blocks();
        this.identifier = UdfFields.dstring(logicalVolume, LOGICAL_VOLUME_IDENTIFIER, LOGICAL_VOLUME_IDENTIFIER_LENGTH);
        this.fileSetBlock = Fields.u32(logicalVolume, FILE_SET + 4);
        this.fileSetReference = Fields.u16(logicalVolume, FILE_SET + 8);
        long offset = descriptors.logicalVolumeOffset();
        if (Fields.u32(logicalVolume, LOGICAL_BLOCK_SIZE) != blockSize) {
            throw new IsoFormatException(
                    "logical block size of UDF: " + Fields.u32(logicalVolume, LOGICAL_BLOCK_SIZE) + " (expected: "
                            + blockSize + ", as the anchor's place says)",
                    offset + LOGICAL_BLOCK_SIZE);
        }
        new Maps(logicalVolume, descriptors, offset).read();
    }

    /** The volume of a session of an image; empty if no anchor is there. */
    static Optional<UdfVolume> find(Image image, long sessionStart) throws IOException {
        Optional<UdfAnchor> anchor = UdfAnchor.find(image, sessionStart);
        if (anchor.isEmpty()) {
            return Optional.empty();
        }
        UdfVolumeDescriptors descriptors = UdfVolumeDescriptors.read(image, anchor.get());
        return Optional.of(new UdfVolume(image, anchor.get().blockSize(), descriptors.logicalVolume(), descriptors));
    }

    int blockSize() {
        return blockSize;
    }

    /** Logical blocks of all partitions. */
    long blocks() {
        return blocks;
    }

    /** The label. */
    String identifier() {
        return identifier;
    }

    @Override
    public UdfPartition get(int reference) throws IsoFormatException {
        if (reference >= partitions.size()) {
            throw new IsoFormatException(
                    "partition reference of UDF: " + reference + " (expected: 0.." + (partitions.size() - 1) + ")", 0);
        }
        return partitions.get(reference);
    }

    /** The file entry of the root directory (ECMA-167 4/14.1). */
    UdfFileEntry root() throws IOException {
        long offset = get(fileSetReference).offset(fileSetBlock);
        ByteBuffer fileSet = image.read(offset, blockSize);
        UdfTag.require(fileSet, UdfTag.FILE_SET, fileSetBlock, offset);
        return entry(Fields.u32(fileSet, ROOT_DIRECTORY + 4), Fields.u16(fileSet, ROOT_DIRECTORY + 8));
    }

    /** The file entry at a block of a partition, in the version that counts. */
    UdfFileEntry entry(long block, int reference) throws IOException {
        return icbs.read(block, reference);
    }

    /** The file entry that was found at a place before. */
    UdfFileEntry entryAt(long block, int reference, long offset) throws IOException {
        return UdfFileEntry.read(image, blockSize, block, reference, offset);
    }

    /** Reads the partition maps of a logical volume (ECMA-167 3/10.7, UDF 2.60 §2.2.8 to §2.2.10). */
    private final class Maps {
        private final ByteBuffer logicalVolume;
        private final UdfVolumeDescriptors descriptors;
        private final long offset;
        /** The first map of each partition that others can be made of. */
        private final Map<Integer, UdfPartition> recorded = new HashMap<>();

        Maps(ByteBuffer logicalVolume, UdfVolumeDescriptors descriptors, long offset) {
            this.logicalVolume = logicalVolume;
            this.descriptors = descriptors;
            this.offset = offset;
        }

        void read() throws IOException {
            long count = Fields.u32(logicalVolume, MAP_COUNT);
            int end =
                    MAPS + (int) Math.min(Fields.u32(logicalVolume, MAP_TABLE_LENGTH), logicalVolume.capacity() - MAPS);
            if (count > MAXIMUM_MAPS) {
                throw new IsoFormatException(
                        "partition maps of UDF: " + count + " (expected: at most " + MAXIMUM_MAPS + ")",
                        offset + MAP_COUNT);
            }
            List<Deferred> deferred = new ArrayList<>();
            int index = MAPS;
            for (long i = 0; i < count; i++) {
                if (end - index < 2
                        || Fields.u8(logicalVolume, index + 1) < MAP_PHYSICAL_LENGTH
                        || Fields.u8(logicalVolume, index + 1) > end - index) {
                    throw new IsoFormatException(
                            "partition maps of UDF: " + count + " (expected: " + i + ", as many as there are)",
                            offset + MAP_COUNT);
                }
                Deferred rest = map(index);
                if (rest != null) {
                    deferred.add(rest);
                }
                index += Fields.u8(logicalVolume, index + 1);
            }
            for (Deferred rest : deferred) {
                partitions.set(rest.reference, rest.source.read());
            }
        }

        /** Adds the partition; if it is made of another one, says how to read it when all the others are known. */
        private @Nullable Deferred map(int index) throws IOException {
            int reference = partitions.size();
            int type = Fields.u8(logicalVolume, index);
            int length = Fields.u8(logicalVolume, index + 1);
            if (type == MAP_PHYSICAL && length == MAP_PHYSICAL_LENGTH) {
                int number = Fields.u16(logicalVolume, index + 4);
                add(number, descriptors.partition(number));
                return null;
            }
            if (type != MAP_BY_IDENTIFIER || length != MAP_BY_IDENTIFIER_LENGTH) {
                throw new IsoFormatException(
                        "partition map of UDF: type " + type + ", " + length + " bytes (expected: 1, 6 or 2, 64)",
                        offset + index);
            }
            int number = Fields.u16(logicalVolume, index + 38);
            String kind = UdfFields.entityIdentifier(logicalVolume, index + 4);
            switch (kind) {
                case "*UDF Sparable Partition" -> {
                    add(number, sparable(index, number));
                    return null;
                }
                case "*UDF Virtual Partition" -> {
                    UdfPhysicalPartition physical = descriptors.partition(number);
                    partitions.add(physical); // until its table is read
                    return new Deferred(reference, () -> UdfVirtualPartition.find(image, physical, reference));
                }
                case "*UDF Metadata Partition" -> {
                    partitions.add(descriptors.partition(number)); // until its file is read
                    long file = Fields.u32(logicalVolume, index + 40);
                    long mirror = Fields.u32(logicalVolume, index + 44);
                    return new Deferred(
                            reference,
                            () -> UdfMetadataPartition.read(
                                    image, blockSize, underlying(number), reference, file, mirror));
                }
                default ->
                    throw new IsoFormatException(
                            "partition map of UDF: \"" + kind
                                    + "\" (expected: *UDF Sparable, Virtual or Metadata Partition)",
                            offset + index);
            }
        }

        private void add(int number, UdfPartition partition) {
            partitions.add(partition);
            recorded.putIfAbsent(number, partition);
        }

        private UdfPartition underlying(int number) throws IsoFormatException {
            UdfPartition partition = recorded.get(number);
            return partition == null ? descriptors.partition(number) : partition;
        }

        private UdfSparablePartition sparable(int index, int number) throws IOException {
            int count = Math.min(4, Fields.u8(logicalVolume, index + 42));
            List<Long> tables = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                tables.add(Fields.u32(logicalVolume, index + 48 + 4 * i));
            }
            return UdfSparablePartition.read(
                    image,
                    descriptors.partition(number),
                    Fields.u16(logicalVolume, index + 40),
                    tables,
                    offset + index);
        }
    }

    private record Deferred(int reference, Source source) {}

    @FunctionalInterface
    private interface Source {
        UdfPartition read() throws IOException;
    }
}
