package dev.pxekit.iso;

import static dev.pxekit.iso.SystemUseBytes.ce;
import static dev.pxekit.iso.SystemUseBytes.cl;
import static dev.pxekit.iso.SystemUseBytes.component;
import static dev.pxekit.iso.SystemUseBytes.nm;
import static dev.pxekit.iso.SystemUseBytes.px;
import static dev.pxekit.iso.SystemUseBytes.re;
import static dev.pxekit.iso.SystemUseBytes.sl;
import static dev.pxekit.iso.SystemUseBytes.tf;
import static dev.pxekit.iso.SystemUseBytes.zf;
import static dev.pxekit.iso.SystemUseBytes.zf2;
import static dev.pxekit.iso.TestImage.concat;
import static dev.pxekit.iso.TestImage.directory;
import static dev.pxekit.iso.TestImage.file;
import static org.junit.jupiter.api.Timeout.ThreadMode.SEPARATE_THREAD;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.MethodSource;

/** Small images with wrong bytes: the reader ends, and throws nothing but what it declares. */
@Timeout(value = 60, threadMode = SEPARATE_THREAD)
class IsoFuzzTest {

    private static final int ROUNDS = 1_000;
    private static final int[] INTERESTING = {0, 1, 2, 4, 5, 0x1f, 0x20, 0x21, 0x22, 0x7f, 0x80, 0xfe, 0xff};

    private static final ImagePatches PATCHES = new ImagePatches(sample());

    /** Each kind of record and of entry. */
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
        byte[] compressible = "zisofs".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        byte[] sparse = Arrays.copyOf("sparse".repeat(100).getBytes(StandardCharsets.UTF_8), 70_000);
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
                                        sl(0, component(0, "/deep"))),
                        file("Z1.;1", ZisofsBytes.version1(compressible, 15))
                                .use(nm("z1"), zf(15, compressible.length)),
                        file("Z2.;1", ZisofsBytes.version2(compressible, 15))
                                .use(nm("z2"), zf2("Z2", 15, compressible.length)),
                        file("S.;1", SparseFileBytes.record(sparse, 2))
                                .use(nm("s"), SparseFileBytes.entry(sparse.length, 2)),
                        file("I.;1", new byte[3 * 2048]).length(2049).interleaved(1, 1))
                .rockRidge()
                .bootCatalog(catalog)
                .joliet()
                .build();
    }

    static Stream<Named<byte[]>> patches() {
        return Stream.of(
                Named.of("none", new byte[0]),
                Named.of("block size", new byte[] {0, 0, (byte) 129, 2}),
                Named.of("root is shorter", new byte[] {0, 0, (byte) 167, 2}),
                Named.of("length of a record", new byte[] {4, 0, 34, 40, 4, 0, 80, (byte) 255}),
                Named.of("directory in itself", new byte[] {(byte) 0xff, 5, 6, 0}),
                Named.of("directories exchanged", new byte[] {(byte) 0xff, 5, 7, 0, (byte) 0xff, 8, 5, 0}));
    }

    @MethodSource("patches")
    @FuzzTest
    void structures(byte[] changes) throws IOException {
        UntrustedImage.read(Images.store(PATCHES.apply(changes)));
    }

    static Stream<Named<byte[]>> compressedFiles() {
        byte[] text = "zisofs".repeat(10_000).getBytes(StandardCharsets.UTF_8);
        byte[] zeros = new byte[100_000];
        return Stream.of(
                Named.of("nothing", new byte[0]),
                Named.of("text, version 1", concat(zf(15, text.length), ZisofsBytes.version1(text, 15))),
                Named.of("zeros, version 1", concat(zf(17, zeros.length), ZisofsBytes.version1(zeros, 17))),
                Named.of("text, version 2", concat(zf2("ZF", 16, text.length), ZisofsBytes.version2(text, 16))),
                Named.of("zeros, version 2", concat(zf2("Z2", 15, zeros.length), ZisofsBytes.version2(zeros, 15))));
    }

    /** An entry that says how the file behind it is compressed. */
    @MethodSource("compressedFiles")
    @FuzzTest
    void compressed(byte[] octets) throws IOException {
        byte[] entry = Arrays.copyOf(octets, 16);
        entry[0] = 'Z';
        entry[1] = (byte) (entry[1] == '2' ? '2' : 'F');
        entry[2] = 16;
        byte[] recorded = Arrays.copyOfRange(octets, Math.min(16, octets.length), octets.length);
        UntrustedImage.read(Images.store(new TestImage(file("Z.;1", recorded).use(nm("z"), entry))
                .rockRidge()
                .build()));
    }

    static Stream<Named<byte[]>> sparseFiles() {
        byte[] holes = new byte[70_000];
        Arrays.fill(holes, 300, 600, (byte) 1);
        Arrays.fill(holes, 69_000, holes.length, (byte) 2);
        return Stream.of(
                Named.of("nothing", new byte[0]),
                Named.of("one table", sparse(Arrays.copyOf(holes, 1000), 1)),
                Named.of("two levels", sparse(holes, 2)),
                Named.of("seven levels", sparse(holes, 7)));
    }

    private static byte[] sparse(byte[] content, int depth) {
        return concat(SparseFileBytes.entry(content.length, depth), SparseFileBytes.record(content, depth));
    }

    /** An entry that says how the file behind it is recorded. */
    @MethodSource("sparseFiles")
    @FuzzTest
    void sparse(byte[] octets) throws IOException {
        byte[] entry = Arrays.copyOf(octets, 21);
        entry[0] = 'S';
        entry[1] = 'F';
        entry[2] = (byte) (entry[2] == 12 ? 12 : 21);
        byte[] recorded = Arrays.copyOfRange(octets, Math.min(21, octets.length), octets.length);
        UntrustedImage.read(Images.store(new TestImage(
                        file("S.;1", recorded).use(nm("s"), Arrays.copyOf(entry, entry[2])))
                .rockRidge()
                .build()));
    }

    /** What a search would begin with, in every build. */
    @Test
    void wrongBytes() throws IOException {
        byte[] sound = sample();
        Path path = Images.store(sound);
        Random random = new Random(9660);
        try (FileChannel image = FileChannel.open(path, StandardOpenOption.WRITE)) {
            for (int round = 0; round < ROUNDS; round++) {
                image.write(ByteBuffer.wrap(mutate(sound, random)), 0);
                try {
                    UntrustedImage.read(path);
                } catch (RuntimeException | Error e) {
                    throw new AssertionError("round " + round, e);
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
}
