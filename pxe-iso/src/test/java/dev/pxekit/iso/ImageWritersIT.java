package dev.pxekit.iso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of the usual writers, compared with the tree that they were made of. */
@Tag("interop")
@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImageWritersIT {

    @TempDir
    private Path directory;

    private Path source;

    @BeforeEach
    void makeSource() throws IOException {
        source = SourceTree.make(directory);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-R",
                "-R -J -joliet-long",
                "-R -iso-level 3",
                "-R -rr_reloc_dir rr_moved",
                "-R -iso-level 4",
                "-R -partition_offset 16"
            })
    void readsWhatXorrisoWrote(String options) throws Exception {
        // genisoimage 1.1.11 never ends on this one
        Files.createSymbolicLink(source.resolve("links/long"), Path.of("a/" + "long/".repeat(80) + "target"));
        Path image = write(List.of(Needs.program("xorriso", "xorriso").toString(), "-as", "mkisofs"), options, source);
        assertSameTree(image);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-R", "-R -J -joliet-long", "-R -D", "-R -iso-level 3 -allow-lowercase", "-R -hide-rr-moved"})
    void readsWhatGenisoimageWrote(String options) throws Exception {
        Path image = write(List.of(Needs.program("genisoimage", "genisoimage").toString(), "-quiet"), options, source);
        assertSameTree(image);
    }

    /**
     * genisoimage 1.1.11 records in UDF neither modes nor symbolic links nor characters beyond the basic plane, and cuts
     * names as it does for Joliet.
     */
    @ParameterizedTest
    @ValueSource(strings = {"-R -udf", "-R -J -joliet-long -udf", "-R -D -udf"})
    void readsUdfThatGenisoimageWrote(String options) throws Exception {
        for (Path link : SourceTree.list(source.resolve("links"))) {
            Files.delete(link);
        }
        Files.deleteIfExists(source.resolve("Grüße 日本 🚀.txt"));
        Files.delete(source.resolve("n".repeat(200) + ".txt"));
        SourceTree.setTimes(source);
        Path image = write(List.of(Needs.program("genisoimage", "genisoimage").toString(), "-quiet"), options, source);
        IsoOptions udf = IsoOptions.builder().view(IsoView.UDF).build();
        try (FileSystem iso = IsoFileSystems.open(image, udf)) {
            Map<String, String> found = withoutModes(SourceTree.describe(iso.getPath("/")));
            found.remove("rr_moved");
            assertThat(found).isEqualTo(withoutModes(SourceTree.describe(source)));
        }
        assertSameTree(image); // both sides are the same, so that Rock Ridge is shown
    }

    private static Map<String, String> withoutModes(Map<String, String> tree) {
        tree.replaceAll((path, text) -> text.charAt(0) + text.substring("drwxr-xr-x".length()));
        return tree;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version_2=off:block_size=32k",
                "version_2=off:block_size=64k",
                "version_2=off:block_size=128k:level=0",
                "version_2=on:block_size_v2=32k",
                "version_2=on:block_size_v2=128k",
                "version_2=on:block_size_v2=1m",
                "version_2=on:susp_z2=on",
            })
    void readsWhatXorrisoCompressed(String options) throws Exception {
        String xorriso = Needs.program("xorriso", "xorriso").toString();
        writeCompressible();
        Path image = directory.resolve("compressed.iso");
        SourceTree.run(List.of(
                xorriso,
                "-outdev",
                image.toString(),
                "-zisofs",
                options,
                "-map",
                source.toString(),
                "/",
                "-set_filter_r",
                "--zisofs",
                "/",
                "--",
                "-commit"));
        assertThat(recordedSmaller(image)).contains("/zeros", "/mixed");
        assertSameTree(image);
    }

    /** On what can be overwritten, xorriso puts the newest descriptors where a reader without a table of contents looks. */
    @Test
    void readsLastSessionOfAnImageThatGrew() throws Exception {
        String xorriso = Needs.program("xorriso", "xorriso").toString();
        Path image = directory.resolve("sessions.iso");
        Path more = Files.writeString(directory.resolve("more"), "second session");
        SourceTree.run(List.of(xorriso, "-dev", image.toString(), "-map", source.toString(), "/", "-commit"));
        SourceTree.run(List.of(
                xorriso,
                "-dev",
                image.toString(),
                "-map",
                more.toString(),
                "/more",
                "-rm",
                "/size-1.bin",
                "--",
                "-commit"));
        List<Long> sessions = sessions(xorriso, image);
        assertThat(sessions).hasSize(2);
        assertSameTree(image, IsoOptions.builder().sessionStart(sessions.get(0)).build());
        Files.copy(more, source.resolve("more"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.delete(source.resolve("size-1.bin"));
        assertSameTree(image, IsoOptions.builder().sessionStart(sessions.get(1)).build());
        assertSameTree(image);
    }

    /** The first sectors of the sessions of an image, as its writer sees them. */
    private static List<Long> sessions(String xorriso, Path image) throws Exception {
        return SourceTree.run(List.of(xorriso, "-indev", image.toString(), "-toc")).stream()
                .filter(line -> line.startsWith("ISO session"))
                .map(line -> Long.valueOf(line.split(",", -1)[1].strip()))
                .toList();
    }

    /** Text, noise and many zeros. */
    private void writeCompressible() throws IOException {
        byte[] mixed = new byte[3_000_000];
        byte[] noise = new byte[400_000];
        new Random(2).nextBytes(noise);
        System.arraycopy(noise, 0, mixed, 1_200_000, noise.length);
        for (int i = 0; i < 1_000_000; i++) {
            mixed[i] = (byte) ("0123456789abcdef".charAt(i % 16) + i / 16 % 5);
        }
        Files.write(source.resolve("mixed"), mixed);
        Files.write(source.resolve("zeros"), new byte[1 << 20]);
        SourceTree.setTimes(source);
    }

    /** The files that the plain view shows smaller: those that are compressed. */
    private static List<String> recordedSmaller(Path image) throws IOException {
        IsoOptions plain = IsoOptions.builder().view(IsoView.PLAIN).build();
        try (FileSystem whole = IsoFileSystems.open(image);
                FileSystem recorded = IsoFileSystems.open(image, plain);
                Stream<Path> files = Files.list(whole.getPath("/"))) {
            List<String> smaller = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path same = recorded.getPath(file.toString());
                if (Files.exists(same) && Files.size(same) < Files.size(file)) {
                    smaller.add(file.toString());
                }
            }
            return smaller;
        }
    }

    /** A hidden one is no file of the tree. */
    @ParameterizedTest
    @ValueSource(strings = {"-R", "-R -hide disk.img"})
    void readsHardDisksThatGenisoimageMadeBootable(String options) throws Exception {
        byte[] disk = new byte[1 << 20];
        new Random(3).nextBytes(disk);
        Arrays.fill(disk, 446, 510, (byte) 0);
        ByteBuffer partition = ByteBuffer.wrap(disk, 446, 66).slice().order(ByteOrder.LITTLE_ENDIAN);
        partition.put(0, (byte) 0x80).put(4, (byte) 6).putInt(8, 1).putInt(12, disk.length / 512 - 1);
        partition.putShort(64, (short) 0xaa55);
        Files.write(source.resolve("disk.img"), disk);
        Path image = write(
                List.of(Needs.program("genisoimage", "genisoimage").toString(), "-quiet"),
                options + " -hard-disk-boot -b disk.img -c boot.cat",
                source);
        try (FileSystem iso = IsoFileSystems.open(image)) {
            List<BootEntry> entries = BootCatalog.read(iso).orElseThrow().entries();
            assertThat(entries).hasSize(1);
            BootEntry entry = entries.get(0);
            assertThat(entry.emulation()).isEqualTo(BootEntry.Emulation.HARD_DISK);
            assertThat(entry.systemType()).isEqualTo(6);
            assertThat(entry.sizeInBytes()).isEqualTo(disk.length);
            assertThat(entry.path().isPresent()).isEqualTo(!options.contains("-hide"));
            assertThat(Files.readAllBytes(entry.image())).isEqualTo(disk);
        }
    }

    @Test
    void readsImageWithinImage() throws Exception {
        List<String> xorriso = List.of(Needs.program("xorriso", "xorriso").toString(), "-as", "mkisofs");
        Path inner = write(xorriso, "-R", source);
        Path outerSource = Files.createDirectory(directory.resolve("outer"));
        Files.move(inner, outerSource.resolve("inner.iso"));
        Path outer = write(xorriso, "-R", outerSource);
        try (FileSystem one = IsoFileSystems.open(outer);
                FileSystem two = IsoFileSystems.open(one.getPath("/inner.iso"))) {
            assertThat(SourceTree.describe(two.getPath("/"))).isEqualTo(SourceTree.describe(source));
        }
    }

    @Test
    void listsWhatBsdtarLists() throws Exception {
        String bsdtar = Needs.program("bsdtar", "libarchive-tools").toString();
        Path image = write(List.of(Needs.program("genisoimage", "genisoimage").toString(), "-quiet"), "-R", source);
        List<String> listed = SourceTree.run(List.of("env", "LC_ALL=C.UTF-8", bsdtar, "-tf", image.toString())).stream()
                .filter(name -> !name.equals("."))
                .toList();
        try (FileSystem iso = IsoFileSystems.open(image)) {
            List<String> found = Images.walk(iso).stream()
                    .map(name -> name.substring(1))
                    .filter(name -> !name.equals("rr_moved"))
                    .toList();
            assertThat(new TreeSet<>(found)).isEqualTo(new TreeSet<>(listed));
        }
    }

    private void assertSameTree(Path image) throws IOException {
        assertSameTree(image, IsoOptions.defaults());
    }

    private void assertSameTree(Path image, IsoOptions options) throws IOException {
        try (FileSystem iso = IsoFileSystems.open(image, options)) {
            Map<String, String> found = SourceTree.describe(iso.getPath("/"));
            found.remove("rr_moved"); // what relocation leaves behind
            found.remove(".rr_moved");
            assertThat(found).isEqualTo(SourceTree.describe(source));
        }
    }

    private Path write(List<String> program, String options, Path from) throws Exception {
        Path image = directory.resolve("image-" + from.getFileName() + ".iso");
        List<String> command = new ArrayList<>(List.of("env", "LC_ALL=C.UTF-8"));
        command.addAll(program);
        command.addAll(List.of(options.split(" ")));
        if (program.get(0).endsWith("genisoimage")) {
            command.addAll(List.of("-input-charset", "utf-8"));
        }
        command.addAll(List.of("-o", image.toString(), from.toString()));
        SourceTree.run(command);
        return image;
    }
}
