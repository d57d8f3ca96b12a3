package dev.pxekit.iso;

import static dev.pxekit.iso.TestImage.concat;

import dev.pxekit.iso.UdfEntry.Form;
import dev.pxekit.iso.UdfEntry.Piece;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * Makes small UDF images, sound or not: every field that a test wants to bend can be bent before the checksums are made.
 * Written after ECMA-167 3rd edition and OSTA UDF 2.60, not after the reader.
 *
 * <pre>
 * 256       anchor
 * 257       volume descriptor sequence
 * 273       its reserve
 * 289, 290  sparing tables
 * 296       spared packets of 8 blocks, or where a volume descriptor pointer leads to
 * 320       partition
 * </pre>
 */
final class TestUdfImage {

    /** How the partition is mapped. */
    enum Partition {
        PHYSICAL,
        SPARABLE,
        VIRTUAL_150,
        VIRTUAL_200,
        METADATA
    }

    static final int ANCHOR = 256;
    static final int MAIN = 257;
    static final int RESERVE = 273;
    static final int SPARING_TABLE = 289;
    static final int SPARED = 296;
    static final int START = 320;
    static final int PACKET = 8;

    static final int TAG_LOGICAL_VOLUME = 6;
    static final int TAG_PARTITION = 5;
    static final int TAG_FILE_SET = 256;

    private static final int METADATA_BLOCKS = 64;

    private final UdfEntry root;
    private int blockSize = 2048;
    private Partition partition = Partition.PHYSICAL;
    private String label = "TEST";
    private byte[] iso = new byte[0];
    private boolean anchorAtStart = true;
    private boolean anchorsAtEnd;
    private boolean pointer;
    private long partitionBlocks = -1;
    private final Map<Integer, Consumer<ByteBuffer>> bends = new HashMap<>();
    private Consumer<ByteBuffer> bendTable = table -> {};

    private final TreeMap<Long, byte[]> blocks = new TreeMap<>();
    private final List<Long> tags = new ArrayList<>();
    private Space data = new Space(0, block -> block);
    private Space metadata = data;
    private final List<Long> virtual = new ArrayList<>();
    private long metadataFile;

    TestUdfImage(UdfEntry... entries) {
        this.root = UdfEntry.directory("", entries);
    }

    /** The entry of the root directory. */
    TestUdfImage root(Consumer<UdfEntry> change) {
        change.accept(root);
        return this;
    }

    TestUdfImage blockSize(int bytes) {
        this.blockSize = bytes;
        return this;
    }

    TestUdfImage partition(Partition kind) {
        this.partition = kind;
        return this;
    }

    TestUdfImage label(String text) {
        this.label = text;
        return this;
    }

    /** Puts an image of ISO 9660, of at most 256 blocks, before. */
    TestUdfImage bridge(byte[] image) {
        this.iso = image;
        return this;
    }

    /** Whether there is an anchor at block 256. */
    TestUdfImage anchorAtStart(boolean present) {
        this.anchorAtStart = present;
        return this;
    }

    /** Adds anchors at the last block and 256 blocks before. */
    TestUdfImage anchorsAtEnd() {
        this.anchorsAtEnd = true;
        return this;
    }

    /** Lets the volume descriptor sequence go on elsewhere. */
    TestUdfImage volumeDescriptorPointer() {
        this.pointer = true;
        return this;
    }

    /** The length of the partition as it is told, which may be more than the image has. */
    TestUdfImage partitionBlocks(long count) {
        this.partitionBlocks = count;
        return this;
    }

    /** Changes all descriptors of a kind before their checksums are made. */
    TestUdfImage bend(int tag, Consumer<ByteBuffer> change) {
        bends.merge(tag, change, Consumer::andThen);
        return this;
    }

    /** Changes the virtual allocation table, the sparing tables or the partition map of the metadata partition. */
    TestUdfImage bendTable(Consumer<ByteBuffer> change) {
        this.bendTable = change;
        return this;
    }

    /** Where the entry of a file is, in bytes of the image that was built. */
    int offsetOf(UdfEntry entry) {
        return Math.toIntExact(metadata.absolute(entry.block) * blockSize);
    }

    /** Where a block of the partition for data is, in bytes. */
    long offsetOf(long block) {
        return data.absolute(block) * blockSize;
    }

    /** Where the entry of the metadata file is; that of its mirror is one block behind. */
    int metadataFile() {
        return Math.toIntExact(metadataFile * blockSize);
    }

    /** Mends the checksums of all descriptors after their bytes were changed. */
    void reseal(byte[] image) {
        for (long at : tags) {
            UdfBytes.reseal(image, (int) at);
        }
    }

    byte[] build() {
        makeSpaces();
        long fileSet = metadata.allocate(1);
        place(root);
        write(root, root);
        ByteBuffer descriptor = UdfBytes.buffer(blockSize);
        descriptor.put(400, UdfBytes.longDescriptor(0, blockSize, root.block, metadata.reference));
        writeDescriptor(metadata, fileSet, descriptor, TAG_FILE_SET);
        finishPartition();
        long end = partition == Partition.VIRTUAL_150 || partition == Partition.VIRTUAL_200
                ? blocks.lastKey() + 1
                : Math.max(blocks.lastKey() + 1, START + 64) + ANCHOR + 2;
        volumeDescriptors(MAIN, fileSet, end);
        volumeDescriptors(RESERVE, fileSet, end);
        if (anchorAtStart) {
            anchor(ANCHOR);
        }
        if (anchorsAtEnd) {
            anchor(end - 1 - ANCHOR);
            anchor(end - 1);
        }
        return image(end);
    }

    private byte[] image(long end) {
        byte[] image = Arrays.copyOf(iso, Math.toIntExact(end * blockSize));
        blocks.forEach(
                (block, bytes) -> System.arraycopy(bytes, 0, image, Math.toIntExact(block * blockSize), bytes.length));
        return image;
    }

    private void makeSpaces() {
        data = new Space(0, block -> START + block);
        metadata = data;
        data.next = 7;
        if (partition == Partition.SPARABLE) {
            // The first two packets are worn.
            data = new Space(0, block -> block < 2 * PACKET ? SPARED + block : START + block);
            metadata = data;
            for (long worn = START; worn < START + 2 * PACKET; worn++) {
                byte[] noise = new byte[blockSize];
                Arrays.fill(noise, (byte) 0xee);
                blocks.put(worn, noise);
            }
        } else if (partition == Partition.METADATA) {
            long first = data.allocate(METADATA_BLOCKS / 2 + 1);
            long second = data.allocate(METADATA_BLOCKS / 2);
            metadata = new Space(
                    1, block -> START + (block < METADATA_BLOCKS / 2 ? first : second - METADATA_BLOCKS / 2) + block);
            metadataFile(data.allocate(1), first, second, 250);
            metadataFile(data.allocate(1), first, second, 251);
        } else if (partition != Partition.PHYSICAL) {
            metadata = new Space(1, block -> START + virtual.get((int) block));
        }
    }

    private void metadataFile(long block, long first, long second, int fileType) {
        if (fileType == 250) {
            metadataFile = START + block;
        }
        UdfEntry file = UdfEntry.special("", fileType);
        file.extended();
        byte[] descriptors = concat(
                UdfBytes.shortDescriptor(0, (long) METADATA_BLOCKS / 2 * blockSize, first),
                UdfBytes.shortDescriptor(0, (long) METADATA_BLOCKS / 2 * blockSize, second));
        writeEntry(data, block, file, 4, Form.SHORT, (long) METADATA_BLOCKS * blockSize, descriptors);
    }

    private void finishPartition() {
        if (partition == Partition.SPARABLE) {
            for (int copy = 0; copy < 2; copy++) {
                ByteBuffer table = UdfBytes.buffer(blockSize).put(16, UdfBytes.entityIdentifier("*UDF Sparing Table"));
                table.putShort(48, (short) 3);
                table.putInt(56, 0).putInt(60, SPARED);
                table.putInt(64, PACKET).putInt(68, SPARED + PACKET);
                table.putInt(72, -1).putInt(76, SPARED + 2 * PACKET);
                bendTable.accept(table);
                long block = (long) SPARING_TABLE + copy;
                seal(block, UdfBytes.bytes(table), 0, blockSize, 0, block);
            }
        } else if (partition == Partition.VIRTUAL_150 || partition == Partition.VIRTUAL_200) {
            virtualAllocationTable();
        }
    }

    private void virtualAllocationTable() {
        boolean old = partition == Partition.VIRTUAL_150;
        int header = old ? 0 : 152;
        ByteBuffer table = UdfBytes.buffer(header + 4 * virtual.size() + (old ? 36 : 0));
        if (!old) {
            table.putShort(0, (short) header);
            table.put(4, UdfBytes.dstring(label, 128));
            table.putInt(132, -1);
        }
        table.position(header);
        virtual.forEach(block -> table.putInt((int) (long) block));
        if (old) {
            table.put(UdfBytes.entityIdentifier("*UDF Virtual Alloc Tbl")).putInt(-1);
        }
        bendTable.accept(table);
        UdfEntry file = UdfEntry.special("", old ? 0 : 248);
        byte[] descriptors =
                allocation(file, UdfBytes.bytes(table), Form.SHORT, data, List.of(UdfEntry.recorded(table.capacity())));
        writeEntry(data, data.allocate(1), file, 4, Form.SHORT, table.capacity(), descriptors);
    }

    /** Reserves the place of each entry, a second block for what follows one with strategy 4096. */
    private void place(UdfEntry entry) {
        entry.block = metadata.allocate(entry.olderVersions == 0 ? 1 : 2 * (entry.olderVersions + 1));
        for (UdfEntry child : entry.children) {
            if (child.sameAs == null) {
                place(child);
            }
        }
    }

    private void write(UdfEntry entry, UdfEntry parent) {
        Form form = entry.form != null ? entry.form : metadata == data ? Form.SHORT : Form.LONG;
        boolean inMetadata = entry.isDirectory() && (partition == Partition.METADATA || metadata == data);
        Space space = inMetadata ? metadata : data;
        byte[] content = entry.content;
        if (entry.isDirectory()) {
            int length = identifiers(entry, parent, 0).length;
            long first = form == Form.EMBEDDED ? entry.block : space.next;
            content = identifiers(entry, parent, first);
            if (content.length != length) {
                throw new IllegalStateException();
            }
        }
        List<Piece> pieces = !entry.pieces.isEmpty()
                ? entry.pieces
                : content.length == 0 ? List.of() : List.of(UdfEntry.recorded(content.length));
        long size = pieces.stream().mapToLong(Piece::length).sum();
        byte[] area = form == Form.EMBEDDED ? content : allocation(entry, content, form, space, pieces);
        int strategy = entry.olderVersions == 0 ? 4 : 4096;
        long block = entry.block;
        for (int version = 0; version < entry.olderVersions; version++, block += 2) {
            writeEntry(metadata, block, UdfEntry.special("", entry.fileType), 4096, form, 0, new byte[0]);
            indirect(block + 1, UdfBytes.longDescriptor(0, 2L * blockSize, block + 2, metadata.reference));
        }
        writeEntry(metadata, block, entry, strategy, form, size, area);
        for (UdfEntry child : entry.children) {
            if (child.sameAs == null) {
                write(child, entry);
            }
        }
    }

    private void indirect(long block, byte[] next) {
        ByteBuffer indirect = UdfBytes.buffer(blockSize);
        indirect.putShort(20, (short) 4096).put(27, (byte) 3).put(36, next);
        writeDescriptor(metadata, block, indirect, 259);
    }

    private byte[] identifiers(UdfEntry directory, UdfEntry parent, long firstBlock) {
        UdfEntry up = UdfEntry.directory("").characteristics(8).identifier(new byte[0]);
        up.sameAs = parent;
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<UdfEntry> names = new ArrayList<>(List.of(up));
        names.addAll(directory.children);
        for (UdfEntry name : names) {
            int use = name.implementationUse.length;
            int length = (38 + use + name.identifier.length + 3) / 4 * 4;
            ByteBuffer descriptor = UdfBytes.buffer(length);
            descriptor.putShort(16, (short) 1).put(18, (byte) name.characteristics);
            descriptor.put(19, (byte) name.identifier.length);
            descriptor.put(20, UdfBytes.longDescriptor(0, blockSize, name.target().block, metadata.reference));
            descriptor.putShort(36, (short) use);
            descriptor.put(38, name.implementationUse).put(38 + use, name.identifier);
            name.bendIdentifier.accept(descriptor);
            byte[] bytes = UdfBytes.bytes(descriptor);
            UdfBytes.seal(bytes, 0, length, 257, firstBlock + all.size() / blockSize);
            all.writeBytes(bytes);
        }
        all.writeBytes(directory.content);
        return all.toByteArray();
    }

    /** Records content in its pieces; hands out the descriptors that stand in the entry. */
    private byte[] allocation(UdfEntry entry, byte[] content, Form form, Space space, List<Piece> pieces) {
        List<byte[]> descriptors = new ArrayList<>();
        int position = 0;
        for (Piece piece : pieces) {
            long block = piece.block();
            int count = Math.toIntExact((piece.length() + blockSize - 1) / blockSize);
            if (piece.type() == UdfBytes.UNALLOCATED) {
                block = 0;
            } else if (block < 0) {
                block = space.allocate(count);
            }
            if (piece.type() == UdfBytes.RECORDED && piece.block() < 0) {
                space.put(block, Arrays.copyOfRange(content, position, position + (int) piece.length()));
                position += (int) piece.length();
                space.allocate(pieces.size() > 1 ? 1 : 0); // what follows does not touch
            }
            descriptors.add(descriptor(form, piece.type(), piece.length(), block, space.reference));
        }
        byte[] area = new byte[0];
        for (int last = descriptors.size(); ; ) {
            int first = (last - 1) / entry.descriptorsPerExtent * entry.descriptorsPerExtent;
            byte[] extent =
                    concat(concat(descriptors.subList(Math.max(0, first), last).toArray(byte[][]::new)), area);
            if (first <= 0) {
                return extent;
            }
            long block = space.allocate(1);
            ByteBuffer continuation = UdfBytes.buffer(blockSize).putInt(20, extent.length);
            continuation.put(24, extent);
            writeDescriptor(space, block, continuation, 258);
            area = descriptor(form, UdfBytes.CONTINUATION, blockSize, block, space.reference);
            last = first;
        }
    }

    private static byte[] descriptor(Form form, int type, long length, long block, int reference) {
        return form == Form.SHORT
                ? UdfBytes.shortDescriptor(type, length, block)
                : form == Form.LONG
                        ? UdfBytes.longDescriptor(type, length, block, reference)
                        : UdfBytes.extendedDescriptor(type, length, block, reference);
    }

    private void writeEntry(
            Space space, long block, UdfEntry entry, int strategy, Form form, long size, byte[] allocation) {
        ByteBuffer bytes = UdfBytes.buffer(blockSize);
        bytes.putShort(20, (short) strategy).putShort(24, (short) 1).put(27, (byte) entry.fileType);
        bytes.putShort(34, (short) (entry.flags | form.bits));
        bytes.putInt(36, entry.uid).putInt(40, entry.gid);
        bytes.putInt(44, (entry.mode & 07) | ((entry.mode & 070) << 2) | ((entry.mode & 0700) << 4));
        bytes.putShort(48, (short) entry.links);
        bytes.putLong(56, size);
        int shift = entry.extended ? 8 : 0;
        bytes.put(72 + shift, entry.accessTime).put(84 + shift, entry.modificationTime);
        bytes.put(entry.extended ? 116 : 96, entry.changeTime);
        if (entry.extended) {
            bytes.putLong(64, size).put(104, entry.creationTime);
        }
        int body = entry.extended ? 216 : 176;
        byte[] attributes = new byte[0];
        if (entry.extendedAttributes.length > 0) {
            byte[] header = new byte[24];
            UdfBytes.seal(header, 0, header.length, 262, block);
            attributes = concat(header, entry.extendedAttributes);
        }
        bytes.putInt(body - 8, attributes.length).putInt(body - 4, allocation.length);
        bytes.put(body, attributes).put(body + attributes.length, allocation);
        entry.bend.accept(bytes);
        writeDescriptor(space, block, bytes, entry.extended ? 266 : 261);
    }

    private void volumeDescriptors(int start, long fileSet, long end) {
        int next = start;
        seal(next, new byte[blockSize], 0, 512, 1, next);
        ByteBuffer volume = UdfBytes.buffer(blockSize);
        volume.putInt(16, 1).put(84, UdfBytes.dstring(label, 128)).putInt(212, blockSize);
        volume.put(216, UdfBytes.entityIdentifier("*OSTA UDF Compliant"));
        volume.put(248, UdfBytes.longDescriptor(0, blockSize, fileSet, metadata.reference));
        byte[] maps = maps();
        volume.putInt(264, maps.length)
                .putInt(268, partition == Partition.PHYSICAL || partition == Partition.SPARABLE ? 1 : 2);
        volume.put(440, maps);
        bends.getOrDefault(TAG_LOGICAL_VOLUME, descriptor -> {}).accept(volume);
        next++;
        seal(next, UdfBytes.bytes(volume), 0, 512, TAG_LOGICAL_VOLUME, next);
        if (pointer) {
            byte[] descriptor = UdfBytes.bytes(UdfBytes.buffer(blockSize)
                    .putInt(16, 2)
                    .putInt(20, 8 * blockSize)
                    .putInt(24, SPARED));
            next++;
            seal(next, descriptor, 0, 512, 3, next);
            next = SPARED - 1;
        }
        ByteBuffer part = UdfBytes.buffer(blockSize).putInt(16, 3).putInt(188, START);
        part.putInt(192, (int) (partitionBlocks >= 0 ? partitionBlocks : end - START));
        part.put(24, UdfBytes.entityIdentifier("+NSR03"));
        bends.getOrDefault(TAG_PARTITION, descriptor -> {}).accept(part);
        next++;
        seal(next, UdfBytes.bytes(part), 0, 512, TAG_PARTITION, next);
        next++;
        seal(next, new byte[blockSize], 0, 512, 8, next);
    }

    /** ECMA-167 3/10.7, UDF §2.2.8 to §2.2.10. */
    private byte[] maps() {
        byte[] physical =
                UdfBytes.bytes(UdfBytes.buffer(6).put((byte) 1).put((byte) 6).putShort(2, (short) 1));
        ByteBuffer map = UdfBytes.buffer(64).put(0, (byte) 2).put(1, (byte) 64).putShort(36, (short) 1);
        switch (partition) {
            case SPARABLE -> {
                map.put(4, UdfBytes.entityIdentifier("*UDF Sparable Partition"));
                map.putShort(40, (short) PACKET).put(42, (byte) 2).putInt(44, blockSize);
                map.putInt(48, SPARING_TABLE).putInt(52, SPARING_TABLE + 1);
                return UdfBytes.bytes(map);
            }
            case VIRTUAL_150, VIRTUAL_200 -> {
                return concat(
                        physical, UdfBytes.bytes(map.put(4, UdfBytes.entityIdentifier("*UDF Virtual Partition"))));
            }
            case METADATA -> {
                map.put(4, UdfBytes.entityIdentifier("*UDF Metadata Partition"));
                int file = Math.toIntExact(metadataFile - START);
                map.putInt(40, file).putInt(44, file + 1).putInt(48, -1);
                bendTable.accept(map);
                return concat(physical, UdfBytes.bytes(map));
            }
            default -> {
                return physical;
            }
        }
    }

    private void anchor(long block) {
        ByteBuffer anchor = UdfBytes.buffer(512);
        anchor.putInt(16, 16 * blockSize).putInt(20, MAIN);
        anchor.putInt(24, 16 * blockSize).putInt(28, RESERVE);
        seal(block, UdfBytes.bytes(anchor), 0, 512, 2, block);
    }

    private void writeDescriptor(Space space, long block, ByteBuffer descriptor, int identifier) {
        bends.getOrDefault(identifier, bytes -> {}).accept(descriptor);
        seal(space.absolute(block), UdfBytes.bytes(descriptor), 0, blockSize, identifier, block);
    }

    private void seal(long block, byte[] bytes, int at, int length, int identifier, long location) {
        UdfBytes.seal(bytes, at, length, identifier, location);
        blocks.put(block, bytes);
        tags.add(block * blockSize);
    }

    /** The blocks of a partition. */
    private final class Space {
        private final int reference;
        private final LongUnaryOperator place;
        private long next;

        Space(int reference, LongUnaryOperator place) {
            this.reference = reference;
            this.place = place;
        }

        long allocate(int count) {
            long first = next;
            next += count;
            boolean mapped = this == metadata && this != data && partition != Partition.METADATA;
            for (int i = 0; mapped && i < count; i++) {
                virtual.add(data.allocate(1));
            }
            return first;
        }

        long absolute(long block) {
            return place.applyAsLong(block);
        }

        void put(long block, byte[] content) {
            for (int at = 0; at < content.length; at += blockSize) {
                blocks.put(
                        absolute(block + at / blockSize),
                        Arrays.copyOfRange(content, at, Math.min(content.length, at + blockSize)));
            }
        }
    }
}
