package dev.pxekit.iso;

import static dev.pxekit.iso.SystemUseBytes.ce;
import static dev.pxekit.iso.SystemUseBytes.cl;
import static dev.pxekit.iso.SystemUseBytes.component;
import static dev.pxekit.iso.SystemUseBytes.nm;
import static dev.pxekit.iso.SystemUseBytes.px;
import static dev.pxekit.iso.SystemUseBytes.re;
import static dev.pxekit.iso.SystemUseBytes.sl;
import static dev.pxekit.iso.SystemUseBytes.tf;
import static dev.pxekit.iso.TestImage.concat;
import static dev.pxekit.iso.TestImage.directory;
import static dev.pxekit.iso.TestImage.file;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sound images with a few wrong bytes: the reader ends, and throws nothing but what it declares. */
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IsoFuzzTest {

    private static final int ROUNDS = 1_000;
    private static final int[] INTERESTING = {0, 1, 2, 4, 5, 0x1f, 0x20, 0x21, 0x22, 0x7f, 0x80, 0xfe, 0xff};

    private static byte[] sample() {
        byte[] continuation = concat(nm(1, "continued-"), nm(0, "name"), px(0100644, 1, 0, 0));
        byte[] catalog = new byte[128];
        catalog[0] = 1;
        catalog[28] = (byte) 0xaa;
        catalog[29] = 0x55;
        catalog[30] = 0x55;
        catalog[31] = (byte) 0xaa;
        catalog[32] = (byte) 0x88;
        catalog[64] = (byte) 0x91;
        catalog[66] = 1;
        catalog[96] = (byte) 0x88;
        return new TestImage(
                        file("A.;1", "a".repeat(2048))
                                .use(nm("a"), px(0100644, 1, 0, 0))
                                .flags(0x80),
                        file("A.;1", "b").use(nm("a"), px(0100644, 1, 0, 0)),
                        file("C.;1", "c").use(built -> ce(built.blockOf("CE"), 0, continuation.length)),
                        file("CE", continuation).use(tf(0x0e, new byte[7], new byte[7], new byte[7])),
                        directory("R", directory("DEEP", file("F", "f")).use(re()))
                                .use(nm("rr_moved")),
                        directory("D", file("P", "").use(built -> concat(nm("deep"), cl(built.blockOf("DEEP")))))
                                .use(nm("d")),
                        file("L", "")
                                .use(
                                        nm("l"),
                                        px(0120777, 1, 0, 0),
                                        sl(1, component(1, "d")),
                                        sl(0, component(0, "/deep"))))
                .rockRidge()
                .bootCatalog(catalog)
                .joliet()
                .build();
    }

    @Test
    void endsWithDeclaredExceptionsOnWrongBytes() throws IOException {
        byte[] sound = sample();
        Path path = Images.store(sound);
        Random random = new Random(9660);
        try (FileChannel image = FileChannel.open(path, StandardOpenOption.WRITE)) {
            for (int round = 0; round < ROUNDS; round++) {
                image.write(ByteBuffer.wrap(mutate(sound, random)), 0);
                for (IsoView view : IsoView.values()) {
                    try (FileSystem iso = IsoFileSystems.open(
                            path, IsoOptions.builder().view(view).build())) {
                        readAll(iso, round);
                    } catch (IOException expected) {
                        assertThat(expected.getMessage()).as("round " + round).isNotBlank();
                    }
                }
            }
        }
    }

    /** One to four wrong bytes, all but some of them where the structures are. */
    private static byte[] mutate(byte[] sound, Random random) {
        byte[] mutated = sound.clone();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            int at;
            do {
                int start = random.nextInt(5) == 0 ? 16 * TestImage.SECTOR : 20 * TestImage.SECTOR;
                at = start + random.nextInt(sound.length - start);
            } while (sound[at] == 0 && random.nextInt(50) != 0);
            mutated[at] = (byte)
                    (random.nextBoolean()
                            ? INTERESTING[random.nextInt(INTERESTING.length)]
                            : mutated[at] ^ 1 << random.nextInt(8));
        }
        return mutated;
    }

    private static void readAll(FileSystem iso, int round) throws IOException {
        try {
            for (BootEntry entry :
                    BootCatalog.read(iso).map(BootCatalog::entries).orElse(List.of())) {
                entry.path();
            }
        } catch (IsoFormatException expected) {
            assertThat(expected.offset()).as("round " + round).isNotNegative();
        }
        int files = 0;
        try (Stream<Path> walk = Files.walk(iso.getPath("/"))) {
            for (Path path : (Iterable<Path>) walk::iterator) {
                assertThat(++files).as("files in round " + round).isLessThan(1_000);
                assertThat(path.getFileName() == null
                                || !path.getFileName().toString().equals(".."))
                        .as("round " + round)
                        .isTrue();
                readOne(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void readOne(Path path) {
        try {
            Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
            if (Files.isSymbolicLink(path)) {
                assertThat(Files.readSymbolicLink(path).toString()).isNotEmpty();
                assertThat(path.toRealPath().isAbsolute()).isTrue();
            } else if (Files.isRegularFile(path)) {
                try (FileChannel channel = FileChannel.open(path)) {
                    channel.read(ByteBuffer.allocate(4096));
                    channel.read(ByteBuffer.allocate(16), Math.max(0, channel.size() - 8));
                }
            } else if (Files.isDirectory(path)) {
                try (DirectoryStream<Path> stream = Files.newDirectoryStream(path, "*")) {
                    assertThat(stream).isNotNull();
                }
            }
        } catch (IOException expected) {
            assertThat(expected.getMessage()).isNotBlank();
        }
    }
}
