package dev.pxekit.iso;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images with several sessions; those that a writer made are in {@link ImageWritersIT}. */
class SessionsTest {

    private static final int SECTOR = TestImage.SECTOR;
    private static final int START = 480;

    private static IsoOptions session(long start) {
        return IsoOptions.builder().sessionStart(start).build();
    }

    /** Moves sectors of an image to where the session at {@link #START} has them. */
    private static byte[] moved(byte[] image, int first, int count) {
        byte[] moved = Arrays.copyOf(image, Math.max(image.length, (START + first + count) * SECTOR));
        System.arraycopy(image, first * SECTOR, moved, (START + first) * SECTOR, count * SECTOR);
        Arrays.fill(moved, first * SECTOR, (first + count) * SECTOR, (byte) 0);
        return moved;
    }

    @Test
    void showsTheSessionWhoseDescriptorsAreSixteenSectorsBehindItsBegin() throws IOException {
        Path image = Images.store(moved(new TestImage(TestImage.file("A.;1", "a")).build(), 16, 4));
        try (FileSystem iso = IsoFileSystems.open(image, session(START))) {
            assertThat(Files.readString(iso.getPath("/A"))).isEqualTo("a");
        }
        assertThatThrownBy(() -> IsoFileSystems.open(image)).isInstanceOf(IsoFormatException.class);
        try (FileSystem iso = FileSystems.newFileSystem(image, Map.of("sessionStart", START, "cachedEntries", "0"))) {
            assertThat(Files.readString(iso.getPath("/A"))).isEqualTo("a");
        }
        assertThatThrownBy(() -> FileSystems.newFileSystem(image, Map.of()))
                .isInstanceOf(ProviderNotFoundException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileSystems.newFileSystem(image, Map.of("cachedEntries", "many")));
    }

    @Test
    void showsTheSessionWhoseAnchorIs256SectorsBehindItsBegin() throws IOException {
        byte[] bytes = moved(new TestUdfImage(UdfEntry.file("a", "a")).build(), TestUdfImage.ANCHOR, 1);
        int anchor = (START + TestUdfImage.ANCHOR) * SECTOR;
        UdfBytes.seal(bytes, anchor, 512, 2, START + TestUdfImage.ANCHOR);
        Path image = Images.store(bytes);
        try (FileSystem udf = IsoFileSystems.open(image, session(START))) {
            assertThat(IsoFileSystems.view(udf)).isEqualTo(IsoView.UDF);
            assertThat(Files.readString(udf.getPath("/a"))).isEqualTo("a");
        }
        assertThatThrownBy(() -> IsoFileSystems.open(image, session(START - 1))).isInstanceOf(IsoFormatException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 20, 1_000, Long.MAX_VALUE})
    void refusesSectorsWhereNoSessionBegins(long start) throws IOException {
        Path image = Images.store(new TestImage(TestImage.file("A.;1", "a")).build());
        long size = Files.size(image);
        assertThatThrownBy(() -> IsoFileSystems.open(image, session(start)))
                .isInstanceOfSatisfying(
                        IsoFormatException.class,
                        e -> assertThat(e.offset()).isBetween(17L * SECTOR, size + 16 * SECTOR))
                .hasMessageContaining("does a session begin at sector " + start + "?");
    }

    @Test
    void startsAtASector() {
        assertThat(IsoOptions.defaults().sessionStart()).isZero();
        assertThat(session(7).toBuilder().build().sessionStart()).isEqualTo(7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> session(-1))
                .withMessageContaining("sessionStart: -1 (expected: 0 or more)");
    }
}
