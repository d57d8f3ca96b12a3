package dev.pxekit.iso;

import static dev.pxekit.iso.UdfBytes.component;
import static dev.pxekit.iso.UdfBytes.timestamp;
import static dev.pxekit.iso.UdfEntry.allocated;
import static dev.pxekit.iso.UdfEntry.at;
import static dev.pxekit.iso.UdfEntry.directory;
import static dev.pxekit.iso.UdfEntry.file;
import static dev.pxekit.iso.UdfEntry.hardLink;
import static dev.pxekit.iso.UdfEntry.hole;
import static dev.pxekit.iso.UdfEntry.link;
import static dev.pxekit.iso.UdfEntry.recorded;
import static dev.pxekit.iso.UdfEntry.special;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.iso.TestUdfImage.Partition;
import dev.pxekit.iso.UdfEntry.Form;
import dev.pxekit.iso.UdfEntry.Piece;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What UDF images show. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UdfViewTest {

    private static final byte[] CONTENT = content(20_000);

    private static byte[] content(int length) {
        byte[] content = new byte[length];
        for (int i = 0; i < length; i++) {
            content[i] = (byte) (i % 251 + 1);
        }
        return content;
    }

    private static Object attribute(Path path, String name) throws IOException {
        return Files.getAttribute(path, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
    }

    private static Instant time(Path path, String name) throws IOException {
        return Instant.parse(attribute(path, name).toString());
    }

    static Stream<Arguments> layouts() {
        return Stream.of(512, 1024, 2048, 4096)
                .flatMap(blockSize -> Arrays.stream(Partition.values()).map(kind -> Arguments.of(blockSize, kind)));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void readsTreesOfAllBlockSizesAndPartitionMaps(int blockSize, Partition kind) throws IOException {
        TestUdfImage image = new TestUdfImage(
                        file("empty", ""),
                        file("file", CONTENT),
                        directory("dir", directory("deeper", file("bottom", "bottom"))),
                        link("link", component(5, "dir"), component(5, "deeper"), component(5, "bottom")))
                .blockSize(blockSize)
                .partition(kind);
        try (FileSystem udf = IsoFileSystems.open(Images.store(image.build()))) {
            assertThat(Images.walk(udf))
                    .containsExactly("/empty", "/file", "/dir", "/dir/deeper", "/dir/deeper/bottom", "/link");
            assertThat(Files.readAllBytes(udf.getPath("/file"))).isEqualTo(CONTENT);
            assertThat(Files.readString(udf.getPath("/link"))).isEqualTo("bottom");
            assertThat(Files.size(udf.getPath("/empty"))).isZero();
            assertThat(Files.readString(udf.getPath("/empty"))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1024, 2048, 4096})
    void findsAnchorsAtTheEndAlone(int blockSize) throws IOException {
        TestUdfImage image = new TestUdfImage(file("file", "content"))
                .blockSize(blockSize)
                .anchorAtStart(false)
                .anchorsAtEnd();
        byte[] bytes = image.build();
        try (FileSystem udf = IsoFileSystems.open(Images.store(bytes))) {
            assertThat(Files.readString(udf.getPath("/file"))).isEqualTo("content");
        }
        bytes[bytes.length - blockSize + 4]++; // the last one is damaged, the one 256 blocks before is not
        try (FileSystem udf = IsoFileSystems.open(Images.store(bytes))) {
            assertThat(Files.readString(udf.getPath("/file"))).isEqualTo("content");
        }
        bytes[bytes.length - blockSize + 4]--;
        bytes[bytes.length - 257 * blockSize + 4]++;
        try (FileSystem udf = IsoFileSystems.open(Images.store(bytes))) {
            assertThat(Files.readString(udf.getPath("/file"))).isEqualTo("content");
        }
    }

    @Test
    void readsReserveWhereTheMainSequenceIsDamaged() throws IOException {
        byte[] image = new TestUdfImage(file("file", "content")).build();
        image[(TestUdfImage.MAIN + 1) * 2048 + 100]++;
        try (FileSystem udf = IsoFileSystems.open(Images.store(image))) {
            assertThat(Files.readString(udf.getPath("/file"))).isEqualTo("content");
        }
        image[(TestUdfImage.RESERVE + 1) * 2048 + 100]++;
        assertThatThrownBy(() -> IsoFileSystems.open(Images.store(image)))
                .isInstanceOf(IsoFormatException.class)
                .hasMessageContaining("CRC of UDF descriptor");
    }

    @Test
    void followsVolumeDescriptorPointers() throws IOException {
        try (FileSystem udf = Images.open(new TestUdfImage(file("file", "content")).volumeDescriptorPointer())) {
            assertThat(Files.readString(udf.getPath("/file"))).isEqualTo("content");
        }
    }

    @ParameterizedTest
    @EnumSource(Form.class)
    void readsAllFormsOfAllocation(Form form) throws IOException {
        byte[] content = content(form == Form.EMBEDDED ? 1_500 : 20_000);
        TestUdfImage image = new TestUdfImage(
                file("plain", content).form(form),
                file("extended", content).form(form).extended(),
                file("withAttributes", content).form(form).extendedAttributes(UdfBytes.attribute(2048, new byte[100])),
                directory("dir", file("inside", "x")).form(form),
                link("link", component(5, "dir"), component(5, "inside")).form(form));
        try (FileSystem udf = Images.open(image)) {
            for (String name : List.of("/plain", "/extended", "/withAttributes")) {
                assertThat(Files.readAllBytes(udf.getPath(name))).isEqualTo(content);
            }
            assertThat(Files.readString(udf.getPath("/link"))).isEqualTo("x");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Form.class,
            names = {"SHORT", "LONG", "EXTENDED"})
    void readsFragmentsAndBothTypesOfHoles(Form form) throws IOException {
        Piece[] pieces = {
            recorded(4096), hole(8192), recorded(2048), allocated(4096), recorded(2048), hole(2048), recorded(1000)
        };
        TestUdfImage image = new TestUdfImage(
                file("one", CONTENT).form(form).pieces(pieces),
                file("continued", CONTENT).form(form).pieces(pieces).descriptorsPerExtent(2),
                file("single", CONTENT).form(form).pieces(pieces).descriptorsPerExtent(1),
                file("hole", "").form(form).pieces(hole(5000)));
        byte[] expected = new byte[23_528];
        System.arraycopy(CONTENT, 0, expected, 0, 4096);
        System.arraycopy(CONTENT, 4096, expected, 12_288, 2048);
        System.arraycopy(CONTENT, 6144, expected, 18_432, 2048);
        System.arraycopy(CONTENT, 8192, expected, 22_528, 1000);
        try (FileSystem udf = Images.open(image)) {
            for (String name : List.of("/one", "/continued", "/single")) {
                assertThat(Files.readAllBytes(udf.getPath(name))).as(name).isEqualTo(expected);
            }
            assertThat(Files.readAllBytes(udf.getPath("/hole"))).isEqualTo(new byte[5000]);
        }
    }

    @Test
    void readsFileOfSoManyFragmentsThatItsDescriptorsTakeAHundredExtents() throws IOException {
        byte[] content = content(2000 * 512);
        Piece[] pieces = new Piece[2000];
        Arrays.fill(pieces, recorded(512));
        TestUdfImage image = new TestUdfImage(
                        file("many", content).form(Form.LONG).pieces(pieces).descriptorsPerExtent(20))
                .blockSize(512);
        try (FileSystem udf = Images.open(image)) {
            assertThat(Files.readAllBytes(udf.getPath("/many"))).isEqualTo(content);
        }
    }

    @ParameterizedTest
    @EnumSource(Partition.class)
    void readsDirectoriesInFragmentsThatContinueElsewhere(Partition kind) throws IOException {
        UdfEntry[] files = new UdfEntry[200];
        Arrays.setAll(
                files,
                i -> file("a file with quite a long name %03d".formatted(i), "").form(Form.EMBEDDED));
        for (UdfEntry other : files) {
            other.sameAs = other == files[0] ? null : files[0];
        }
        Piece[] pieces = new Piece[15];
        Arrays.fill(pieces, recorded(1024));
        pieces[14] = recorded(200 * 72 + 40 - 14 * 1024);
        TestUdfImage image = new TestUdfImage(
                        directory("d", files).pieces(pieces).descriptorsPerExtent(3))
                .blockSize(1024)
                .partition(kind);
        try (FileSystem udf = Images.open(image)) {
            assertThat(Images.list(udf.getPath("/d"))).hasSize(200).endsWith("a file with quite a long name 199");
        }
    }

    @Test
    void readsFilesOverOneGibibyteInSeveralDescriptors(@TempDir Path directory) throws IOException {
        long most = (1L << 30) - 2048; // the longest extent of whole blocks: its length has 30 bits
        long size = 4 * most + 5_000_000;
        UdfEntry large = file("large", "")
                .pieces(
                        at(1000, most),
                        at(1000 + most / 2048, most),
                        at(1000 + 2 * most / 2048, most),
                        hole(most),
                        at(1000 + 3 * most / 2048, 5_000_000));
        TestUdfImage image = new TestUdfImage(large).partitionBlocks(1 << 21);
        byte[] bytes = image.build();
        Path file = directory.resolve("large.udf");
        try (SeekableByteChannel channel = Files.newByteChannel(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(bytes));
            for (long position : new long[] {0, most - 1, most, 3 * most - 1, size - most - 1}) {
                channel.position(image.offsetOf(1000) + position);
                channel.write(ByteBuffer.wrap(new byte[] {(byte) (position % 100 + 1)}));
            }
        }
        try (FileSystem udf = IsoFileSystems.open(file);
                FileChannel channel = FileChannel.open(udf.getPath("/large"))) {
            assertThat(channel.size()).isEqualTo(size).isGreaterThan(1L << 32);
            for (long position : new long[] {0, most - 1, most, 3 * most - 1}) {
                assertThat(byteAt(channel, position)).isEqualTo((byte) (position % 100 + 1));
            }
            assertThat(byteAt(channel, 3 * most)).isZero();
            assertThat(byteAt(channel, size - 1)).isEqualTo((byte) ((size - most - 1) % 100 + 1));
            assertThat(channel.transferTo(most - 10, 20, new Discarding())).isEqualTo(20);
            assertThat(channel.map(FileChannel.MapMode.READ_ONLY, most - 10, 20).get(9))
                    .isEqualTo((byte) ((most - 1) % 100 + 1));
        }
    }

    private static byte byteAt(FileChannel channel, long position) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        assertThat(channel.read(one, position)).isEqualTo(1);
        return one.get(0);
    }

    private static final class Discarding implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            source.position(source.limit());
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    /** Linux writes the last extent so, where the file grew within its last block. */
    @Test
    void readsFileWhoseLastExtentIsShorterWithinOneBlock() throws IOException {
        TestUdfImage image = new TestUdfImage(
                file("grew", content(2048)).pieces(recorded(2000)).bend(entry -> entry.putLong(56, 2010)),
                file("cut", content(2048)).pieces(recorded(2048)).bend(entry -> entry.putLong(56, 2049)));
        try (FileSystem udf = Images.open(image)) {
            assertThat(Files.readAllBytes(udf.getPath("/grew"))).hasSize(2010);
            assertThatThrownBy(() -> Files.readAllBytes(udf.getPath("/cut")))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("size of UDF file: 2049 (expected: at most 2048");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Partition.class,
            names = {"PHYSICAL", "VIRTUAL_150", "VIRTUAL_200"})
    void showsNewestVersionOfEntriesWithStrategy4096(Partition kind) throws IOException {
        TestUdfImage image = new TestUdfImage(
                        file("file", CONTENT).olderVersions(3),
                        directory("dir", file("inside", "x")).olderVersions(1))
                .root(root -> root.olderVersions(2))
                .partition(kind);
        try (FileSystem udf = Images.open(image)) {
            assertThat(Images.walk(udf)).containsExactly("/file", "/dir", "/dir/inside");
            assertThat(Files.readAllBytes(udf.getPath("/file"))).isEqualTo(CONTENT);
            assertThat(Files.readAllBytes(udf.getPath("/file"))).isEqualTo(CONTENT);
        }
    }

    @Test
    void leavesOutDeletedNamesAndShowsHiddenOnes() throws IOException {
        TestUdfImage image = new TestUdfImage(
                file("before", ""),
                file("gone", "").characteristics(4),
                file("gone too", "").characteristics(4).identifier(new byte[] {(byte) 254, 'x'}),
                file("never", "").characteristics(4).identifier(new byte[0]).bendIdentifier(id -> id.putInt(24, -1)),
                file("hidden", "").characteristics(1),
                file("Non-Allocatable Space", "").characteristics(1), // of no use but to the one who writes the medium
                file("after", "").implementationUse(32));
        try (FileSystem udf = Images.open(image)) {
            assertThat(Images.walk(udf)).containsExactly("/before", "/hidden", "/after");
            assertThat(Files.exists(udf.getPath("/gone"))).isFalse();
        }
    }

    @Test
    void readsNamesOf8And16Bits() throws IOException {
        String unpaired = "\uD83D lone";
        TestUdfImage image = new TestUdfImage(
                file("Gr\u00fc\u00dfe", ""),
                file("wide", "").identifier(UdfBytes.utf16("wide")),
                file("\u65e5\u672c \ud83d\ude80", ""),
                file("e\u0301", ""),
                file("\u00e9", ""),
                file(unpaired, ""),
                file("n".repeat(254), ""),
                file("\u65e5".repeat(127), ""),
                file("Case", "upper"),
                file("case", "lower"),
                file("back\\slash:*?", ""));
        try (FileSystem udf = Images.open(image)) {
            assertThat(Images.list(udf.getPath("/")))
                    .containsExactly(
                            "Gr\u00fc\u00dfe",
                            "wide",
                            "\u65e5\u672c \ud83d\ude80",
                            "e\u0301",
                            "\u00e9",
                            unpaired,
                            "n".repeat(254),
                            "\u65e5".repeat(127),
                            "Case",
                            "case",
                            "back\\slash:*?");
            assertThat(Files.readString(udf.getPath("/Case"))).isEqualTo("upper");
            assertThat(Files.readString(udf.getPath("/case"))).isEqualTo("lower");
            assertThat(Files.exists(udf.getPath("/CASE"))).isFalse();
        }
    }

    @Test
    void readsAllComponentsOfSymbolicLinks() throws IOException {
        TestUdfImage image = new TestUdfImage(
                link("relative", component(3, ""), component(4, ""), component(5, "a"), component(5, "b")),
                link("absolute", component(2, ""), component(5, "usr"), component(5, "lib")),
                link("agreed", component(1, ""), component(5, "etc")),
                link("root", component(2, "")),
                link("again", component(5, "lost"), component(2, ""), component(5, "kept")),
                link("wide", component(5, "\u65e5\u672c")),
                link("long", component(5, "x".repeat(254)), component(5, "y".repeat(254))));
        try (FileSystem udf = Images.open(image)) {
            assertThat(target(udf, "relative")).isEqualTo(".././a/b");
            assertThat(target(udf, "absolute")).isEqualTo("/usr/lib");
            assertThat(target(udf, "agreed")).isEqualTo("/etc");
            assertThat(target(udf, "root")).isEqualTo("/");
            assertThat(target(udf, "again")).isEqualTo("/kept");
            assertThat(target(udf, "wide")).isEqualTo("\u65e5\u672c");
            assertThat(target(udf, "long")).hasSize(509);
            assertThat(Files.readAttributes(udf.getPath("/relative"), "size", LinkOption.NOFOLLOW_LINKS))
                    .containsEntry("size", 8L);
        }
    }

    private static String target(FileSystem udf, String name) throws IOException {
        return Files.readSymbolicLink(udf.getPath("/" + name)).toString();
    }

    @Test
    void readsTypesAndDeviceNumbers() throws IOException {
        byte[] noise = UdfBytes.attribute(2048, new byte[50]);
        TestUdfImage image = new TestUdfImage(
                special("block", 6).extendedAttributes(noise, UdfBytes.deviceAttribute(8, 1)),
                special("char", 7).extended().extendedAttributes(UdfBytes.deviceAttribute(300, 70_000)),
                special("fifo", 9),
                special("socket", 10),
                special("real time", 249),
                special("unsaid", 0));
        try (FileSystem udf = Images.open(image)) {
            Path root = udf.getPath("/");
            assertThat(attribute(root.resolve("block"), "mode")).isEqualTo(060644);
            assertThat(attribute(root.resolve("block"), "rdev")).isEqualTo(0x801L);
            assertThat(attribute(root.resolve("char"), "mode")).isEqualTo(020644);
            assertThat(attribute(root.resolve("char"), "rdev")).isEqualTo(0x11112c70L);
            assertThat(attribute(root.resolve("fifo"), "mode")).isEqualTo(010644);
            assertThat(attribute(root.resolve("socket"), "mode")).isEqualTo(0140644);
            assertThat(attribute(root.resolve("real time"), "mode")).isEqualTo(0100644);
            assertThat(attribute(root.resolve("unsaid"), "mode")).isEqualTo(0100644);
            assertThat(Files.isRegularFile(root.resolve("fifo"))).isFalse();
        }
    }

    @Test
    void readsModesOwnersAndLinks() throws IOException {
        UdfEntry file =
                file("setuid", "x").mode(0751).flags(0x40).owner(1000, 100).links(2);
        TestUdfImage image = new TestUdfImage(
                file,
                hardLink("other", file),
                file("setgid", "").mode(0027).flags(0x80),
                directory("sticky").mode(0777).flags(0x100),
                // may delete and change attributes, which POSIX does not know
                file("more", "").mode(0).bend(entry -> entry.putInt(44, 0b11000_11000_11000)));
        try (FileSystem udf = Images.open(image)) {
            Path root = udf.getPath("/");
            assertThat(Files.readAttributes(root.resolve("setuid"), "unix:*"))
                    .containsAllEntriesOf(Map.of("mode", 0104751, "uid", 1000, "gid", 100, "nlink", 2, "size", 1L));
            assertThat(attribute(root.resolve("setgid"), "mode")).isEqualTo(0102027);
            assertThat(attribute(root.resolve("sticky"), "mode")).isEqualTo(041777);
            assertThat(attribute(root.resolve("sticky"), "nlink")).isEqualTo(2);
            assertThat(attribute(root.resolve("more"), "mode")).isEqualTo(0100000);
            assertThat(attribute(root.resolve("more"), "uid"))
                    .as("none is recorded")
                    .isEqualTo(0);
            assertThat(attribute(root.resolve("other"), "ino")).isEqualTo(attribute(root.resolve("setuid"), "ino"));
            assertThat(Files.isSameFile(root.resolve("other"), root.resolve("setuid")))
                    .isTrue();
            assertThat(attribute(root.resolve("more"), "ino")).isNotEqualTo(attribute(root.resolve("setuid"), "ino"));
        }
    }

    @Test
    void readsTimesToTheMicrosecondInTheirZones() throws IOException {
        byte[] noon = timestamp(1, 0, 2024, 2, 29, 12, 0, 0, 12, 34, 56);
        TestUdfImage image = new TestUdfImage(
                file("all", "")
                        .extended()
                        .times(
                                noon,
                                timestamp(1, 330, 2024, 1, 1, 5, 30, 0),
                                timestamp(1, -210, 2024, 1, 1, 0, 0, 0),
                                timestamp(1, 1440, 2024, 1, 2, 0, 0, 0)),
                file("plain", "")
                        .times(noon, noon, noon, noon)
                        .extendedAttributes(UdfBytes.creationTimeAttribute(timestamp(1, 0, 1999, 12, 31, 0, 0, 0))),
                file("unspecified", "").times(timestamp(1, -2047, 2024, 1, 1, 0, 0, 0), noon, noon, noon),
                file("universal", "").times(timestamp(0, 60, 2024, 1, 1, 0, 0, 0), noon, noon, noon),
                file("old", "").times(timestamp(1, 0, 1601, 1, 1, 0, 0, 0), noon, noon, noon),
                file("wrong", "").times(timestamp(1, 0, 2024, 13, 32, 0, 0, 0), noon, noon, noon));
        try (FileSystem udf = Images.open(image)) {
            Path root = udf.getPath("/");
            assertThat(time(root.resolve("all"), "lastModifiedTime")).isEqualTo("2024-02-29T12:00:00.123456Z");
            assertThat(time(root.resolve("all"), "lastAccessTime")).isEqualTo("2024-01-01T00:00:00Z");
            assertThat(time(root.resolve("all"), "ctime")).isEqualTo("2024-01-01T03:30:00Z");
            assertThat(time(root.resolve("all"), "creationTime")).isEqualTo("2024-01-01T00:00:00Z");
            assertThat(time(root.resolve("plain"), "creationTime")).isEqualTo("1999-12-31T00:00:00Z");
            assertThat(time(root.resolve("unspecified"), "lastModifiedTime")).isEqualTo("2024-01-01T00:00:00Z");
            assertThat(time(root.resolve("universal"), "lastModifiedTime")).isEqualTo("2024-01-01T00:00:00Z");
            assertThat(time(root.resolve("old"), "lastModifiedTime")).isEqualTo("1601-01-01T00:00:00Z");
            assertThat(time(root.resolve("wrong"), "lastModifiedTime")).isEqualTo(Instant.EPOCH);
        }
    }

    @Test
    void readsMirrorWhereTheMetadataFileIsDamaged() throws IOException {
        TestUdfImage image = new TestUdfImage(file("file", "content")).partition(Partition.METADATA);
        byte[] bytes = image.build();
        bytes[image.metadataFile() + 60]++;
        try (FileSystem udf = IsoFileSystems.open(Images.store(bytes))) {
            assertThat(Files.readString(udf.getPath("/file"))).isEqualTo("content");
        }
        bytes[image.metadataFile() + 2048 + 60]++;
        assertThatThrownBy(() -> IsoFileSystems.open(Images.store(bytes))).isInstanceOf(IsoFormatException.class);
    }

    @Test
    void readsSecondSparingTableWhereTheFirstIsDamaged() throws IOException {
        byte[] image = new TestUdfImage(file("file", CONTENT))
                .partition(Partition.SPARABLE)
                .build();
        image[TestUdfImage.SPARING_TABLE * 2048 + 60]++;
        try (FileSystem udf = IsoFileSystems.open(Images.store(image))) {
            assertThat(Files.readAllBytes(udf.getPath("/file"))).isEqualTo(CONTENT);
        }
    }

    @Test
    void findsVirtualAllocationTableBeforeRunOutBlocks() throws IOException {
        byte[] image = new TestUdfImage(file("file", "content"))
                .partition(Partition.VIRTUAL_150)
                .build();
        try (FileSystem udf = IsoFileSystems.open(Images.store(Arrays.copyOf(image, image.length + 150 * 2048)))) {
            assertThat(Files.readString(udf.getPath("/file"))).isEqualTo("content");
        }
        assertThatThrownBy(() -> IsoFileSystems.open(Images.store(Arrays.copyOf(image, image.length - 2048))))
                .isInstanceOf(IsoFormatException.class)
                .hasMessageContaining("is the image whole?");
    }

    @Test
    void tellsLabelAndBlocksOfTheVolume() throws IOException {
        TestUdfImage image =
                new TestUdfImage().label("CCCOMA_X64FRE \u65e5").blockSize(512).partitionBlocks(1000);
        try (FileSystem udf = Images.open(image)) {
            FileStore store = Files.getFileStore(udf.getPath("/"));
            assertThat(store.name()).isEqualTo("CCCOMA_X64FRE \u65e5");
            assertThat(store.type()).isEqualTo("udf");
            assertThat(store.getBlockSize()).isEqualTo(512);
            assertThat(store.getTotalSpace()).isEqualTo(512_000);
            assertThat(store.isReadOnly()).isTrue();
            assertThat(Images.walk(udf)).isEmpty();
        }
    }

    @Test
    void opensImagesThatHaveUdfAloneByTheProvider() throws IOException {
        Path image = Images.store(
                new TestUdfImage(file("file", "content")).blockSize(4096).build());
        try (FileSystem udf = FileSystems.newFileSystem(
                image, Map.of("view", "UDF"), getClass().getClassLoader())) {
            assertThat(IsoFileSystems.views(udf)).containsExactly(IsoView.UDF);
            assertThat(IsoFileSystems.view(udf)).isEqualTo(IsoView.UDF);
            assertThat(BootCatalog.read(udf)).isEmpty();
            assertThat(Files.readString(udf.getPath("/file"))).isEqualTo("content");
        }
        assertThatThrownBy(() -> IsoFileSystems.open(
                        image, IsoOptions.builder().view(IsoView.PLAIN).build()))
                .isInstanceOf(IsoFormatException.class)
                .hasMessageContaining("view: PLAIN (the image has: [UDF])");
    }

    private static byte[] iso(TestImage.Entry... entries) {
        return new TestImage(entries).rockRidge().build();
    }

    private static TestImage.Entry isoFile(String name, String content) {
        return TestImage.file(name.toUpperCase(Locale.ROOT) + ";1", content).use(SystemUseBytes.nm(name));
    }

    @Test
    void showsRockRidgeFirstWhereBothSidesOfABridgeDiscAreTheSame() throws IOException {
        TestUdfImage image = new TestUdfImage(file("readme", "same"), directory("d", file("f", "f")))
                .bridge(iso(
                        isoFile("readme", "same"),
                        TestImage.directory("D", isoFile("f", "f")).use(SystemUseBytes.nm("d"))));
        try (FileSystem bridge = IsoFileSystems.open(Images.store(image.build()))) {
            assertThat(IsoFileSystems.views(bridge)).containsExactly(IsoView.ROCK_RIDGE, IsoView.UDF, IsoView.PLAIN);
        }
        try (FileSystem udf = Images.open(image)) {
            assertThat(IsoFileSystems.view(udf)).isEqualTo(IsoView.UDF);
            assertThat(Images.walk(udf)).containsExactly("/readme", "/d", "/d/f");
        }
        try (FileSystem plain = Images.open(image, IsoView.PLAIN)) {
            assertThat(Images.walk(plain)).containsExactly("/README", "/D", "/D/F");
        }
    }

    @Test
    void showsJolietFirstWhereBothSidesOfABridgeDiscAreTheSame() throws IOException {
        byte[] iso =
                new TestImage(TestImage.file("readme", "same").ucs2()).joliet().build();
        TestUdfImage image = new TestUdfImage(file("readme", "same")).bridge(iso);
        try (FileSystem bridge = IsoFileSystems.open(Images.store(image.build()))) {
            assertThat(IsoFileSystems.views(bridge)).startsWith(IsoView.JOLIET, IsoView.UDF);
        }
    }

    @Test
    void showsUdfFirstWhereIsoHasNoMoreThanPlainNames() throws IOException {
        TestUdfImage image = new TestUdfImage(file("readme", "same"))
                .bridge(new TestImage(TestImage.file("README", "same")).build());
        try (FileSystem bridge = IsoFileSystems.open(Images.store(image.build()))) {
            assertThat(IsoFileSystems.views(bridge)).containsExactly(IsoView.UDF, IsoView.PLAIN);
        }
    }

    @Test
    void showsUdfFirstWhereTheIsoSideLacksFiles() throws IOException {
        TestUdfImage windows = new TestUdfImage(directory("sources", file("install.wim", "x")), file("setup.exe", "x"))
                .bridge(iso(isoFile("readme.txt", "This disc contains a \"UDF\" file system")));
        TestUdfImage deeper = new TestUdfImage(directory("d", file("a", "x"), file("large", "x")))
                .bridge(iso(TestImage.directory("D", isoFile("a", "x")).use(SystemUseBytes.nm("d"))));
        for (TestUdfImage image : List.of(windows, deeper)) {
            try (FileSystem bridge = IsoFileSystems.open(Images.store(image.build()))) {
                assertThat(IsoFileSystems.view(bridge)).isEqualTo(IsoView.UDF);
            }
        }
    }

    @Test
    void showsUdfFirstWhereTheIsoSideCutsSizesTo32Bits() throws IOException {
        long size = (1L << 32) + 5;
        Piece[] pieces = {hole(1 << 29), hole(1 << 29), hole(1 << 29), hole(1 << 29), hole(1 << 29), hole(1 << 29)};
        UdfEntry large = file("large", "")
                .pieces(Stream.concat(Stream.of(pieces), Stream.of(hole(1 << 29), hole(1 << 29), hole(5)))
                        .toArray(Piece[]::new));
        TestUdfImage image = new TestUdfImage(large).bridge(iso(isoFile("large", "cut.."))); // 5 bytes
        try (FileSystem bridge = IsoFileSystems.open(Images.store(image.build()))) {
            assertThat(IsoFileSystems.view(bridge)).isEqualTo(IsoView.UDF);
            assertThat(Files.size(bridge.getPath("/large"))).isEqualTo(size);
        }
        try (FileSystem rockRidge = Images.open(image, IsoView.ROCK_RIDGE)) {
            assertThat(Files.size(rockRidge.getPath("/large"))).isEqualTo(5);
        }
    }

    @Test
    void showsIsoWhereTheUdfSideOfABridgeDiscIsDamagedAndSaysWhyItHasNoUdf() throws IOException {
        byte[] image = new TestUdfImage(file("readme", "same"))
                .bridge(iso(isoFile("readme", "same")))
                .build();
        image[(TestUdfImage.MAIN + 1) * 2048 + 100]++;
        image[(TestUdfImage.RESERVE + 1) * 2048 + 100]++;
        try (FileSystem bridge = IsoFileSystems.open(Images.store(image))) {
            assertThat(IsoFileSystems.views(bridge)).containsExactly(IsoView.ROCK_RIDGE, IsoView.PLAIN);
        }
        assertThatThrownBy(() -> IsoFileSystems.open(
                        Images.store(image),
                        IsoOptions.builder().view(IsoView.UDF).build()))
                .isInstanceOf(IsoFormatException.class)
                .hasMessageContaining("view: UDF (the image has: [ROCK_RIDGE, PLAIN])")
                .cause()
                .hasMessageContaining("CRC of UDF descriptor");
    }

    @Test
    void findsBootImagesOfABridgeDiscInTheUdfView() throws IOException {
        UdfEntry loader = file("efi.img", content(4096)).pieces(at(100, 4096));
        byte[] catalog = new byte[64];
        System.arraycopy(new byte[] {1, (byte) 0xef}, 0, catalog, 0, 2);
        ByteBuffer entry = ByteBuffer.wrap(catalog).order(ByteOrder.LITTLE_ENDIAN);
        entry.putShort(30, (short) 0xaa55).putShort(28, (short) -(0xef01 + 0xaa55));
        entry.put(32, (byte) 0x88).putShort(38, (short) 8).putInt(40, TestUdfImage.START + 100);
        TestUdfImage image = new TestUdfImage(directory("boot", loader))
                .bridge(new TestImage(TestImage.file("README", "x"))
                        .bootCatalog(catalog)
                        .build());
        try (FileSystem bridge = IsoFileSystems.open(Images.store(image.build()))) {
            assertThat(IsoFileSystems.view(bridge)).isEqualTo(IsoView.UDF);
            List<BootEntry> entries = BootCatalog.read(bridge).orElseThrow().entries();
            assertThat(entries).hasSize(1);
            assertThat(entries.get(0).platform()).isEqualTo(BootPlatform.UEFI);
            assertThat(entries.get(0).path().map(Path::toString)).contains("/boot/efi.img");
        }
    }

    @Test
    void sendsAndMapsExtentsStraightFromTheImage(@TempDir Path directory) throws IOException {
        TestUdfImage image = new TestUdfImage(file("file", CONTENT));
        Path file = Files.write(directory.resolve("image.udf"), image.build());
        try (FileSystem udf = IsoFileSystems.open(file);
                FileChannel channel = FileChannel.open(udf.getPath("/file"))) {
            byte[] mapped = new byte[CONTENT.length];
            channel.map(FileChannel.MapMode.READ_ONLY, 0, CONTENT.length).get(mapped);
            assertThat(mapped).isEqualTo(CONTENT);
            Path copy = directory.resolve("copy");
            try (FileChannel target = FileChannel.open(copy, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                assertThat(channel.transferTo(0, CONTENT.length, target)).isEqualTo(CONTENT.length);
            }
            assertThat(copy).hasBinaryContent(CONTENT);
        }
    }
}
