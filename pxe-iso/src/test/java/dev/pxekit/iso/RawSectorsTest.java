package dev.pxekit.iso;

import static dev.pxekit.iso.TestImage.directory;
import static dev.pxekit.iso.TestImage.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Images of whole CD sectors. */
class RawSectorsTest {

    private static final byte[] CONTENT = new byte[300_001];

    static {
        new Random(2352).nextBytes(CONTENT);
    }

    @TempDir
    private Path directory;

    private static byte[] image() {
        return new TestImage(file("BIG.BIN;1", CONTENT), directory("D", file("A.TXT;1", "content"))).build();
    }

    /** Puts each sector's user data behind what comes first in a sector, and other bytes behind it. */
    private static byte[] raw(byte[] image, int sectorSize, int start) {
        int sectors = image.length / 2048;
        byte[] raw = new byte[sectors * sectorSize];
        new Random(1).nextBytes(raw);
        for (int sector = 0; sector < sectors; sector++) {
            int at = sector * sectorSize;
            if (sectorSize > 2336) {
                Arrays.fill(raw, at, at + 12, (byte) 0xff);
                raw[at] = 0;
                raw[at + 11] = 0;
                raw[at + 15] = (byte) (start == 16 ? 1 : 2);
            }
            System.arraycopy(image, sector * 2048, raw, at + start, 2048);
        }
        return raw;
    }

    @ParameterizedTest
    @CsvSource({"2352, 16", "2352, 24", "2336, 8", "2448, 16", "2448, 24"})
    void readsUserData(int sectorSize, int start) throws IOException {
        Path path = Files.write(directory.resolve("image.bin"), raw(image(), sectorSize, start));
        try (FileSystem iso = IsoFileSystems.open(path);
                FileChannel channel = FileChannel.open(iso.getPath("/BIG.BIN"))) {
            assertThat(Images.walk(iso)).containsExactly("/BIG.BIN", "/D", "/D/A.TXT");
            assertThat(Files.readAllBytes(iso.getPath("/BIG.BIN"))).isEqualTo(CONTENT);
            assertThat(Files.readString(iso.getPath("/D/A.TXT"))).isEqualTo("content");
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            long total = 0;
            while (total < CONTENT.length) {
                total += channel.transferTo(total, Long.MAX_VALUE, Channels.newChannel(sent));
            }
            assertThat(sent.toByteArray()).isEqualTo(CONTENT);
            assertThatThrownBy(() -> channel.map(FileChannel.MapMode.READ_ONLY, 0, 1))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("raw sectors");
        }
    }

    @Test
    void isReadByManyThreadsAtOnce() throws IOException {
        Path path = Images.store(raw(image(), 2352, 16));
        try (FileSystem iso = IsoFileSystems.open(path);
                FileChannel channel = FileChannel.open(iso.getPath("/BIG.BIN"))) {
            List<Integer> wrong = IntStream.range(0, 500)
                    .parallel()
                    .map(i -> i * 7919 % (CONTENT.length - 5000))
                    .filter(position -> !reads(channel, position))
                    .boxed()
                    .toList();
            assertThat(wrong).isEmpty();
        }
    }

    private static boolean reads(FileChannel channel, int position) {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(5000);
            return channel.read(buffer, position) == 5000
                    && Arrays.equals(buffer.array(), 0, 5000, CONTENT, position, position + 5000);
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void readsTruncatedImageUpToItsEnd() throws IOException {
        byte[] image = new TestImage(file("A.BIN;1", new byte[4096])).build();
        byte[] raw = raw(image, 2352, 16);
        try (FileSystem iso = IsoFileSystems.open(Images.store(Arrays.copyOf(raw, raw.length - 2352 + 16 + 100)));
                FileChannel channel = FileChannel.open(iso.getPath("/A.BIN"))) {
            assertThat(channel.read(ByteBuffer.allocate(5000), 0)).isEqualTo(2148);
            assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1), 2148)).isInstanceOf(IsoFormatException.class);
        }
    }

    @Test
    void takesSectorsOf2048BytesForWhatTheyAre() throws IOException {
        byte[] image = image();
        byte[] raw = raw(new byte[20 * 2048], 2352, 16);
        System.arraycopy(raw, 0, image, 0, 12); // a system area may begin with anything
        try (FileSystem iso = IsoFileSystems.open(Images.store(image))) {
            assertThat(Files.readString(iso.getPath("/D/A.TXT"))).isEqualTo("content");
        }
    }
}
