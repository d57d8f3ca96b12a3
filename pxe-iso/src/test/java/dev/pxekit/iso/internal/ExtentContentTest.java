package dev.pxekit.iso.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in several runs and with holes. */
class ExtentContentTest {

    @TempDir
    private Path directory;

    private Image image;

    @BeforeEach
    void openImage() throws IOException {
        image = Image.open(Files.writeString(directory.resolve("image"), "0123456789"));
    }

    @AfterEach
    void closeImage() throws IOException {
        image.close();
    }

    private Content content(Extent.Builder extents) {
        return new ExtentContent(image, extents.build());
    }

    private static byte[] read(Content content, long position, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        int count = content.read(buffer, position);
        assertThat(count).isEqualTo(buffer.position() == 0 ? -1 : buffer.position());
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static byte[] send(Content content, long position, long count) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        content.transferTo(position, count, Channels.newChannel(bytes));
        return bytes.toByteArray();
    }

    @Test
    void mergesRunsThatTouchAndHoles() {
        Extent.Builder extents = new Extent.Builder()
                .addHole(5)
                .addHole(6)
                .add(0, 3)
                .add(3, 2)
                .addHole(1)
                .add(4, 0)
                .addHole(1);
        assertThat(extents.build())
                .containsExactly(new Extent(0, Extent.HOLE, 11), new Extent(11, 0, 5), new Extent(16, Extent.HOLE, 2));
        assertThat(extents.size()).isEqualTo(18);
    }

    @Test
    void aRunAtTheStartOfTheImageDoesNotContinueAHole() {
        assertThat(new Extent.Builder().addHole(1).add(0, 1).build()).hasSize(2);
    }

    @Test
    void readsHolesAsZeros() throws IOException {
        Content content = content(new Extent.Builder().add(2, 2).addHole(3).add(7, 2));
        assertThat(content.size()).isEqualTo(7);
        assertThat(read(content, 0, 100)).isEqualTo(new byte[] {'2', '3', 0, 0, 0, '7', '8'});
        assertThat(read(content, 1, 3)).isEqualTo(new byte[] {'3', 0, 0});
        assertThat(read(content, 7, 1)).isEmpty();
        assertThat(send(content, 1, 5)).isEqualTo(new byte[] {'3', 0, 0, 0, '7'});
        assertThat(send(content, 7, 5)).isEmpty();
    }

    @Test
    void holesCostNothingUntilTheyAreRead() throws IOException {
        long size = 1L << 60;
        Content content = content(new Extent.Builder().addHole(size).add(9, 1));
        assertThat(content.size()).isEqualTo(size + 1);
        assertThat(read(content, size - 1, 10)).isEqualTo(new byte[] {0, '9'});
        assertThat(read(content, 1L << 40, 100_000)).hasSize(100_000).containsOnly(0);
        assertThat(send(content, 5, 100_000)).hasSize(100_000).containsOnly(0);
    }

    @Test
    void stopsSendingZerosToATargetThatTakesNoMore() throws IOException {
        Content content = content(new Extent.Builder().addHole(1 << 20));
        WritableByteChannel full = new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) {
                source.position(source.position() + 10);
                return 10;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        assertThat(content.transferTo(0, 1 << 20, full)).isEqualTo(10);
    }

    @Test
    void mapsWhatIsOneRunOnly() throws IOException {
        Content content = content(new Extent.Builder().add(2, 4).addHole(3).add(0, 1));
        assertThat(content.map(1, 3).get(0)).isEqualTo((byte) '3');
        assertThatThrownBy(() -> content.map(3, 2))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("not contiguous");
        assertThatThrownBy(() -> content.map(4, 2)).isInstanceOf(UnsupportedOperationException.class);
    }
}
