package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A view over ISO 9660 directory records: plain, Joliet or Rock Ridge. */
final class IsoTree implements Tree {

    private static final int CHUNK = 32 * VolumeDescriptors.SECTOR_SIZE;

    /** What Linux shows where an image has no modes. */
    private static final int DEFAULT_PERMISSIONS = 0555;

    private final Image image;
    private final int blockSize;
    private final Names names;
    private final @Nullable RockRidgeMark rockRidge;
    private final Node root;
    private final Volume volume;
    private final DirectoryBytes directoryBytes;

    private IsoTree(Image image, VolumeDescriptor descriptor, @Nullable RockRidgeMark rockRidge) throws IOException {
        this.image = image;
        this.blockSize = descriptor.blockSize();
        this.names = descriptor.joliet() ? Names.JOLIET : Names.PLAIN;
        this.rockRidge = rockRidge;
        this.directoryBytes = new DirectoryBytes(image.size());
        this.root = directory(
                descriptor.root(), null, rockRidge == null ? 0 : rockRidge.rootSkip(), SystemUse.newBudget(0));
        this.volume = new Volume("iso9660", descriptor.volumeIdentifier(), blockSize, descriptor.blocks());
    }

    /** The tree without System Use entries: plain, or Joliet if the descriptor is one. */
    static IsoTree of(Image image, VolumeDescriptor descriptor) throws IOException {
        return new IsoTree(image, descriptor, null);
    }

    /** The Rock Ridge tree, if the root directory says that there is one. */
    static Optional<IsoTree> rockRidge(Image image, VolumeDescriptor descriptor) throws IOException {
        RockRidgeMark mark = RockRidgeMark.find(image, descriptor);
        return mark == null ? Optional.empty() : Optional.of(new IsoTree(image, descriptor, mark));
    }

    @Override
    public Node root() {
        return root;
    }

    @Override
    public boolean ignoresCase() {
        return rockRidge == null;
    }

    @Override
    public Volume volume() {
        return volume;
    }

    @Override
    public Directory read(Node directory) throws IOException {
        Reader reader = new Reader(directory.size());
        try {
            directoryBytes.add(directory);
            for (Extent extent : directory.extents()) {
                reader.extent(extent);
            }
        } catch (IsoFormatException e) {
            reader.builder.damage(e);
        }
        return reader.finish();
    }

    /** Reads the records of one directory. What is wrong with one of them is kept; the others are still read. */
    private final class Reader {
        private final Directory.Builder builder = new Directory.Builder(ignoresCase());
        private final List<DirectoryRecord> parts = new ArrayList<>();
        private final TextBudget budget;
        private int records;

        Reader(long length) {
            this.budget = SystemUse.newBudget(length);
        }

        void extent(Extent extent) throws IOException {
            long length = Math.min(extent.length(), Directory.MAXIMUM_LENGTH);
            long available = Math.max(0, Math.min(length, image.size() - extent.offset()));
            if (available < extent.length()) {
                builder.damage(new IsoFormatException(
                        "directory length: " + extent.length() + " (expected: at most " + available + ")",
                        extent.offset()));
            }
            for (long position = 0; position < available; position += CHUNK) {
                int chunk = (int) Math.min(CHUNK, available - position);
                ByteBuffer buffer = image.read(extent.offset() + position, chunk);
                for (int sector = 0; sector < chunk; sector += VolumeDescriptors.SECTOR_SIZE) {
                    int limit = Math.min(chunk, sector + VolumeDescriptors.SECTOR_SIZE);
                    sector(buffer, sector, limit, extent.offset() + position);
                }
            }
        }

        /** Records do not cross sectors; zero ends the records of a logical block. */
        private void sector(ByteBuffer buffer, int start, int limit, long offset) throws IOException {
            int index = start;
            while (index < limit) {
                if (buffer.get(index) == 0) {
                    index += blockSize - (index - start) % blockSize;
                    continue;
                }
                if (++records > Directory.MAXIMUM_ENTRIES) {
                    throw new IsoFormatException(
                            "directory with more than " + Directory.MAXIMUM_ENTRIES + " records", offset + index);
                }
                try {
                    DirectoryRecord record = DirectoryRecord.decode(buffer, index, limit, offset + index);
                    record(record);
                    index += record.length();
                } catch (IsoFormatException e) {
                    builder.damage(e);
                    return; // where the next record begins is not known
                }
            }
        }

        private void record(DirectoryRecord record) throws IOException {
            if (record.isSelfOrParent() || record.isAssociated()) {
                return;
            }
            if (!parts.isEmpty() && !Arrays.equals(parts.get(0).identifier(), record.identifier())) {
                builder.damage(new IsoFormatException(
                        "a file goes on in a record with another name (expected: "
                                + names.decode(parts.get(0).identifier()) + ")",
                        record.offset()));
                parts.clear();
            }
            parts.add(record);
            if (!record.hasMoreExtents() || record.isDirectory()) {
                entry();
            }
        }

        private void entry() throws IOException {
            try {
                add(List.copyOf(parts));
            } catch (IsoFormatException e) {
                builder.damage(e);
            } finally {
                parts.clear();
            }
        }

        private void add(List<DirectoryRecord> records) throws IOException {
            DirectoryRecord first = records.get(0);
            RockRidge entries = rockRidge == null ? null : entries(records);
            if (entries != null && entries.isRelocated()) {
                return; // shown where its CL entry stands
            }
            String name = name(first, entries);
            if (!Names.isUsable(name)) {
                throw Names.unusable(name, first.offset());
            }
            int version = rockRidge == null ? names.version(first.identifier()) : 1;
            builder.add(name, node(records, entries, budget), version);
        }

        /** Of a file in several extents the entries of the last record go before those of the first. */
        private RockRidge entries(List<DirectoryRecord> records) throws IOException {
            RockRidge entries = rockRidgeEntries(records.get(records.size() - 1), budget);
            if (records.size() > 1) {
                entries.complete(rockRidgeEntries(records.get(0), budget));
            }
            return entries;
        }

        /**
         * Without a usable alternate name a Rock Ridge entry has the recorded one in lower case, as Linux shows it: writers
         * that leave the alternate name out do so because it would say no more than that.
         */
        private String name(DirectoryRecord record, @Nullable RockRidge entries) {
            String identifier = names.decode(record.identifier());
            if (entries == null) {
                return identifier;
            }
            String alternate = entries.name();
            return alternate != null && Names.isUsable(alternate) ? alternate : identifier.toLowerCase(Locale.ROOT);
        }

        Directory finish() throws IOException {
            if (!parts.isEmpty()) {
                entry(); // the last record says that more follows, and nothing does
            }
            return builder.build();
        }
    }

    private Node node(List<DirectoryRecord> records, @Nullable RockRidge entries, TextBudget budget)
            throws IOException {
        DirectoryRecord first = records.get(0);
        if (entries != null && entries.child() >= 0) {
            return relocated(first.offset(), entries.child(), budget);
        }
        if (first.isDirectory()) {
            return directory(first, entries, skip(), budget);
        }
        return file(records, entries);
    }

    /** A directory that was moved up because the format allows no more than eight levels (RRIP §4.1.5.1). */
    private Node relocated(long origin, long block, TextBudget budget) throws IOException {
        DirectoryRecord self = self(block);
        if (self.location() != block) {
            throw new IsoFormatException("CL entry points to block " + block + ", where no directory begins", origin);
        }
        return directory(origin, self, self, rockRidgeEntries(self, budget));
    }

    /**
     * A directory says itself what its attributes are, as Linux reads them: writers do not always repeat them in the record
     * that names it. That one counts if the directory's own is damaged; listing it says why.
     *
     * @param record names the directory
     * @param entries what goes with that record
     * @param skip bytes before the entries in the directory's own record
     */
    private Node directory(DirectoryRecord record, @Nullable RockRidge entries, int skip, TextBudget budget)
            throws IOException {
        try {
            DirectoryRecord self = self(record.contentBlock());
            RockRidge own = rockRidge == null ? null : RockRidge.read(image, blockSize, self, skip, budget);
            return directory(record.offset(), record, self, own);
        } catch (IsoFormatException e) {
            return directory(record.offset(), record, record, entries);
        }
    }

    private Node directory(long origin, DirectoryRecord place, DirectoryRecord record, @Nullable RockRidge entries) {
        long offset = place.contentBlock() * blockSize;
        Node.Builder node = new Node.Builder(origin)
                .mode(Node.TYPE_DIRECTORY | permissions(entries))
                .content(new Extent.Builder().add(offset, place.dataLength()))
                .inode(offset);
        return attributes(node, record, entries).build();
    }

    /** The record of a directory itself, which is its first. */
    private DirectoryRecord self(long block) throws IOException {
        long offset = block * blockSize;
        image.require(offset, DirectoryRecord.MINIMUM_LENGTH);
        int length = (int) Math.min(DirectoryRecord.MAXIMUM_LENGTH, image.size() - offset);
        DirectoryRecord self = DirectoryRecord.decode(image.read(offset, length), 0, length, offset);
        if (!self.isDirectory() || !self.isSelfOrParent()) {
            throw new IsoFormatException(
                    "first record of a directory: that of a file or another directory (expected: its own)", offset);
        }
        return self;
    }

    private int skip() {
        return rockRidge == null ? 0 : rockRidge.skip();
    }

    private RockRidge rockRidgeEntries(DirectoryRecord record, TextBudget budget) throws IOException {
        return RockRidge.read(image, blockSize, record, skip(), budget);
    }

    private Node file(List<DirectoryRecord> records, @Nullable RockRidge entries) {
        DirectoryRecord first = records.get(0);
        Node.Builder node = new Node.Builder(first.offset());
        String target = entries == null ? null : entries.linkTarget();
        int type = fileType(entries, target != null);
        node.mode(type | permissions(entries));
        node.inode(first.offset());
        if (type == Node.TYPE_SYMBOLIC_LINK) {
            String text = target == null ? "" : target;
            node.linkTarget(text).size(text.getBytes(StandardCharsets.UTF_8).length);
        } else if (type == Node.TYPE_REGULAR) {
            Extent.Builder content = new Extent.Builder();
            records.forEach(record -> addSection(record, content));
            node.content(content);
            if (content.size() > 0) {
                node.inode(first.contentBlock() * blockSize); // hard links share their extent
            }
            ZisofsEntry zisofs = entries == null ? null : entries.zisofs();
            SparseFile sparse = entries == null ? null : entries.sparse();
            if (zisofs != null) {
                node.zisofs(zisofs);
            } else if (sparse != null) {
                List<Extent> recorded = content.build();
                node.content(() -> sparse.extents(image, recorded), sparse.size());
            }
        }
        return attributes(node, first, entries).build();
    }

    private void addSection(DirectoryRecord record, Extent.Builder content) {
        long offset = record.contentBlock() * blockSize;
        if (record.isInterleaved()) {
            content.addInterleaved(
                    offset, record.dataLength(), record.unitSize() * blockSize, record.gapSize() * blockSize);
        } else {
            content.add(offset, record.dataLength());
        }
    }

    /** The directory flag of the record decides what a directory is, PX only what else there is. */
    private static int fileType(@Nullable RockRidge entries, boolean hasTarget) {
        if (entries == null || entries.mode() < 0) {
            return hasTarget ? Node.TYPE_SYMBOLIC_LINK : Node.TYPE_REGULAR;
        }
        int type = (int) entries.mode() & Node.TYPE_MASK;
        return type == 0 || type == Node.TYPE_DIRECTORY ? Node.TYPE_REGULAR : type;
    }

    private static int permissions(@Nullable RockRidge entries) {
        return entries == null || entries.mode() < 0 ? DEFAULT_PERMISSIONS : (int) entries.mode() & 07777;
    }

    private static Node.Builder attributes(Node.Builder node, DirectoryRecord record, @Nullable RockRidge entries) {
        node.modificationTime(record.recordingTime());
        if (entries == null) {
            return node;
        }
        if (entries.modificationTime() != Timestamps.NONE) {
            node.modificationTime(entries.modificationTime());
        }
        return node.accessTime(entries.accessTime())
                .changeTime(entries.changeTime())
                .creationTime(entries.creationTime())
                .links((int) Math.min(entries.links(), Integer.MAX_VALUE))
                .owner(entries.uid(), entries.gid())
                .device(entries.device());
    }
}
