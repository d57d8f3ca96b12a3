package dev.pxekit.iso;

import static dev.pxekit.iso.SystemUseBytes.nm;
import static dev.pxekit.iso.SystemUseBytes.zf;
import static dev.pxekit.iso.SystemUseBytes.zf2;
import static dev.pxekit.iso.TestImage.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed files of Rock Ridge images, sound and not. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ZisofsTest {

    private static final int BLOCK = 1 << 15;

    /** Two blocks of text, one and a half of zeros, and noise. */
    private static final byte[] CONTENT = content();

    private static byte[] content() {
        byte[] content = new byte[5 * BLOCK + 1234];
        for (int i = 0; i < 2 * BLOCK; i++) {
            content[i] = (byte) ('a' + i % 26);
        }
        byte[] noise = new byte[content.length - 7 * BLOCK / 2];
        new Random(1).nextBytes(noise);
        System.arraycopy(noise, 0, content, 7 * BLOCK / 2, noise.length);
        return content;
    }

    private static Path image(byte[] recorded, byte[] entry) throws IOException {
        return Images.store(new TestImage(file("Z.;1", recorded).use(nm("z"), entry))
                .rockRidge()
                .build());
    }

    private static byte[] read(byte[] recorded, byte[] entry) throws IOException {
        try (FileSystem iso = IsoFileSystems.open(image(recorded, entry))) {
            return Files.readAllBytes(iso.getPath("/z"));
        }
    }

    private static void assertRefused(byte[] recorded, byte[] entry, String problem) {
        assertThatExceptionOfType(IsoFormatException.class)
                .isThrownBy(() -> read(recorded, entry))
                .withMessageContaining(problem)
                .satisfies(e -> assertThat(e.offset()).isGreaterThan(20 * TestImage.SECTOR));
    }

    /** A sound file of version 1 and its first pointers replaced. */
    private static byte[] withPointers(int... pointers) {
        byte[] recorded = ZisofsBytes.version1(CONTENT, 15);
        ByteBuffer table =
                ByteBuffer.wrap(recorded).order(ByteOrder.LITTLE_ENDIAN).position(16);
        IntStream.of(pointers).forEach(table::putInt);
        return recorded;
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17})
    void readsVersion1(int blockSizeLog2) throws IOException {
        assertThat(read(ZisofsBytes.version1(CONTENT, blockSizeLog2), zf(blockSizeLog2, CONTENT.length)))
                .isEqualTo(CONTENT);
    }

    @ParameterizedTest
    @CsvSource({"ZF, 15", "ZF, 17", "ZF, 20", "Z2, 16"})
    void readsVersion2(String signature, int blockSizeLog2) throws IOException {
        assertThat(read(ZisofsBytes.version2(CONTENT, blockSizeLog2), zf2(signature, blockSizeLog2, CONTENT.length)))
                .isEqualTo(CONTENT);
    }

    @Test
    void readsEmptyFileAndWholeBlocks() throws IOException {
        assertThat(read(ZisofsBytes.version1(new byte[0], 15), zf(15, 0))).isEmpty();
        byte[] blocks = Arrays.copyOf(CONTENT, 2 * BLOCK);
        assertThat(read(ZisofsBytes.version1(blocks, 15), zf(15, blocks.length)))
                .isEqualTo(blocks);
    }

    @Test
    void hasTheSizeOfTheContentButIsRecordedCompressed() throws IOException {
        byte[] recorded = ZisofsBytes.version1(CONTENT, 15);
        Path image = image(recorded, zf(15, CONTENT.length));
        try (FileSystem iso = IsoFileSystems.open(image);
                FileSystem plain = IsoFileSystems.open(
                        image, IsoOptions.builder().view(IsoView.PLAIN).build())) {
            assertThat(Files.size(iso.getPath("/z"))).isEqualTo(CONTENT.length);
            assertThat(Files.readAllBytes(plain.getPath("/Z"))).isEqualTo(recorded);
        }
    }

    @Test
    void readsAndSendsAnyPart() throws IOException {
        try (FileSystem iso = IsoFileSystems.open(image(ZisofsBytes.version1(CONTENT, 15), zf(15, CONTENT.length)));
                FileChannel channel = FileChannel.open(iso.getPath("/z"))) {
            for (int position : new int[] {0, 1, BLOCK - 1, BLOCK, 3 * BLOCK - 10, CONTENT.length - 1}) {
                for (int length : new int[] {1, 20, BLOCK, 2 * BLOCK + 1}) {
                    byte[] expected =
                            Arrays.copyOfRange(CONTENT, position, Math.min(CONTENT.length, position + length));
                    ByteBuffer buffer = ByteBuffer.allocate(length);
                    assertThat(channel.read(buffer, position)).isEqualTo(expected.length);
                    assertThat(buffer.array()).startsWith(expected);
                    ByteArrayOutputStream sent = new ByteArrayOutputStream();
                    assertThat(channel.transferTo(position, length, Channels.newChannel(sent)))
                            .isEqualTo(expected.length);
                    assertThat(sent.toByteArray()).isEqualTo(expected);
                }
            }
            assertThat(channel.read(ByteBuffer.allocate(1), CONTENT.length)).isEqualTo(-1);
            assertThat(channel.transferTo(CONTENT.length, 1, Channels.newChannel(new ByteArrayOutputStream())))
                    .isZero();
            assertThatThrownBy(() -> channel.map(FileChannel.MapMode.READ_ONLY, 0, 1))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("compressed");
        }
    }

    @Test
    void isReadByManyThreadsAtOnce() throws IOException {
        try (FileSystem iso =
                        IsoFileSystems.open(image(ZisofsBytes.version2(CONTENT, 15), zf2("ZF", 15, CONTENT.length)));
                FileChannel channel = FileChannel.open(iso.getPath("/z"))) {
            List<Integer> wrong = IntStream.range(0, 400)
                    .parallel()
                    .map(i -> i * 7919 % CONTENT.length)
                    .filter(position -> !reads(channel, position))
                    .boxed()
                    .toList();
            assertThat(wrong).isEmpty();
        }
    }

    private static boolean reads(FileChannel channel, int position) {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(100);
            int count = channel.read(buffer, position);
            return Arrays.equals(buffer.array(), 0, count, CONTENT, position, position + count)
                    && count == Math.min(100, CONTENT.length - position);
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void refusesFileWithoutHeader() {
        assertRefused(CONTENT, zf(15, CONTENT.length), "header of a file compressed with zisofs: 61626364");
        assertRefused(CONTENT, zf2("ZF", 15, CONTENT.length), "the plain view gives its bytes as recorded");
        assertRefused(new byte[8], zf(15, 100), "length of a file compressed with zisofs: 8");
        assertRefused(new byte[0], zf2("ZF", 15, 100), "length of a file compressed with zisofs: 0");
    }

    @Test
    void refusesHeaderThatSaysSomethingElseThanTheEntry() {
        byte[] recorded = ZisofsBytes.version1(CONTENT, 15);
        assertRefused(recorded, zf(16, CONTENT.length), "16, 15, " + CONTENT.length + " (expected");
        assertRefused(recorded, zf(15, CONTENT.length + 1), "(expected, as in the ZF entry: 16, 15, 165075)");
        byte[] recorded2 = ZisofsBytes.version2(CONTENT, 15);
        assertRefused(recorded2, zf2("Z2", 15, 1L << 40), "(expected, as in the ZF entry: 24, 15, 1099511627776)");
        recorded2[10] = 2;
        assertRefused(recorded2, zf2("ZF", 15, CONTENT.length), "algorithm in header of zisofs: 2");
    }

    @Test
    void refusesImpossibleBlockSizesAndHeaderLengths() {
        assertRefused(ZisofsBytes.version1(CONTENT, 15), zf(40, CONTENT.length), "block size of zisofs: 40");
        assertRefused(ZisofsBytes.version1(CONTENT, 15), zf(18, CONTENT.length), "(expected: 15..17)");
        assertRefused(ZisofsBytes.version2(CONTENT, 15), zf2("ZF", 21, CONTENT.length), "(expected: 15..20)");
        byte[] entry = zf(15, CONTENT.length);
        entry[6] = 3;
        assertRefused(ZisofsBytes.version1(CONTENT, 15), entry, "header length of zisofs: 12");
    }

    @Test
    void refusesOtherAlgorithms() {
        byte[] entry = zf2("ZF", 15, CONTENT.length);
        entry[4] = 'X';
        assertRefused(ZisofsBytes.version2(CONTENT, 15), entry, "zisofs version 2, \"XZ\"");
        byte[] version3 = zf(15, CONTENT.length);
        version3[3] = 3;
        assertRefused(ZisofsBytes.version1(CONTENT, 15), version3, "zisofs version 3, \"pz\"");
    }

    @Test
    void refusesSizeThatTheBlockPointersHaveNoRoomFor() {
        byte[] recorded = ZisofsBytes.version2(new byte[0], 15);
        ByteBuffer.wrap(recorded).order(ByteOrder.LITTLE_ENDIAN).putLong(12, Long.MAX_VALUE);
        assertRefused(recorded, zf2("ZF", 15, Long.MAX_VALUE), "end of block pointers of zisofs");
    }

    @Test
    void refusesSizeOfAllBitsWhenItIsReadAndStillListsTheFile() throws IOException {
        byte[] recorded = ZisofsBytes.version2(CONTENT, 15);
        byte[] entry = zf2("ZF", 15, -1);
        assertRefused(recorded, entry, "uncompressed size of zisofs: 18446744073709551615");
        try (FileSystem iso = IsoFileSystems.open(image(recorded, entry))) {
            assertThat(Files.size(iso.getPath("/z"))).isEqualTo(Long.MAX_VALUE);
        }
    }

    @Test
    void checksBlockPointersBeforeItAllocates() {
        byte[] entry = zf(15, CONTENT.length);
        int sound = 16 + 7 * 4;
        assertRefused(withPointers(sound - 1), entry, "pointers to a block of zisofs: 43,");
        assertRefused(withPointers(sound + 9, sound + 8), entry, "pointers to a block of zisofs: 53, 52");
        assertRefused(withPointers(sound, -1), entry, "pointers to a block of zisofs: 44, 4294967295");
        assertRefused(withPointers(sound, sound + 41_000), entry, "length of a compressed block of zisofs: 41000");
    }

    @Test
    void checksBlockPointersOf64BitsAsUnsigned() {
        byte[] recorded = ZisofsBytes.version2(CONTENT, 15);
        ByteBuffer.wrap(recorded).order(ByteOrder.LITTLE_ENDIAN).putLong(32, -1);
        assertRefused(recorded, zf2("ZF", 15, CONTENT.length), "zisofs: 80, 18446744073709551615");
    }

    @Test
    void refusesBlocksThatAreShorterOrLongerThanTheyShouldBe() {
        byte[] entry = zf(15, 2 * BLOCK);
        for (int wrong : new int[] {BLOCK - 1, BLOCK + 1, 30 * BLOCK}) {
            byte[] recorded = ZisofsBytes.version1(new byte[2 * BLOCK], 15);
            byte[] block = ZisofsBytes.deflate(new byte[wrong]);
            ByteBuffer table = ByteBuffer.wrap(recorded).order(ByteOrder.LITTLE_ENDIAN);
            table.putInt(20, 28 + block.length).putInt(24, 28 + block.length);
            assertRefused(TestImage.concat(recorded, block), entry, "uncompressed length of a block of zisofs");
        }
    }

    @Test
    void refusesDamagedBlocksAndKeepsTheOthers() throws IOException {
        byte[] recorded = ZisofsBytes.version1(CONTENT, 15);
        int second = ByteBuffer.wrap(recorded).order(ByteOrder.LITTLE_ENDIAN).getInt(20);
        recorded[second] ^= 0x55;
        try (FileSystem iso = IsoFileSystems.open(image(recorded, zf(15, CONTENT.length)));
                InputStream in = Files.newInputStream(iso.getPath("/z"));
                FileChannel channel = FileChannel.open(iso.getPath("/z"))) {
            assertThat(in.readNBytes(BLOCK)).isEqualTo(Arrays.copyOf(CONTENT, BLOCK));
            assertThatThrownBy(in::read)
                    .isInstanceOf(IsoFormatException.class)
                    .hasMessageContaining("compressed block of zisofs");
            assertThat(channel.read(ByteBuffer.allocate(2 * BLOCK), 0)).isEqualTo(BLOCK);
            assertThat(channel.transferTo(0, 2 * BLOCK, Channels.newChannel(new ByteArrayOutputStream())))
                    .isEqualTo(BLOCK);
            assertThat(channel.read(ByteBuffer.allocate(10), 2 * BLOCK)).isEqualTo(10);
        }
    }

    @Test
    void checksTheChecksumOfEachBlock() {
        byte[] recorded = ZisofsBytes.version1(CONTENT, 15);
        int second = ByteBuffer.wrap(recorded).order(ByteOrder.LITTLE_ENDIAN).getInt(20);
        recorded[second - 1] ^= 1;
        assertRefused(recorded, zf(15, CONTENT.length), "compressed block of zisofs");
        recorded[second - 1] ^= 1;
        ByteBuffer.wrap(recorded).order(ByteOrder.LITTLE_ENDIAN).putInt(20, second - 2);
        assertRefused(recorded, zf(15, CONTENT.length), "more or cut short");
    }
}
