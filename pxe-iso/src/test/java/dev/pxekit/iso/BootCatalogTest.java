package dev.pxekit.iso;

import static dev.pxekit.iso.TestImage.concat;
import static dev.pxekit.iso.TestImage.directory;
import static dev.pxekit.iso.TestImage.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.testkit.Allocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootCatalogTest {

    private static final int BIOS_SECTOR = TestImage.FIRST_DIRECTORY + 2;

    private static byte[] validation(int platform) {
        ByteBuffer entry = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        entry.put(0, (byte) 1).put(1, (byte) platform);
        entry.put(4, "MAKER".getBytes(StandardCharsets.US_ASCII));
        entry.put(30, (byte) 0x55).put(31, (byte) 0xaa);
        int sum = 0;
        for (int i = 0; i < 32; i += 2) {
            sum += entry.getShort(i);
        }
        return entry.putShort(28, (short) -sum).array();
    }

    private static byte[] entry(int indicator, int medium, int segment, int count, int sector) {
        ByteBuffer entry = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        entry.put(0, (byte) indicator)
                .put(1, (byte) medium)
                .putShort(2, (short) segment)
                .put(4, (byte) 0);
        return entry.putShort(6, (short) count).putInt(8, sector).array();
    }

    private static byte[] section(int indicator, int platform, int count) {
        ByteBuffer header = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        return header.put(0, (byte) indicator)
                .put(1, (byte) platform)
                .putShort(2, (short) count)
                .array();
    }

    private static TestImage image(byte[]... catalog) {
        return new TestImage(directory(
                        "BOOT", file("LOADER.BIN;1", "loader".repeat(1000)), file("EFI.IMG;1", "x".repeat(3000))))
                .bootCatalog(concat(catalog));
    }

    private static List<BootEntry> entries(byte[]... catalog) throws IOException {
        try (FileSystem iso = Images.open(image(catalog))) {
            return BootCatalog.read(iso).orElseThrow().entries();
        }
    }

    @Test
    void isEmptyForImagesThatDoNotBoot() throws IOException {
        try (FileSystem iso = Images.open(new TestImage())) {
            assertThat(BootCatalog.read(iso)).isEmpty();
        }
    }

    @Test
    void readsDefaultEntryAndSections() throws IOException {
        byte[][] catalog = {
            validation(0),
            entry(0x88, 0, 0, 4, BIOS_SECTOR),
            section(0x90, 0xef, 1),
            entry(0x88, 0, 0, 1, BIOS_SECTOR + 3),
            section(0x91, 1, 1),
            entry(0, 2, 0x1000, 1, 99)
        };
        try (FileSystem iso = Images.open(image(catalog))) {
            BootCatalog read = BootCatalog.read(iso).orElseThrow();
            assertThat(read.id()).isEqualTo("MAKER");
            assertThat(read.entries()).hasSize(3);
            BootEntry bios = read.entries().get(0);
            assertThat(bios.platform()).isEqualTo(BootPlatform.BIOS);
            assertThat(bios.bootable()).isTrue();
            assertThat(bios.emulation()).isEqualTo(BootEntry.Emulation.NONE);
            assertThat(bios.loadSegment()).isEqualTo(0x7c0);
            assertThat(bios.sizeInBytes()).isEqualTo(2048);
            assertThat(bios.path()).contains(iso.getPath("/BOOT/LOADER.BIN"));
            BootEntry efi = read.entries().get(1);
            assertThat(efi.platform()).isEqualTo(BootPlatform.UEFI);
            assertThat(efi.path()).contains(iso.getPath("/BOOT/EFI.IMG"));
            assertThat(efi.sizeInBytes()).as("up to the end of the image").isEqualTo(4096);
            BootEntry floppy = read.entries().get(2);
            assertThat(floppy.platform()).isEqualTo(BootPlatform.POWER_PC);
            assertThat(floppy.bootable()).isFalse();
            assertThat(floppy.loadSegment()).isEqualTo(0x1000);
            assertThat(floppy.sizeInBytes()).isEqualTo(1_474_560);
            assertThat(floppy.path()).isEmpty();
        }
    }

    @Test
    void opensBootImages() throws IOException {
        try (FileSystem iso = Images.open(image(validation(0), entry(0x88, 0, 0, 1, BIOS_SECTOR)));
                FileChannel channel =
                        BootCatalog.read(iso).orElseThrow().entries().get(0).newByteChannel()) {
            ByteBuffer bytes = ByteBuffer.allocate(1000);
            assertThat(channel.read(bytes)).isEqualTo(512);
            assertThat(new String(bytes.array(), 0, 6, StandardCharsets.US_ASCII))
                    .isEqualTo("loader");
        }
    }

    @Test
    void givesEachBootImageAsPath() throws IOException {
        byte[][] catalog = {
            validation(0),
            entry(0x88, 0, 0, 4, BIOS_SECTOR),
            section(0x91, 0xef, 1),
            entry(0x88, 0, 0, 0, BIOS_SECTOR + 1)
        };
        try (FileSystem iso = Images.open(image(catalog))) {
            List<BootEntry> entries = BootCatalog.read(iso).orElseThrow().entries();
            assertThat(entries.get(0).image()).isEqualTo(iso.getPath("/BOOT/LOADER.BIN"));
            Path inside = entries.get(1).image();
            assertThat(entries.get(1).image()).as("the same at each call").isEqualTo(inside);
            assertThat(inside.toUri().toString()).endsWith("#" + inside);
            assertThat(inside.toString()).isEqualTo("/boot-image-" + (BIOS_SECTOR + 1) + ".img");
            assertThat(inside).isReadable().isRegularFile();
            assertThat(Files.size(inside)).isEqualTo(entries.get(1).sizeInBytes());
            assertThat(Files.readString(inside))
                    .startsWith("loader".repeat(1000).substring(2048));
            assertThat(Images.walk(inside.getFileSystem())).containsExactly(inside.toString());
            assertThat(Files.isDirectory(iso.getPath("/BOOT"))).isTrue();
        }
    }

    @Test
    void closesBootImagesWithTheImage() throws IOException {
        Path inside;
        try (FileSystem iso = Images.open(image(validation(0), entry(0x88, 0, 0, 4, BIOS_SECTOR + 1)))) {
            inside = BootCatalog.read(iso).orElseThrow().entries().get(0).image();
        }
        assertThatThrownBy(() -> Files.size(inside)).isInstanceOf(ClosedFileSystemException.class);
    }

    @Test
    void takesTheSizeOfAnEfiSystemPartitionFromItsFatVolume() throws IOException {
        ByteBuffer volume = ByteBuffer.allocate(4 * 2048).order(ByteOrder.LITTLE_ENDIAN);
        volume.put(2048, (byte) 0xeb).putShort(2048 + 11, (short) 512).putShort(2048 + 19, (short) 6);
        TestImage image = new TestImage(file("HIDDEN", volume.array()))
                .bootCatalog(concat(validation(0xef), entry(0x88, 0, 0, 0, TestImage.FIRST_DIRECTORY + 2)));
        try (FileSystem iso = Images.open(image)) {
            BootEntry entry = BootCatalog.read(iso).orElseThrow().entries().get(0);
            assertThat(entry.path()).isEmpty();
            assertThat(Files.size(entry.image())).isEqualTo(6 * 512);
        }
    }

    @Test
    void readsBootInformationTables() throws IOException {
        int sector = TestImage.FIRST_DIRECTORY + 2;
        ByteBuffer loader = ByteBuffer.allocate(6 * 1024).order(ByteOrder.LITTLE_ENDIAN);
        loader.putInt(2048 + 8, 16)
                .putInt(2048 + 12, sector)
                .putInt(2048 + 16, 3000)
                .putInt(2048 + 20, -2);
        TestImage image = new TestImage(file("LOADER", loader.array()))
                .bootCatalog(concat(validation(0), entry(0x88, 0, 0, 4, sector)));
        try (FileSystem iso = Images.open(image)) {
            BootEntry entry = BootCatalog.read(iso).orElseThrow().entries().get(0);
            assertThat(entry.bootInformationTable()).contains(new BootInformationTable(16, sector, 3000, 0xffff_fffeL));
            assertThat(Files.size(entry.image())).isEqualTo(3000);
        }
    }

    @Test
    void refusesTheImageOfAnEntryBeyondTheEnd() throws IOException {
        try (FileSystem iso = Images.open(image(validation(0), entry(0x88, 0, 0, 4, Integer.MAX_VALUE)))) {
            BootEntry entry = BootCatalog.read(iso).orElseThrow().entries().get(0);
            assertThatThrownBy(entry::image)
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("boot image at sector");
            assertThat(entry.bootInformationTable()).isEmpty();
        }
    }

    /** A directory record that is shorter than any can be. */
    private static TestImage.Entry damage() {
        return TestImage.raw(new byte[] {20});
    }

    @Test
    void findsFilesBesidesDamagedDirectories() throws IOException {
        TestImage image = new TestImage(directory("BAD", damage()), directory("BOOT", file("LOADER.BIN;1", "loader")))
                .bootCatalog(concat(validation(0), entry(0x88, 0, 0, 4, TestImage.FIRST_DIRECTORY + 3)));
        try (FileSystem iso = Images.open(image)) {
            BootEntry entry = BootCatalog.read(iso).orElseThrow().entries().get(0);
            assertThat(entry.path()).contains(iso.getPath("/BOOT/LOADER.BIN"));
            assertThat(entry.image()).isEqualTo(iso.getPath("/BOOT/LOADER.BIN"));
        }
    }

    @Test
    void givesSectorsOfBootImagesThatADamagedDirectoryMayHave() throws IOException {
        TestImage image = new TestImage(directory("BAD", damage()), file("HIDDEN", "x".repeat(2 * 2048)))
                .bootCatalog(concat(validation(0), entry(0x88, 0, 0, 4, TestImage.FIRST_DIRECTORY + 3)));
        try (FileSystem iso = Images.open(image)) {
            BootEntry entry = BootCatalog.read(iso).orElseThrow().entries().get(0);
            assertThatThrownBy(entry::path)
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("directory record length: 20");
            assertThat(Files.readString(entry.image())).isEqualTo("x".repeat(2048));
        }
    }

    @Test
    void walksTheTreeOnceForAllEntries() throws IOException {
        int entries = 60;
        TestImage.Entry[] files = new TestImage.Entry[2000];
        Arrays.setAll(files, i -> file("F" + i, ""));
        byte[][] catalog = new byte[entries + 3][];
        Arrays.fill(catalog, entry(0x88, 0, 0, 4, 30));
        catalog[0] = validation(0);
        catalog[2] = section(0x91, 0, entries);
        TestImage image = new TestImage(directory("MANY", files).sectors(50)).bootCatalog(concat(catalog));
        try (FileSystem iso = Images.open(image)) {
            List<BootEntry> read = BootCatalog.read(iso).orElseThrow().entries();
            assertThat(read).hasSize(entries + 1);
            long before = Allocation.ofThisThread();
            for (BootEntry entry : read) {
                assertThat(entry.path()).isEmpty();
            }
            assertThat(Allocation.ofThisThread() - before).as("bytes allocated").isLessThan(16L << 20);
        }
    }

    @Test
    void findsNoFilesOfAnImageThatIsClosed() throws IOException {
        BootEntry entry;
        try (FileSystem iso = Images.open(image(validation(0), entry(0x88, 0, 0, 4, BIOS_SECTOR)))) {
            entry = BootCatalog.read(iso).orElseThrow().entries().get(0);
            assertThat(entry.path()).isPresent();
        }
        assertThatThrownBy(entry::path).isInstanceOf(ClosedFileSystemException.class);
    }

    /** A file with a disk of 20 sectors from byte 2048 on, its partitions out of order. */
    private static byte[] disk() {
        byte[] content = new byte[8 * 2048];
        ByteBuffer.wrap(content, 2048 + 510, 2).put(new byte[] {0x55, (byte) 0xaa});
        partition(content, 0, 6, 4, 16);
        partition(content, 1, 6, 1, 3);
        partition(content, 3, 0, 1, 99); // an entry that is not in use
        return content;
    }

    private static void partition(byte[] content, int index, int type, int firstSector, int sectors) {
        int at = 2048 + 446 + 16 * index;
        ByteBuffer.wrap(content)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(at + 4, (byte) type)
                .putInt(at + 8, firstSector)
                .putInt(at + 12, sectors);
    }

    private static FileSystem openWithDisk(byte[] content, int sector) throws IOException {
        return Images.open(new TestImage(file("DISK.IMG", content))
                .bootCatalog(concat(validation(0), entry(0x88, 4, 0, 1, sector))));
    }

    private static void assertDisk(byte[] content, int size) throws IOException {
        try (FileSystem iso = openWithDisk(content, TestImage.FIRST_DIRECTORY + 2)) {
            BootEntry entry = BootCatalog.read(iso).orElseThrow().entries().get(0);
            assertThat(entry.emulation()).isEqualTo(BootEntry.Emulation.HARD_DISK);
            assertThat(entry.sizeInBytes()).isEqualTo(size);
            assertThat(Files.readAllBytes(entry.image())).isEqualTo(Arrays.copyOfRange(content, 2048, 2048 + size));
            try (FileChannel channel = entry.newByteChannel()) {
                assertThat(channel.size()).isEqualTo(size);
            }
        }
    }

    @Test
    void takesTheSizeOfAHardDiskFromItsPartitionTable() throws IOException {
        assertDisk(disk(), 20 * 512);
    }

    @Test
    void endsAHardDiskWithTheImage() throws IOException {
        byte[] disk = disk();
        partition(disk, 2, 0xee, 1, -1);
        assertDisk(disk, 7 * 2048);
    }

    @Test
    void takesWhatIsLoadedOfAHardDiskWithoutPartitions() throws IOException {
        byte[] unsigned = disk();
        unsigned[2048 + 511] = 0;
        assertDisk(unsigned, 512);
        byte[] empty = disk();
        Arrays.fill(empty, 2048 + 446, 2048 + 510, (byte) 0);
        assertDisk(empty, 512);
        try (FileSystem iso = openWithDisk(disk(), Integer.MAX_VALUE)) {
            BootEntry entry = BootCatalog.read(iso).orElseThrow().entries().get(0);
            assertThat(entry.sizeInBytes()).isEqualTo(512);
            assertThatThrownBy(entry::image).isInstanceOf(IsoFormatException.class);
        }
    }

    @Test
    void givesTheFileOfAHardDisk() throws IOException {
        byte[] disk = Arrays.copyOfRange(disk(), 2048, 8 * 2048);
        try (FileSystem iso = openWithDisk(disk, TestImage.FIRST_DIRECTORY + 1)) {
            BootEntry entry = BootCatalog.read(iso).orElseThrow().entries().get(0);
            assertThat(entry.sizeInBytes()).isEqualTo(20 * 512);
            assertThat(entry.image()).isEqualTo(iso.getPath("/DISK.IMG"));
        }
    }

    @Test
    void skipsExtensionsOfEntries() throws IOException {
        assertThat(entries(
                        validation(0),
                        entry(0x88, 0, 0, 4, 30),
                        section(0x91, 0, 2),
                        entry(0x88, 0x20, 0, 4, 31),
                        entry(0x44, 0x20, 0, 0, 0),
                        entry(0x44, 0, 0, 0, 0),
                        entry(0x88, 0, 0, 4, 32)))
                .extracting(BootEntry::loadSector)
                .containsExactly(30L, 31L, 32L);
    }

    @Test
    void endsSectionThatAnnouncesMoreThanThereIs() throws IOException {
        List<byte[]> catalog = new ArrayList<>(
                List.of(validation(0), entry(0x88, 0, 0, 4, 30), section(0x91, 0xef, 65535), entry(0x88, 0, 0, 4, 31)));
        assertThat(entries(catalog.toArray(new byte[0][]))).hasSize(2);
    }

    @Test
    void givesErrorForBootImageBeyondTheEnd() throws IOException {
        try (FileSystem iso = Images.open(image(validation(0), entry(0x88, 0, 0, 4, Integer.MAX_VALUE)));
                FileChannel channel =
                        BootCatalog.read(iso).orElseThrow().entries().get(0).newByteChannel()) {
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1))).isInstanceOf(IsoFormatException.class);
        }
    }

    @Test
    void loadsNothingForBiosWhereTheCountIsZero() throws IOException {
        assertThat(entries(validation(0), entry(0x88, 0, 0, 0, 30)).get(0).sizeInBytes())
                .isZero();
    }

    @Test
    void refusesWrongChecksum() {
        byte[] wrong = validation(0);
        wrong[5]++;
        assertThatThrownBy(() -> entries(wrong)).hasMessageContaining("words add up to");
    }

    @Test
    void refusesWrongKeyBytes() {
        byte[] wrong = validation(0);
        wrong[31] = 0;
        assertThatThrownBy(() -> entries(wrong)).hasMessageContaining("key bytes");
    }

    @Test
    void refusesReservedMediaTypes() {
        assertThatThrownBy(() -> entries(validation(0), entry(0x88, 9, 0, 4, 30)))
                .isInstanceOf(IsoFormatException.class)
                .hasMessageContaining("boot media type: 9");
    }

    @Test
    void keepsUnknownPlatforms() {
        assertThat(new BootPlatform(0x42)).hasToString("platform 66");
        assertThatThrownBy(() -> new BootPlatform(256)).isInstanceOf(IllegalArgumentException.class);
    }
}
