package dev.pxekit.iso;

import dev.pxekit.iso.internal.IsoFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The boot catalog of an image: what BIOS and UEFI can boot from it (El Torito 1.0 §2).
 *
 * <pre>{@code
 * try (FileSystem image = IsoFileSystems.open(Path.of("rocky-9.iso"))) {
 *     for (BootEntry entry : BootCatalog.read(image).orElseThrow().entries()) {
 *         System.out.println(entry.platform() + " " + entry.path());
 *     }
 * }
 * }</pre>
 *
 * <p>A catalog whose validation entry is wrong is refused. After that, entries are read as far as they make sense: a
 * section that announces more entries than there are ends with the last one. Immutable.
 */
public final class BootCatalog {

    /** The specification sets no size; writers use one sector of 64 entries. */
    private static final int MAXIMUM_LENGTH = 16 * 2048;

    private static final int SECTION_HEADER = 0x90;
    private static final int FINAL_SECTION_HEADER = 0x91;
    private static final int ENTRY_EXTENSION = 0x44;
    private static final int BOOTABLE = 0x88;
    private static final int NOT_BOOTABLE = 0;

    private final String id;
    private final List<BootEntry> entries;

    private BootCatalog(String id, List<BootEntry> entries) {
        this.id = id;
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads the catalog of an open image.
     *
     * @param image a file system that {@link IsoFileSystems} opened
     * @return empty if the image has none
     * @throws IsoFormatException if it is malformed
     * @throws IOException if the image cannot be read
     * @throws java.nio.file.ProviderMismatchException if the file system is not of {@link IsoFileSystems}
     */
    public static Optional<BootCatalog> read(FileSystem image) throws IOException {
        IsoFileSystem iso = IsoFileSystem.of(image);
        long offset = iso.bootCatalogOffset();
        if (offset < 0) {
            return Optional.empty();
        }
        long available = iso.imageSize() - offset;
        if (available < 2L * BootEntry.LENGTH) {
            throw new IsoFormatException(
                    "boot catalog at byte " + offset + " (expected: within " + iso.imageSize() + " bytes)", offset);
        }
        ByteBuffer catalog =
                ByteBuffer.allocate((int) Math.min(available, MAXIMUM_LENGTH)).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = iso.newImageChannel(offset, catalog.capacity())) {
            while (catalog.hasRemaining() && channel.read(catalog) > 0) {
                // until the buffer is full
            }
        }
        return Optional.of(new Reader(iso, catalog.flip(), offset).read());
    }

    /** {@return the manufacturer's identification in the validation entry; often empty} */
    public String id() {
        return id;
    }

    /** {@return the default entry, then those of the sections, in the order of the catalog} */
    public List<BootEntry> entries() {
        return entries;
    }

    @Override
    public String toString() {
        return entries.toString();
    }

    private static final class Reader {
        private final IsoFileSystem image;
        private final BootImageFiles files;
        private final ByteBuffer catalog;
        private final long offset;
        private final List<BootEntry> entries = new ArrayList<>();
        private int index;

        Reader(IsoFileSystem image, ByteBuffer catalog, long offset) {
            this.image = image;
            this.files = new BootImageFiles(image);
            this.catalog = catalog;
            this.offset = offset;
        }

        BootCatalog read() throws IOException {
            ByteBuffer validation = next();
            validate(validation);
            BootPlatform platform = new BootPlatform(validation.get(1) & 0xff);
            byte[] identifier = new byte[24];
            validation.get(4, identifier);
            entry(platform);
            while (hasNext() && section()) {
                // until the final section
            }
            return new BootCatalog(
                    new String(identifier, StandardCharsets.ISO_8859_1)
                            .replace("\0", "")
                            .strip(),
                    entries);
        }

        /** §2.1: the words of the validation entry add up to 0, and it ends in 0x55 0xAA. */
        private void validate(ByteBuffer entry) throws IsoFormatException {
            int sum = 0;
            for (int i = 0; i < BootEntry.LENGTH; i += 2) {
                sum += entry.getShort(i);
            }
            if (entry.get(0) != 1 || (entry.getShort(30) & 0xffff) != 0xaa55) {
                throw new IsoFormatException(
                        "boot catalog validation entry: no header 0x01 and key bytes 0x55 0xAA", offset);
            }
            if ((sum & 0xffff) != 0) {
                throw new IsoFormatException(
                        "boot catalog validation entry: words add up to " + (sum & 0xffff) + " (expected: 0)", offset);
            }
        }

        private boolean hasNext() {
            return index + BootEntry.LENGTH <= catalog.limit();
        }

        private ByteBuffer next() {
            ByteBuffer entry = catalog.slice(index, BootEntry.LENGTH).order(ByteOrder.LITTLE_ENDIAN);
            index += BootEntry.LENGTH;
            return entry;
        }

        /** Reads a section; {@code false} if it was the last. */
        private boolean section() throws IOException {
            ByteBuffer header = next();
            int indicator = header.get(0) & 0xff;
            if (indicator != SECTION_HEADER && indicator != FINAL_SECTION_HEADER) {
                return false; // a catalog without sections is padded with zeros
            }
            BootPlatform platform = new BootPlatform(header.get(1) & 0xff);
            int count = header.getShort(2) & 0xffff;
            for (int i = 0; i < count; i++) {
                if (!hasNext() || !entry(platform)) {
                    return false;
                }
            }
            return indicator == SECTION_HEADER;
        }

        /** Reads an entry and its extensions; {@code false} if there is none. */
        private boolean entry(BootPlatform platform) throws IOException {
            long entryOffset = offset + index;
            ByteBuffer entry = next();
            int indicator = entry.get(0) & 0xff;
            boolean blank = indicator == NOT_BOOTABLE && entry.getInt(8) == 0;
            if (blank || (indicator != BOOTABLE && indicator != NOT_BOOTABLE)) {
                return false;
            }
            entries.add(BootEntry.decode(image, files, platform, entry, entryOffset));
            while (hasNext() && (catalog.get(index) & 0xff) == ENTRY_EXTENSION) {
                index += BootEntry.LENGTH; // selection criteria of a vendor
            }
            return true;
        }
    }
}
