package dev.pxekit.iso;

import dev.pxekit.iso.internal.IsoFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One thing that firmware can boot from an image: the default entry of a boot catalog or an entry of one of its sections
 * (El Torito 1.0 §2.2, §2.4).
 *
 * <pre>
 * 0         1        2            4       5       6            8                    12
 * +---------+--------+------------+-------+-------+------------+--------------------+--------------------+
 * | 0x88 or | media  | load       | system| unused| sector     | load RBA           | selection criteria |
 * | 0x00    | type   | segment    | type  |       | count      | (sectors of 2048)  | (sections only)    |
 * +---------+--------+------------+-------+-------+------------+--------------------+--------------------+
 * </pre>
 *
 * <p>Immutable; reads through the file system that the catalog was read from and so only while that is open.
 */
public final class BootEntry {

    /** The medium that firmware pretends the boot image to be. */
    public enum Emulation {
        /** None: the code is loaded as it is. */
        NONE,
        /** A diskette of 1,228,800 bytes. */
        FLOPPY_1200K,
        /** A diskette of 1,474,560 bytes. */
        FLOPPY_1440K,
        /** A diskette of 2,949,120 bytes. */
        FLOPPY_2880K,
        /** A hard disk, whose size its partition table says. */
        HARD_DISK
    }

    static final int LENGTH = 32;

    private static final int VIRTUAL_SECTOR = 512;
    private static final int SECTOR = 2048;
    private static final int BIOS_DEFAULT_SEGMENT = 0x7c0;

    /** Where a boot information table stands, and what a boot image has to be long enough for. */
    private static final int HEAD_LENGTH = 64;

    private final IsoFileSystem image;
    private final BootImageFiles files;
    private final BootPlatform platform;
    private final boolean bootable;
    private final Emulation emulation;
    private final int loadSegment;
    private final int systemType;
    private final int sectorCount;
    private final long loadSector;
    private final long sizeInBytes;

    private BootEntry(
            IsoFileSystem image, BootImageFiles files, BootPlatform platform, ByteBuffer entry, Emulation emulation)
            throws IOException {
        this.image = image;
        this.files = files;
        this.platform = platform;
        this.bootable = (entry.get(0) & 0xff) == 0x88;
        this.emulation = emulation;
        this.loadSegment = entry.getShort(2) & 0xffff;
        this.systemType = entry.get(4) & 0xff;
        this.sectorCount = entry.getShort(6) & 0xffff;
        this.loadSector = entry.getInt(8) & 0xffff_ffffL;
        this.sizeInBytes = emulatedSize();
    }

    /**
     * Decodes an entry.
     *
     * @param files learns of its boot image
     * @param offset where it is in the image
     */
    static BootEntry decode(
            IsoFileSystem image, BootImageFiles files, BootPlatform platform, ByteBuffer entry, long offset)
            throws IOException {
        int medium = entry.get(1) & 0x0f;
        Emulation[] known = Emulation.values();
        if (medium >= known.length) {
            throw new IsoFormatException("boot media type: " + medium + " (expected: 0..4)", offset + 1);
        }
        BootEntry decoded = new BootEntry(image, files, platform, entry, known[medium]);
        files.add(decoded.offset());
        return decoded;
    }

    /** {@return the firmware it is for} */
    public BootPlatform platform() {
        return platform;
    }

    /** {@return whether firmware may boot it} */
    public boolean bootable() {
        return bootable;
    }

    /** {@return what firmware pretends the boot image to be} */
    public Emulation emulation() {
        return emulation;
    }

    /** {@return the real-mode segment that BIOS loads the boot image to; 0x7c0 where the entry says 0} Without meaning to UEFI. */
    public int loadSegment() {
        return loadSegment == 0 ? BIOS_DEFAULT_SEGMENT : loadSegment;
    }

    /** {@return the partition type of an emulated hard disk} */
    public int systemType() {
        return systemType;
    }

    /** {@return how many virtual sectors of 512 bytes BIOS loads at once, as recorded} */
    public int sectorCount() {
        return sectorCount;
    }

    /** {@return where the boot image begins, in sectors of 2048 bytes} */
    public long loadSector() {
        return loadSector;
    }

    private long offset() {
        return loadSector * SECTOR;
    }

    /** The bytes from the boot image on that the image has. */
    private long available() {
        return Math.max(0, image.imageSize() - offset());
    }

    /**
     * {@return the size of the boot image in bytes: that of an emulated diskette; of an emulated hard disk what its partition
     * table says, up to the end of the image; else, and for a hard disk without partitions, the sectors that are loaded at once}
     * BIOS loaders fetch the rest of themselves, so that {@link #path()} is often larger. For UEFI, 0 and 1 sectors mean
     * everything up to the end of the image, as EDK II reads it.
     */
    public long sizeInBytes() {
        return sizeInBytes;
    }

    private long emulatedSize() throws IOException {
        return switch (emulation) {
            case FLOPPY_1200K -> 1_228_800;
            case FLOPPY_1440K -> 1_474_560;
            case FLOPPY_2880K -> 2_949_120;
            case HARD_DISK -> {
                Optional<Long> disk = MasterBootRecord.diskLength(head(MasterBootRecord.LENGTH));
                yield disk.isPresent() ? Math.min(disk.get(), available()) : loadedSize();
            }
            case NONE -> loadedSize();
        };
    }

    private long loadedSize() {
        boolean toTheEnd = platform.equals(BootPlatform.UEFI) && sectorCount < 2;
        return toTheEnd ? available() : (long) sectorCount * VIRTUAL_SECTOR;
    }

    /**
     * Opens the {@link #sizeInBytes()} bytes of the boot image; the caller closes the channel. Bytes that the image lacks
     * are an {@link IsoFormatException} when they are read.
     *
     * @return a read-only channel, positioned at 0
     */
    public FileChannel newByteChannel() {
        return image.newImageChannel(offset(), sizeInBytes);
    }

    /**
     * The boot image as a file, to be copied, served or read as the diskette, hard disk or EFI system partition (a FAT
     * volume) that it is: {@link #path()} if the tree has it; else, and if the tree is too damaged to tell, a file of its own,
     * which closes with the image and has {@code toUri()} without a way back. Its size is what its boot information table or,
     * for UEFI, its FAT volume says; else {@link #sizeInBytes()}; at most up to the end of the image.
     *
     * @return a regular file
     * @throws IsoFormatException if the image ends before the boot image begins
     * @throws IOException if the image cannot be read
     */
    public Path image() throws IOException {
        Optional<Path> file = files.find(offset());
        return file.isPresent()
                ? file.get()
                : image.newImagePath("boot-image-" + loadSector + ".img", offset(), length());
    }

    private long length() throws IOException {
        long available = available();
        if (available == 0) {
            throw new IsoFormatException(
                    "boot image at sector " + loadSector + " (expected: within " + image.imageSize() + " bytes)",
                    offset());
        }
        ByteBuffer head = head(HEAD_LENGTH);
        long told = BootInformationTable.decode(head, loadSector)
                .map(BootInformationTable::length)
                .or(() -> platform.equals(BootPlatform.UEFI) ? FatVolume.length(head) : Optional.empty())
                .orElse(sizeInBytes);
        return Math.min(told, available);
    }

    /** The first bytes of the boot image, as many as there are; the rest is zero. */
    private ByteBuffer head(int length) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        int recorded = (int) Math.min(length, available());
        head.limit(recorded);
        try (FileChannel channel = image.newImageChannel(offset(), recorded)) {
            while (head.hasRemaining() && channel.read(head) > 0) {
                // until the buffer is full
            }
        }
        return head.clear();
    }

    /**
     * The boot information table that ISOLINUX and GRUB have written into their loader (mkisofs {@code -boot-info-table}).
     *
     * @return empty if there is none, or one of another place
     * @throws IOException if the image cannot be read
     */
    public Optional<BootInformationTable> bootInformationTable() throws IOException {
        return BootInformationTable.decode(head(HEAD_LENGTH), loadSector);
    }

    /**
     * The file whose content begins where the boot image does. The first call for an entry of a catalog searches the whole
     * tree, for all of them. Directories that are damaged are passed over.
     *
     * @return empty if the boot image is not a file of the tree, such as an appended EFI system partition
     * @throws IsoFormatException if it is none that can be seen and the tree is damaged
     * @throws IOException if the tree cannot be read
     */
    public Optional<Path> path() throws IOException {
        Optional<Path> file = files.find(offset());
        if (file.isEmpty()) {
            files.requireSound();
        }
        return file;
    }

    @Override
    public String toString() {
        return platform + ", " + emulation + ", " + sizeInBytes + " bytes at sector " + loadSector
                + (bootable ? "" : ", not bootable");
    }
}
