package dev.pxekit.iso;

import static dev.pxekit.iso.UdfBytes.component;
import static dev.pxekit.iso.UdfBytes.longDescriptor;
import static dev.pxekit.iso.UdfBytes.shortDescriptor;
import static dev.pxekit.iso.UdfEntry.at;
import static dev.pxekit.iso.UdfEntry.directory;
import static dev.pxekit.iso.UdfEntry.file;
import static dev.pxekit.iso.UdfEntry.hardLink;
import static dev.pxekit.iso.UdfEntry.hole;
import static dev.pxekit.iso.UdfEntry.link;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.iso.TestUdfImage.Partition;
import dev.pxekit.iso.UdfEntry.Form;
import dev.pxekit.iso.UdfEntry.Piece;
import dev.pxekit.testkit.Allocation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** UDF images made to break a reader. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileUdfTest {

    private static UdfEntry ok() {
        return file("ok", "fine");
    }

    private static void assertRefused(TestUdfImage image, String problem) {
        assertRefused(image.build(), problem);
    }

    private static void assertRefused(byte[] image, String problem) {
        assertThatThrownBy(() -> IsoFileSystems.open(Images.store(image)))
                .isInstanceOf(IsoFormatException.class)
                .hasMessageContaining(problem);
    }

    private static void assertOtherFileIsReadableAndListingThrows(TestUdfImage image, String problem)
            throws IOException {
        try (FileSystem udf = Images.open(image)) {
            assertThat(Files.readString(udf.getPath("/ok"))).isEqualTo("fine");
            assertThatThrownBy(() -> Images.walk(udf))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining(problem);
        }
    }

    private static void assertFileIsRefused(TestUdfImage image, String problem) throws IOException {
        try (FileSystem udf = Images.open(image)) {
            assertThat(Files.readString(udf.getPath("/ok"))).isEqualTo("fine");
            assertThatThrownBy(() -> Files.readAllBytes(udf.getPath("/bad")))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining(problem);
        }
    }

    private static void assertAllocatesLessThan(long mebibytes, ThrowingCallable action) throws IOException {
        long before = Allocation.ofThisThread();
        try {
            action.call();
        } catch (IsoFormatException e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
        assertThat((Allocation.ofThisThread() - before) >> 20)
                .as("MiB allocated")
                .isLessThan(mebibytes);
    }

    // Volumes

    @Test
    void endsVolumeDescriptorPointersThatLoop() {
        byte[] image = new TestUdfImage(ok()).build();
        for (int start : new int[] {TestUdfImage.MAIN, TestUdfImage.RESERVE}) {
            ByteBuffer pointer = UdfBytes.buffer(2048);
            pointer.putInt(20, 16 * 2048).putInt(24, start);
            byte[] bytes = UdfBytes.bytes(pointer);
            UdfBytes.seal(bytes, 0, 512, 3, start);
            System.arraycopy(bytes, 0, image, start * 2048, 2048);
        }
        assertRefused(image, "without a logical volume descriptor");
    }

    @Test
    void readsVolumeWithGarbageBehindItsDescriptors() throws IOException {
        byte[] image = new TestUdfImage(ok()).build();
        for (int start : new int[] {TestUdfImage.MAIN, TestUdfImage.RESERVE}) {
            Arrays.fill(image, (start + 3) * 2048, (start + 4) * 2048, (byte) 0x99); // in place of the terminator
        }
        try (FileSystem udf = IsoFileSystems.open(Images.store(image))) {
            assertThat(Files.readString(udf.getPath("/ok"))).isEqualTo("fine");
        }
    }

    @Test
    void takesFromTheReserveWhatTheMainDescriptorsLack() throws IOException {
        byte[] image = new TestUdfImage(ok()).build();
        image[(TestUdfImage.MAIN + 2) * 2048 + 100]++; // the partition
        image[(TestUdfImage.RESERVE + 3) * 2048 + 8]++; // the terminator
        try (FileSystem udf = IsoFileSystems.open(Images.store(image))) {
            assertThat(Files.readString(udf.getPath("/ok"))).isEqualTo("fine");
        }
        image[(TestUdfImage.RESERVE + 2) * 2048 + 100]++;
        assertRefused(image, "CRC of UDF descriptor");
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 1_000_000, -1})
    void refusesPartitionMapsThatAreNotThere(int count) {
        assertRefused(
                new TestUdfImage(ok()).bend(TestUdfImage.TAG_LOGICAL_VOLUME, volume -> volume.putInt(268, count)),
                "partition maps of UDF: " + Integer.toUnsignedString(count));
        assertRefused(
                new TestUdfImage(ok())
                        .bend(
                                TestUdfImage.TAG_LOGICAL_VOLUME,
                                volume -> volume.putInt(264, -1).putInt(268, 3)),
                "partition maps of UDF: 3 (expected: 1");
    }

    @Test
    void refusesPartitionMapsThatReferToNothing() {
        assertRefused(
                new TestUdfImage(ok()).bend(TestUdfImage.TAG_PARTITION, part -> part.putShort(22, (short) 7)),
                "UDF partition: 0 (expected: one of [7])");
        assertRefused(
                new TestUdfImage(ok()).bend(TestUdfImage.TAG_LOGICAL_VOLUME, volume -> volume.putShort(256, (short) 9)),
                "partition reference of UDF: 9 (expected: 0..0)");
        assertRefused(
                new TestUdfImage(ok()).bend(TestUdfImage.TAG_LOGICAL_VOLUME, volume -> volume.putInt(252, -1)),
                "extent of UDF partition: block 4294967295");
        assertRefused(
                new TestUdfImage(ok()).bend(TestUdfImage.TAG_PARTITION, part -> part.putInt(188, -1)),
                "the image ends early");
        assertRefused(
                new TestUdfImage(ok()).bend(TestUdfImage.TAG_LOGICAL_VOLUME, volume -> volume.putInt(212, 512)),
                "logical block size of UDF: 512");
        assertRefused(
                new TestUdfImage(ok()).root(root -> root.bend(entry -> entry.put(27, (byte) 5))),
                "file type of UDF root directory: 5");
    }

    @Test
    void refusesMetadataFileWithinItselfOrOutOfThePartition() {
        for (int block : new int[] {0, 20, -1}) {
            assertRefused(
                    new TestUdfImage(ok())
                            .partition(Partition.METADATA)
                            .bendTable(map -> map.putInt(40, block).putInt(44, block)),
                    "UDF");
        }
    }

    @Test
    void readsMetadataFileThatSaysItIsInItself() throws IOException {
        TestUdfImage image = new TestUdfImage(ok())
                .partition(Partition.METADATA)
                .bend(266, entry -> entry.putShort(34, (short) 0)); // short descriptors: of the partition that holds it
        try (FileSystem udf = Images.open(image)) {
            assertThat(Files.readString(udf.getPath("/ok"))).isEqualTo("fine");
        }
    }

    @Test
    void refusesVirtualAllocationTablesThatLeadNowhere() throws IOException {
        TestUdfImage image = new TestUdfImage(ok()).partition(Partition.VIRTUAL_150);
        for (int block : new int[] {-1, -2, 1 << 20}) {
            assertRefused(image.bendTable(table -> table.putInt(0, block)), "UDF");
        }
        assertRefused(
                new TestUdfImage(ok())
                        .partition(Partition.VIRTUAL_200)
                        .bendTable(table -> table.putShort(0, (short) -1)),
                "without its allocation table");
        TestUdfImage itself = new TestUdfImage(ok())
                .partition(Partition.VIRTUAL_150)
                .bendTable(table -> table.putInt(4, table.capacity() / 4)); // the root's entry is where the table is
        assertRefused(itself, "UDF");
    }

    @Test
    void looksAtFewFilesForTheVirtualAllocationTable() throws IOException {
        byte[] image = new TestUdfImage(ok()).partition(Partition.VIRTUAL_150).build();
        byte[] many = Arrays.copyOf(image, image.length + 500 * 2048);
        for (int i = 0; i < 500; i++) {
            int block = image.length / 2048 + i;
            ByteBuffer entry = UdfBytes.buffer(2048);
            entry.putShort(20, (short) 4).putLong(56, many.length).putInt(172, 8);
            entry.put(176, shortDescriptor(0, many.length, 0));
            byte[] bytes = UdfBytes.bytes(entry);
            UdfBytes.seal(bytes, 0, 2048, 261, block - TestUdfImage.START);
            System.arraycopy(bytes, 0, many, block * 2048, 2048);
        }
        Path stored = Images.store(many);
        assertAllocatesLessThan(8, () -> IsoFileSystems.open(stored).close());
    }

    @Test
    void refusesSparingTablesThatRunOver() {
        TestUdfImage image = new TestUdfImage(ok()).partition(Partition.SPARABLE);
        assertRefused(image.bendTable(table -> table.put(17, (byte) 'X')), "no UDF sparing table");
        assertRefused(
                new TestUdfImage(ok())
                        .partition(Partition.SPARABLE)
                        .bend(TestUdfImage.TAG_LOGICAL_VOLUME, volume -> volume.putShort(440 + 40, (short) 0)),
                "packet length of UDF sparable partition: 0");
        assertRefused(
                new TestUdfImage(ok())
                        .partition(Partition.SPARABLE)
                        .bend(TestUdfImage.TAG_LOGICAL_VOLUME, volume -> volume.put(440 + 42, (byte) 0)),
                "without sparing tables");
    }

    // Files

    @Test
    void refusesSizesBeyondWhatALongHolds() throws IOException {
        assertOtherFileIsReadableAndListingThrows(
                new TestUdfImage(file("bad", "x").bend(entry -> entry.putLong(56, Long.MIN_VALUE)), ok()),
                "size of UDF file: 9223372036854775808 (expected: less than 2^63)");
        for (Form form : Form.values()) {
            assertFileIsRefused(
                    new TestUdfImage(
                            file("bad", "x").form(form).bend(entry -> entry.putLong(56, Long.MAX_VALUE)), ok()),
                    "size of UDF file");
        }
    }

    @Test
    void boundsDescriptorsOfHugeHoles() throws IOException {
        UdfEntry holes = file("bad", "").form(Form.SHORT).bend(entry -> entry.putLong(56, Long.MAX_VALUE));
        Piece[] pieces = new Piece[200];
        Arrays.fill(pieces, hole((1 << 30) - 2048));
        assertFileIsRefused(new TestUdfImage(holes.pieces(pieces), ok()), "size of UDF file");
    }

    @Test
    void refusesExtentsOutsideOfTheirPartition() throws IOException {
        for (Form form : new Form[] {Form.SHORT, Form.LONG, Form.EXTENDED}) {
            assertFileIsRefused(
                    new TestUdfImage(file("bad", "x").form(form).pieces(at(0xffff_ffffL, 1)), ok()),
                    "extent of UDF partition: block 4294967295");
        }
        assertFileIsRefused(
                new TestUdfImage(
                        file("bad", "x").form(Form.LONG).bend(entry -> entry.putShort(176 + 8, (short) 5)), ok()),
                "partition reference of UDF: 5");
        assertFileIsRefused(
                new TestUdfImage(file("bad", "x").bend(entry -> entry.putShort(34, (short) 4)), ok()),
                "form of UDF allocation descriptors: 4");
    }

    /** Puts an extent of allocation descriptors at a block of the partition of a built image. */
    private static void putAllocationExtent(byte[] image, int block, byte[]... descriptors) {
        ByteBuffer extent = UdfBytes.buffer(2048);
        byte[] all = TestImage.concat(descriptors);
        extent.putInt(20, all.length).put(24, all);
        byte[] bytes = UdfBytes.bytes(extent);
        UdfBytes.seal(bytes, 0, 2048, 258, block);
        System.arraycopy(bytes, 0, image, (TestUdfImage.START + block) * 2048, 2048);
    }

    private static UdfEntry continuedAt(String name, int block, long size) {
        return file(name, "")
                .bend(entry -> entry.putLong(56, size)
                        .putInt(172, 8)
                        .put(176, shortDescriptor(UdfBytes.CONTINUATION, 2048, block)));
    }

    @Test
    void endsChainsOfAllocationExtentsThatBiteTheirTails() throws IOException {
        byte[] image = new TestUdfImage(continuedAt("bad", 20, Long.MAX_VALUE), ok()).build();
        putAllocationExtent(
                image,
                20,
                shortDescriptor(UdfBytes.UNALLOCATED, 1, 0), // so that it is far to the end
                shortDescriptor(UdfBytes.CONTINUATION, 2048, 21));
        putAllocationExtent(image, 21, shortDescriptor(UdfBytes.CONTINUATION, 2048, 20));
        try (FileSystem udf = IsoFileSystems.open(Images.store(image))) {
            assertThat(Files.readString(udf.getPath("/ok"))).isEqualTo("fine");
            assertThatThrownBy(() -> Files.readAllBytes(udf.getPath("/bad")))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("continued where others are");
        }
    }

    @Test
    void refusesAllocationExtentsThatSeveralFilesShare() throws IOException {
        byte[] image = new TestUdfImage(continuedAt("first", 20, 2048), continuedAt("second", 20, 2048)).build();
        putAllocationExtent(image, 20, shortDescriptor(0, 2048, 30));
        try (FileSystem udf = IsoFileSystems.open(Images.store(image))) {
            assertThat(Files.readAllBytes(udf.getPath("/first"))).hasSize(2048);
            assertThat(Files.readAllBytes(udf.getPath("/first"))).hasSize(2048);
            assertThatThrownBy(() -> Files.readAllBytes(udf.getPath("/second")))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("continued where others are");
        }
    }

    /** Each descriptor of a sparable partition may stand for as many runs as there are spared packets. */
    @Test
    void boundsRunsOfDescriptorsThatCoverSparedPackets() throws IOException {
        int blocks = 4000;
        UdfEntry bad = file("bad", "").form(Form.EMBEDDED);
        byte[] descriptors = new byte[0];
        for (int i = 0; i < 200; i++) {
            descriptors = TestImage.concat(descriptors, shortDescriptor(0, 1L << 29, 16));
        }
        byte[] area = descriptors;
        bad.bend(entry -> entry.putShort(34, (short) 0)
                .putLong(56, Long.MAX_VALUE)
                .putInt(172, area.length)
                .put(176, area));
        TestUdfImage image = new TestUdfImage(bad, ok())
                .partition(Partition.SPARABLE)
                .partitionBlocks(1 << 20)
                .bendTable(table -> {
                    table.putShort(48, (short) 240);
                    for (int i = 0; i < 240; i++) {
                        table.putInt(56 + 8 * i, i * 1000).putInt(60 + 8 * i, blocks);
                    }
                    table.putInt(56, 0).putInt(60, TestUdfImage.SPARED);
                    table.putInt(64, 8).putInt(68, TestUdfImage.SPARED + 8);
                });
        assertFileIsRefused(image, "extents of UDF file");
    }

    @Test
    void boundsRunsInVirtualPartitions() throws IOException {
        byte[] descriptors = new byte[0];
        for (int i = 0; i < 100; i++) {
            descriptors = TestImage.concat(descriptors, longDescriptor(0, 4096, 0, 1));
        }
        byte[] area = descriptors;
        UdfEntry bad = file("bad", "")
                .bend(entry ->
                        entry.putLong(56, 4096 * 100).putInt(172, area.length).put(176, area));
        TestUdfImage image = new TestUdfImage(bad, ok()).partition(Partition.VIRTUAL_200);
        try (FileSystem udf = Images.open(image)) {
            // blocks of a virtual partition may be anywhere; two of them a hundred times are within the bound
            assertThat(Files.readAllBytes(udf.getPath("/bad"))).hasSize(4096 * 100);
        }
    }

    @Test
    void endsVersionsThatAreOlderThanEachOther() throws IOException {
        UdfEntry bad = file("bad", "x").olderVersions(1);
        TestUdfImage image = new TestUdfImage(bad, ok());
        image.bend(259, indirect -> indirect.putInt(40, (int) bad.block)); // the newer one is the older one
        assertOtherFileIsReadableAndListingThrows(image, "versions of UDF file entry (strategy 4096): more than");
    }

    @Test
    void followsVersionsWithoutEndOnceForAllNames() throws IOException {
        UdfEntry bad = file("bad", "x").olderVersions(1);
        UdfEntry[] names = new UdfEntry[20_000];
        Arrays.setAll(names, i -> hardLink("n" + i, bad));
        TestUdfImage built = new TestUdfImage(bad, directory("d", names), ok());
        Path image = Images.store(built.bend(259, indirect -> indirect.putInt(40, (int) bad.block))
                .build());
        assertAllocatesLessThan(60, () -> {
            try (FileSystem udf = IsoFileSystems.open(image)) {
                Images.list(udf.getPath("/d"));
            }
        });
    }

    @Test
    void keepsOneCopyOfALinkTargetThatManyNamesShare() throws IOException {
        byte[][] components = new byte[16][];
        Arrays.fill(components, component(5, "t".repeat(250)));
        UdfEntry link = link("link", components);
        UdfEntry[] names = new UdfEntry[20_000];
        Arrays.setAll(names, i -> hardLink("n" + i, link));
        Path image = Images.store(new TestUdfImage(link, directory("d", names)).build());
        assertAllocatesLessThan(150, () -> {
            try (FileSystem udf = IsoFileSystems.open(image)) {
                assertThat(Images.list(udf.getPath("/d"))).hasSize(20_000);
                assertThat(Files.readSymbolicLink(udf.getPath("/d/n19999")).toString())
                        .hasSize(16 * 251 - 1);
            }
        });
    }

    @Test
    void refusesLinksThatAreTooLongOrDamaged() throws IOException {
        byte[][] components = new byte[17][];
        Arrays.fill(components, component(5, "t".repeat(250)));
        assertOtherFileIsReadableAndListingThrows(
                new TestUdfImage(link("bad", components), ok()),
                "length of UDF symbolic link: 4335 (expected: at most 4096)");
        assertOtherFileIsReadableAndListingThrows(
                new TestUdfImage(link("bad", new byte[] {5, 20, 0, 0, 8, 'x'}), ok()), "ends within a component");
        assertOtherFileIsReadableAndListingThrows(
                new TestUdfImage(link("bad", new byte[] {5, 0, 0}), ok()), "ends within a component");
        assertOtherFileIsReadableAndListingThrows(
                new TestUdfImage(link("bad", component(9, "")), ok()), "component type of UDF symbolic link: 9");
        try (FileSystem udf = Images.open(new TestUdfImage(
                link("empty"), link("nul", component(5, "a\0b")), link("up", component(3, ""), component(5, "ok"))))) {
            assertThatThrownBy(() -> Files.readSymbolicLink(udf.getPath("/empty")))
                    .isInstanceOf(IsoFormatException.class);
            assertThatThrownBy(() -> Files.readSymbolicLink(udf.getPath("/nul")))
                    .isInstanceOf(IsoFormatException.class);
        }
    }

    @Test
    void countsDamagedExtendedAttributesAsNone() throws IOException {
        TestUdfImage image = new TestUdfImage(
                UdfEntry.special("dev", 7)
                        .extendedAttributes(UdfBytes.deviceAttribute(1, 3))
                        .bend(entry -> entry.putInt(176 + 24 + 8, 0)),
                UdfEntry.special("long", 7)
                        .extendedAttributes(UdfBytes.deviceAttribute(1, 3))
                        .bend(entry -> entry.putInt(168, -1)),
                ok());
        try (FileSystem udf = Images.open(image)) {
            assertThat(Files.getAttribute(udf.getPath("/dev"), "unix:rdev")).isEqualTo(0L);
            assertThat(Files.getAttribute(udf.getPath("/long"), "unix:rdev")).isEqualTo(0x103L);
        }
    }

    @Test
    void givesBytesOfTruncatedFileThenAnError() throws IOException {
        byte[] image = new TestUdfImage(file("file", "x").pieces(at(200, 100 * 2048)))
                .partitionBlocks(1000)
                .build();
        byte[] cut = Arrays.copyOf(image, (TestUdfImage.START + 201) * 2048);
        try (FileSystem udf = IsoFileSystems.open(Images.store(cut));
                InputStream in = Files.newInputStream(udf.getPath("/file"))) {
            assertThat(in.readNBytes(2048)).hasSize(2048);
            assertThatThrownBy(in::read)
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("the image ends early");
        }
    }

    // Directories

    @Test
    void neverShowsNamesThatLeaveTheirDirectory() throws IOException {
        for (String name : new String[] {"..", ".", "a/b", "/", "a\0b", ""}) {
            assertOtherFileIsReadableAndListingThrows(new TestUdfImage(file(name, "x"), ok()), "name: \"");
        }
        assertOtherFileIsReadableAndListingThrows(
                new TestUdfImage(file("x", "x").identifier(UdfBytes.utf16("..")), ok()), "name: \"..\"");
        assertOtherFileIsReadableAndListingThrows(
                new TestUdfImage(file("x", "x").identifier(new byte[] {9, 'x'}), ok()), "name: \"\"");
    }

    @Test
    void refusesNamesThatRunOverTheirDirectory() throws IOException {
        assertOtherFileIsReadableAndListingThrows(
                new TestUdfImage(ok(), file("last", "").bendIdentifier(id -> id.put(19, (byte) 255))),
                "UDF file identifier of 293 bytes");
        assertOtherFileIsReadableAndListingThrows(
                new TestUdfImage(ok(), file("last", "").bendIdentifier(id -> id.putShort(36, (short) -1))),
                "UDF file identifier of 65578 bytes");
        assertOtherFileIsReadableAndListingThrows(
                new TestUdfImage(ok())
                        .root(root -> root.bend(entry -> entry.putInt(176, 300).putLong(56, 300))),
                "UDF descriptor tag: 0 (expected: 257");
    }

    @Test
    void refusesEntriesThatAreNotThere() throws IOException {
        assertOtherFileIsReadableAndListingThrows(
                new TestUdfImage(file("bad", "").bendIdentifier(id -> id.putInt(24, -1)), ok()),
                "extent of UDF partition");
        assertOtherFileIsReadableAndListingThrows(
                new TestUdfImage(file("bad", "").bendIdentifier(id -> id.putInt(24, 50)), ok()),
                "UDF descriptor tag: 0 (expected: 261 or 266, a file entry)");
        assertOtherFileIsReadableAndListingThrows(
                new TestUdfImage(file("bad", "").bendIdentifier(id -> id.putShort(28, (short) 3)), ok()),
                "partition reference of UDF: 3");
    }

    @Test
    void endsDirectoryThatContainsItself() throws IOException {
        UdfEntry self = directory("self");
        self.children.add(hardLink("again", self));
        TestUdfImage image = new TestUdfImage(self, ok());
        image.root(root -> self.children.add(hardLink("root", root)));
        try (FileSystem udf = Images.open(image)) {
            assertThat(Images.walk(udf)).containsExactly("/self", "/ok");
            assertThat(Files.exists(udf.getPath("/self/again"))).isFalse();
            assertThat(Files.exists(udf.getPath("/self/root"))).isFalse();
        }
    }

    @Test
    void showsDirectoryWithSeveralNamesOnce() throws IOException {
        UdfEntry shared = directory("shared", file("inside", ""));
        UdfEntry[] names = new UdfEntry[100];
        Arrays.setAll(names, i -> hardLink("n" + i, shared));
        TestUdfImage image = new TestUdfImage(ok(), shared, directory("elsewhere", names), hardLink("again", shared));
        try (FileSystem udf = Images.open(image)) {
            assertThat(Files.exists(udf.getPath("/shared/inside"))).isTrue();
            assertThatThrownBy(() -> Images.list(udf.getPath("/")))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("one name for one UDF directory");
            assertThatThrownBy(() -> Images.list(udf.getPath("/elsewhere"))).isInstanceOf(IsoFormatException.class);
            assertThat(Files.exists(udf.getPath("/elsewhere/n0"))).isFalse();
        }
    }

    /** A thousand directories with a thousand names between them, not each. */
    @Test
    void showsBlocksThatDirectoriesShareOnce() throws IOException {
        UdfEntry[] files = new UdfEntry[1000];
        UdfEntry one = file("f0", "");
        Arrays.setAll(files, i -> i == 0 ? one : hardLink("f" + i, one));
        ByteBuffer shared = UdfBytes.buffer(2048);
        UdfEntry first = directory("first", files).bend(shared::put); // written before the others
        UdfEntry[] others = new UdfEntry[1001];
        Arrays.setAll(others, i -> i == 0 ? first : directory("d" + i).bend(entry -> entry.put(16, shared, 16, 200)));
        try (FileSystem udf = Images.open(new TestUdfImage(directory("all", others)))) {
            assertThat(Images.list(udf.getPath("/all/d5"))).hasSize(1000);
            for (String other : new String[] {"/all/first", "/all/d1000"}) {
                assertThatThrownBy(() -> Images.list(udf.getPath(other)))
                        .isInstanceOf(IsoFormatException.class)
                        .hasMessageContaining("a block of its own");
            }
            assertThat(Images.list(udf.getPath("/all/d5"))).hasSize(1000);
        }
    }

    @Test
    void refusesDirectoriesThatHaveABlockTwice() throws IOException {
        UdfEntry bad = directory("bad", file("inside", "")).form(Form.SHORT);
        bad.bend(entry -> {
            int block = entry.getInt(180);
            entry.putLong(56, 2 * 2048).putInt(172, 16);
            entry.put(176, shortDescriptor(0, 2048, block)).put(184, shortDescriptor(0, 2048, block));
        });
        assertOtherFileIsReadableAndListingThrows(new TestUdfImage(ok(), bad), "UDF");
    }

    @Test
    void refusesDirectoriesLargerThanTheImage() throws IOException {
        assertOtherFileIsReadableAndListingThrows(
                new TestUdfImage(ok(), directory("bad").bend(entry -> entry.putLong(56, 1L << 62))),
                "size of UDF directory: 4611686018427387904");
        assertOtherFileIsReadableAndListingThrows(
                new TestUdfImage(ok(), directory("bad").pieces(hole(4096))), "UDF descriptor tag: 0");
    }

    @Test
    void endsTreeOfSharedBranches() throws IOException {
        UdfEntry[] levels = new UdfEntry[20];
        for (int i = levels.length - 1; i >= 0; i--) {
            levels[i] = directory("l" + i);
            for (int j = 0; j < 10 && i + 1 < levels.length; j++) {
                levels[i].children.add(hardLink("d" + j, levels[i + 1]));
            }
        }
        try (FileSystem udf = Images.open(new TestUdfImage(levels))) {
            try {
                assertThat(Images.walk(udf)).hasSizeLessThan(100);
            } catch (IsoFormatException e) {
                assertThat(e).hasMessageContaining("one name for one UDF directory");
            }
        }
    }

    @Test
    void refusesDirectoriesNestedWithoutReason() throws IOException {
        UdfEntry nested = directory("d").form(Form.EMBEDDED);
        for (int i = 0; i < 1100; i++) {
            nested = directory("d", nested).form(Form.EMBEDDED);
        }
        try (FileSystem udf = Images.open(new TestUdfImage(nested).blockSize(512))) {
            assertThatThrownBy(() -> Images.walk(udf))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("within one another: more than 1024");
            assertThat(Files.isDirectory(udf.getPath("/d".repeat(1024)))).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Partition.class)
    void readsOrRefusesImagesCutAnywhere(Partition kind) throws IOException {
        byte[] image = new TestUdfImage(directory("d", file("inside", "x")), file("file", "content"))
                .blockSize(512)
                .partition(kind)
                .build();
        for (int length = 256 * 512; length < image.length; length += 512) {
            UntrustedImage.read(Images.store(Arrays.copyOf(image, length)));
        }
    }
}
