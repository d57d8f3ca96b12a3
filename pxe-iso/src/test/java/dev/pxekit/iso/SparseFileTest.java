package dev.pxekit.iso;

import static dev.pxekit.iso.SparseFileBytes.NOTHING;
import static dev.pxekit.iso.SparseFileBytes.TABLE;
import static dev.pxekit.iso.SparseFileBytes.entry;
import static dev.pxekit.iso.SparseFileBytes.index;
import static dev.pxekit.iso.SystemUseBytes.nm;
import static dev.pxekit.iso.TestImage.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.testkit.Allocation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sparse files of Rock Ridge images, sound and not. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SparseFileTest {

    /** Noise, noise with holes of 256 bytes, a hole, noise with a last part that is no whole unit. */
    private static final byte[] CONTENT = content();

    private static byte[] content() {
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        for (int hole = 1 << 16; hole < 1 << 17; hole += 512) {
            Arrays.fill(content, hole, hole + 256, (byte) 0);
        }
        Arrays.fill(content, 1 << 17, 1 << 18, (byte) 0);
        return content;
    }

    private static FileSystem open(byte[] recorded, byte[] entry) throws IOException {
        return Images.open(new TestImage(file("S.;1", recorded).use(nm("s"), entry)).rockRidge());
    }

    private static byte[] read(byte[] recorded, byte[] entry) throws IOException {
        try (FileSystem iso = open(recorded, entry)) {
            return Files.readAllBytes(iso.getPath("/s"));
        }
    }

    private static void assertRefused(byte[] recorded, byte[] entry, String problem) {
        assertThatExceptionOfType(IsoFormatException.class)
                .isThrownBy(() -> read(recorded, entry))
                .withMessageContaining(problem)
                .satisfies(e -> assertThat(e.offset()).isGreaterThan(20 * TestImage.SECTOR));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 7})
    void readsFilesOfAnyDepth(int depth) throws IOException {
        assertThat(read(SparseFileBytes.record(CONTENT, depth), entry(CONTENT.length, depth)))
                .isEqualTo(CONTENT);
    }

    @Test
    void readsSmallFilesThroughOneTable() throws IOException {
        byte[] content = Arrays.copyOfRange(CONTENT, (1 << 16) - 5000, (1 << 16) + 10_001);
        assertThat(read(SparseFileBytes.record(content, 1), entry(content.length, 1)))
                .isEqualTo(content);
    }

    @Test
    void readsTheShorterEntryOfVersion110() throws IOException {
        assertThat(read(SparseFileBytes.record(CONTENT, 3), SparseFileBytes.shortEntry(CONTENT.length)))
                .isEqualTo(CONTENT);
    }

    @Test
    void takesALastTableThatIsLongerThanTheFile() throws IOException {
        byte[] recorded = index(new int[] {16, NOTHING}, new byte[] {1, 2, 3});
        assertThat(read(recorded, entry(3, 1))).containsExactly(1, 2, 3);
        assertThat(read(recorded, entry(0, 1))).isEmpty();
    }

    @Test
    void hasTheSizeOfTheContentAndTheExtentsOfWhatIsRecorded() throws IOException {
        try (FileSystem iso = open(SparseFileBytes.record(CONTENT, 2), entry(CONTENT.length, 2))) {
            Path file = iso.getPath("/s");
            assertThat(Files.size(file)).isEqualTo(CONTENT.length);
            assertThat(Files.getAttribute(file, "iso:contiguous")).isEqualTo(false);
            assertThat((int) Files.getAttribute(file, "iso:extents")).isBetween(4, 260);
        }
    }

    @Test
    void readsAndSendsAnyPart() throws IOException {
        try (FileSystem iso = open(SparseFileBytes.record(CONTENT, 3), entry(CONTENT.length, 3));
                FileChannel channel = FileChannel.open(iso.getPath("/s"))) {
            for (int position : new int[] {0, 65_535, 65_536, 65_792, 131_071, 200_000, CONTENT.length - 1}) {
                for (int length : new int[] {1, 300, 70_000}) {
                    byte[] expected =
                            Arrays.copyOfRange(CONTENT, position, Math.min(CONTENT.length, position + length));
                    ByteBuffer buffer = ByteBuffer.allocate(expected.length);
                    while (buffer.hasRemaining()) {
                        channel.read(buffer, position + buffer.position());
                    }
                    assertThat(buffer.array()).isEqualTo(expected);
                    ByteArrayOutputStream sent = new ByteArrayOutputStream();
                    assertThat(channel.transferTo(position, length, Channels.newChannel(sent)))
                            .isEqualTo(expected.length);
                    assertThat(sent.toByteArray()).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void mapsARun(@TempDir Path directory) throws IOException {
        Path image = Files.write(
                directory.resolve("sparse.iso"),
                new TestImage(file("S.;1", SparseFileBytes.record(CONTENT, 2)).use(nm("s"), entry(CONTENT.length, 2)))
                        .rockRidge()
                        .build());
        try (FileSystem iso = IsoFileSystems.open(image);
                FileChannel channel = FileChannel.open(iso.getPath("/s"))) {
            assertThat(channel.map(FileChannel.MapMode.READ_ONLY, 100, 1000))
                    .isEqualTo(ByteBuffer.wrap(CONTENT, 100, 1000));
            assertThatThrownBy(() -> channel.map(FileChannel.MapMode.READ_ONLY, 65_000, 1000))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("not contiguous");
        }
    }

    @Test
    void readsWhatIsRecordedInSeveralSections() throws IOException {
        byte[] recorded = SparseFileBytes.record(CONTENT, 2);
        byte[] first = Arrays.copyOf(recorded, 40 * TestImage.SECTOR);
        byte[] rest = Arrays.copyOfRange(recorded, first.length, recorded.length);
        byte[] gaps = new byte[2 * rest.length + 2 * TestImage.SECTOR];
        for (int start = 0; start < rest.length; start += TestImage.SECTOR) {
            System.arraycopy(rest, start, gaps, 2 * start, Math.min(TestImage.SECTOR, rest.length - start));
        }
        TestImage image = new TestImage(
                        file("S.;1", first)
                                .use(nm("s"), entry(CONTENT.length, 2))
                                .flags(0x80),
                        file("S.;1", gaps).use(nm("s")).length(rest.length).interleaved(1, 1))
                .rockRidge();
        try (FileSystem iso = Images.open(image)) {
            assertThat(Files.readAllBytes(iso.getPath("/s"))).isEqualTo(CONTENT);
        }
    }

    @Test
    void readsAHoleOfExbibytesWithoutMemoryForIt() throws IOException {
        byte[] last = {1, 2, 3, 4};
        int[] entries = new int[128];
        Arrays.fill(entries, NOTHING);
        entries[127] = TABLE | 2;
        int[] below = new int[256];
        Arrays.fill(below, NOTHING);
        below[255] = 24;
        byte[] recorded = index(entries, SystemUseBytes.both(below), last);
        long size = Long.MAX_VALUE - (1L << 48) + 1 + last.length;
        try (FileSystem iso = open(recorded, entry(size, 7));
                FileChannel channel = FileChannel.open(iso.getPath("/s"))) {
            assertThat(channel.size()).isEqualTo(size);
            ByteBuffer buffer = ByteBuffer.allocate(10);
            assertThat(channel.read(buffer, size - last.length)).isEqualTo(last.length);
            assertThat(buffer.array()).startsWith(last);
            buffer.clear();
            assertThat(channel.read(buffer, size / 2)).isEqualTo(10);
            assertThat(buffer.array()).containsOnly(0);
        }
    }

    @Test
    void thePlainViewHasWhatIsRecorded() throws IOException {
        byte[] recorded = SparseFileBytes.record(CONTENT, 2);
        Path image = Images.store(new TestImage(file("S.;1", recorded).use(nm("s"), entry(CONTENT.length, 2)))
                .rockRidge()
                .build());
        try (FileSystem plain = IsoFileSystems.open(
                image, IsoOptions.builder().view(IsoView.PLAIN).build())) {
            assertThat(Files.readAllBytes(plain.getPath("/S"))).isEqualTo(recorded);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 255})
    void refusesImpossibleDepths(int depth) {
        assertRefused(
                SparseFileBytes.record(CONTENT, 2), entry(CONTENT.length, depth), "depth of a sparse file: " + depth);
    }

    @Test
    void refusesSizesThatTheTablesHaveNoRoomFor() {
        byte[] recorded = index(new int[] {NOTHING});
        assertRefused(recorded, entry(65_537, 1), "65537 (expected: at most 65536, with tables of depth 1)");
        assertRefused(recorded, entry(Long.MIN_VALUE, 7), "size of a sparse file: 9223372036854775808");
    }

    @Test
    void refusesTablesAndRunsThatAreNotRecorded() {
        assertRefused(new byte[3000], entry(1, 1), "table of a sparse file: 2048 + 2048 (expected: within the 3000");
        assertRefused(index(new int[] {TABLE | 2}), entry(300, 2), "table of a sparse file: 4096 + 2048");
        assertRefused(index(new int[] {0xff_ffff}), entry(1, 1), "run of a sparse file: 4294967040 + 1");
        assertRefused(index(new int[] {16}, new byte[100]), entry(101, 1), "run of a sparse file: 4096 + 101");
    }

    @Test
    void refusesATableBelowTheDeepestOne() {
        assertRefused(
                index(new int[] {NOTHING, TABLE | 1}), entry(300, 1), "table of depth 1 of a sparse file: a table");
    }

    @Test
    void refusesTablesThatLeadToThemselves() {
        int[] loop = new int[256];
        Arrays.fill(loop, TABLE | 1);
        assertRefused(index(loop), entry(Long.MAX_VALUE, 7), "two entries lead to it");
    }

    /** Seven tables, each of which leads to the next one 256 times, in an image that is long enough for all of these. */
    @Test
    void refusesTablesThatManyEntriesLeadToAtOnce(@TempDir Path directory) throws IOException {
        byte[][] tables = new byte[6][];
        for (int i = 0; i < tables.length; i++) {
            int[] next = new int[256];
            Arrays.fill(next, i < tables.length - 1 ? TABLE | (i + 3) : NOTHING);
            tables[i] = SystemUseBytes.both(next);
        }
        int[] first = new int[256];
        Arrays.fill(first, TABLE | 2);
        byte[] image = new TestImage(
                        file("S.;1", index(first, tables)).length(0xffff_f800L).use(nm("s"), entry(Long.MAX_VALUE, 7)))
                .rockRidge()
                .build();
        Path path = Files.write(directory.resolve("long.iso"), image);
        try (FileChannel sparse = FileChannel.open(path, StandardOpenOption.WRITE)) {
            sparse.write(ByteBuffer.allocate(1), 1L << 32);
        }
        long before = Allocation.ofThisThread();
        try (FileSystem iso = IsoFileSystems.open(path)) {
            assertThatThrownBy(() -> Files.readAllBytes(iso.getPath("/s")))
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("two entries lead to it");
        }
        assertThat(Allocation.ofThisThread() - before).as("a few tables").isLessThan(4 << 20);
    }

    @Test
    void listsFilesWhoseEntryIsDamaged() throws IOException {
        try (FileSystem iso = open(new byte[0], entry(-1, 99))) {
            assertThat(Images.list(iso.getPath("/"))).containsExactly("s");
            assertThat(Files.size(iso.getPath("/s"))).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void takesNoMoreMemoryThanTheImageJustifies() throws IOException {
        int[] alternating = new int[256];
        for (int i = 0; i < alternating.length; i++) {
            alternating[i] = i % 2 == 0 ? 0 : NOTHING;
        }
        int[] entries = new int[16];
        byte[][] tables = new byte[entries.length][];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = TABLE | (i + 2);
            tables[i] = SystemUseBytes.both(alternating);
        }
        byte[] recorded = index(entries, tables);
        Path image = Images.store(new TestImage(
                        file("S.;1", recorded).length(0xffff_f800L).use(nm("s"), entry(1 << 20, 2)))
                .rockRidge()
                .build());
        long before = Allocation.ofThisThread();
        try (FileSystem iso = IsoFileSystems.open(image);
                InputStream ignored = Files.newInputStream(iso.getPath("/s"))) {
            throw new AssertionError("opened");
        } catch (IsoFormatException e) {
            assertThat(e).hasMessageContaining("runs of a sparse file: more than");
        }
        assertThat(Allocation.ofThisThread() - before).isLessThan(4 << 20);
    }
}
