package dev.pxekit.iso;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes small ISO 9660 images, sound or not: every field that a test wants to bend can be bent. Written after ECMA-119 and
 * RRIP 1.12, not after the reader.
 */
final class TestImage {

    static final int SECTOR = 2048;
    /** Descriptors at 16 to 19, the boot catalog at 20. */
    static final int FIRST_DIRECTORY = 21;

    private final Entry root;
    private final Map<String, Integer> blocks = new HashMap<>();
    private byte[] bootCatalog = new byte[0];
    private boolean joliet;
    private int blockSize = SECTOR;

    TestImage(Entry... entries) {
        this.root = directory("", entries);
    }

    /** System Use of the root's own record, which says that the image has Rock Ridge. */
    TestImage rockRidge() {
        root.selfUse = image -> concat(SystemUseBytes.sp(0), SystemUseBytes.px(040755, 2, 0, 0));
        return this;
    }

    TestImage rootUse(Function<TestImage, byte[]> use) {
        root.selfUse = use;
        return this;
    }

    TestImage rootSectors(int sectors) {
        root.sectors = sectors;
        return this;
    }

    TestImage bootCatalog(byte[] catalog) {
        this.bootCatalog = catalog;
        return this;
    }

    /** Adds a supplementary descriptor that shows the same tree; identifiers must be UCS-2. */
    TestImage joliet() {
        this.joliet = true;
        return this;
    }

    TestImage blockSize(int size) {
        this.blockSize = size;
        return this;
    }

    /** The block that an entry's extent begins at; only while building and after. */
    int blockOf(String identifier) {
        Integer block = blocks.get(identifier);
        if (block == null) {
            throw new IllegalArgumentException(identifier);
        }
        return block;
    }

    static Entry directory(String identifier, Entry... entries) {
        Entry entry = new Entry(identifier.getBytes(StandardCharsets.UTF_8));
        entry.flags = 2;
        entry.directory = true;
        entry.children.addAll(List.of(entries));
        return entry;
    }

    static Entry file(String identifier, String content) {
        return file(identifier, content.getBytes(StandardCharsets.UTF_8));
    }

    static Entry file(String identifier, byte[] content) {
        Entry entry = new Entry(identifier.getBytes(StandardCharsets.UTF_8));
        entry.content = content;
        return entry;
    }

    /** Bytes that stand in a directory as they are. */
    static Entry raw(byte[] record) {
        Entry entry = new Entry(new byte[0]);
        entry.raw = record;
        return entry;
    }

    byte[] build() {
        int next = place(root, FIRST_DIRECTORY);
        next = placeFiles(root, next);
        ByteBuffer image = ByteBuffer.allocate(next * SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        descriptor(image, 16, 1, next);
        int sector = 17;
        if (bootCatalog.length > 0) {
            put(image, sector * SECTOR, (byte) 0, "CD001\1EL TORITO SPECIFICATION");
            image.putInt(sector * SECTOR + 0x47, 20);
            image.put(20 * SECTOR, bootCatalog);
            sector++;
        }
        if (joliet) {
            descriptor(image, sector, 2, next);
            put(image, sector * SECTOR + 88, (byte) '%', "/E");
            sector++;
        }
        put(image, sector * SECTOR, (byte) 255, "CD001\1");
        write(image, root, root);
        return image.array();
    }

    private void descriptor(ByteBuffer image, int sector, int type, int sectors) {
        int start = sector * SECTOR;
        put(image, start, (byte) type, "CD001\1");
        put(image, start + 40, (byte) 'T', "EST");
        both32(image, start + 80, sectors);
        both16(image, start + 128, blockSize);
        byte[] record = record(root, new byte[] {0}, new byte[0]);
        image.put(start + 156, record);
    }

    private static void put(ByteBuffer image, int at, byte first, String rest) {
        image.put(at, first);
        image.put(at + 1, rest.getBytes(StandardCharsets.ISO_8859_1));
    }

    private int place(Entry directory, int block) {
        directory.block = block;
        blocks.put(directory.name(), block);
        int next = block + directory.sectors;
        for (Entry child : directory.children) {
            if (child.directory) {
                next = place(child, next);
            }
        }
        return next;
    }

    private int placeFiles(Entry directory, int block) {
        int next = block;
        for (Entry child : directory.children) {
            if (child.directory) {
                next = placeFiles(child, next);
            } else if (child.raw == null) {
                child.block = next;
                blocks.put(child.name(), next);
                next += (child.content.length + SECTOR - 1) / SECTOR;
            }
        }
        return next;
    }

    private void write(ByteBuffer image, Entry directory, Entry parent) {
        int start = directory.block * SECTOR;
        int at = start;
        List<byte[]> records = new ArrayList<>();
        records.add(record(directory, new byte[] {0}, directory.selfUse.apply(this)));
        records.add(record(parent, new byte[] {1}, new byte[0]));
        for (Entry child : directory.children) {
            records.add(child.raw != null ? child.raw : record(child, child.identifier, child.use.apply(this)));
        }
        for (byte[] record : records) {
            if (at / SECTOR != (at + record.length - 1) / SECTOR
                    && directory.children.stream().allMatch(c -> c.raw == null)) {
                at = (at / SECTOR + 1) * SECTOR;
            }
            image.put(at, record);
            at += record.length;
        }
        if (at > start + directory.sectors * SECTOR) {
            throw new IllegalStateException("directory " + directory.name() + " needs more sectors");
        }
        for (Entry child : directory.children) {
            if (child.directory) {
                write(image, child, directory);
            } else if (child.raw == null) {
                image.put(child.block * SECTOR, child.content);
            }
        }
    }

    private byte[] record(Entry entry, byte[] identifier, byte[] use) {
        int useStart = 33 + identifier.length + (1 - identifier.length % 2);
        int length = useStart + use.length + use.length % 2;
        ByteBuffer record = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        record.put(0, (byte) length);
        record.put(1, (byte) entry.extendedAttributeLength);
        int location = entry.location >= 0 ? entry.location : entry.block * (SECTOR / blockSize);
        both32(record, 2, location - entry.blocksBeforeContent);
        long dataLength = entry.directory ? (long) entry.sectors * SECTOR : entry.content.length;
        both32(record, 10, (int) (entry.length >= 0 ? entry.length : dataLength));
        record.put(18, new byte[] {(byte) (2023 - 1900), 11, 14, 22, 13, 20, 0}); // 1700000000
        record.put(25, (byte) entry.flags);
        record.put(26, (byte) entry.unitSize);
        record.put(27, (byte) entry.gapSize);
        both16(record, 28, 1);
        record.put(32, (byte) identifier.length);
        record.put(33, identifier);
        record.put(useStart, use);
        return record.array();
    }

    private static void both32(ByteBuffer buffer, int at, int value) {
        buffer.putInt(at, value);
        buffer.putInt(at + 4, Integer.reverseBytes(value));
    }

    private static void both16(ByteBuffer buffer, int at, int value) {
        buffer.putShort(at, (short) value);
        buffer.putShort(at + 2, Short.reverseBytes((short) value));
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** A record of a directory and what it stands for. */
    static final class Entry {
        private final byte[] identifier;
        private final List<Entry> children = new ArrayList<>();
        private Function<TestImage, byte[]> use = image -> new byte[0];
        private Function<TestImage, byte[]> selfUse = image -> new byte[0];
        private byte[] content = new byte[0];
        private byte @Nullable [] raw;
        private boolean directory;
        private int flags;
        private int sectors = 1;
        private int block;
        private int location = -1;
        private long length = -1;
        private int extendedAttributeLength;
        private int blocksBeforeContent;
        private int unitSize;
        private int gapSize;

        Entry(byte[] identifier) {
            this.identifier = identifier;
        }

        private String name() {
            return new String(identifier, StandardCharsets.UTF_8);
        }

        Entry use(byte[]... entries) {
            this.use = image -> concat(entries);
            return this;
        }

        Entry use(Function<TestImage, byte[]> value) {
            this.use = value;
            return this;
        }

        Entry selfUse(byte[]... entries) {
            this.selfUse = image -> concat(entries);
            return this;
        }

        Entry ucs2() {
            Entry entry = new Entry(name().getBytes(StandardCharsets.UTF_16BE));
            entry.content = content;
            entry.directory = directory;
            entry.flags = flags;
            entry.children.addAll(children);
            return entry;
        }

        Entry flags(int value) {
            this.flags = value;
            return this;
        }

        Entry sectors(int value) {
            this.sectors = value;
            return this;
        }

        Entry location(int value) {
            this.location = value;
            return this;
        }

        Entry length(long value) {
            this.length = value;
            return this;
        }

        Entry extendedAttributes(int blocks) {
            return extendedAttributes(blocks, blocks);
        }

        /** An extended attribute record, and how many blocks before the content the extent begins. */
        Entry extendedAttributes(int blocks, int beforeContent) {
            this.extendedAttributeLength = blocks;
            this.blocksBeforeContent = beforeContent;
            return this;
        }

        /** Says that the content, given with its gaps, is recorded in units with gaps between them, in blocks. */
        Entry interleaved(int unit, int gap) {
            this.unitSize = unit;
            this.gapSize = gap;
            return this;
        }
    }
}
