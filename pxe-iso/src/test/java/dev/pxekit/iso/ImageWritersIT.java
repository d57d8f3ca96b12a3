package dev.pxekit.iso;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
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
        source = Files.createDirectory(directory.resolve("source"));
        Random random = new Random(1);
        for (int size : new int[] {0, 1, 2047, 2048, 2049, 70_001}) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            Files.write(source.resolve("size-" + size + ".bin"), content);
        }
        Path deep = Files.createDirectories(source.resolve("deep/d2/d3/d4/d5/d6/d7/d8/d9/d10/d11"));
        Files.writeString(deep.resolve("bottom.txt"), "bottom");
        Files.writeString(source.resolve("n".repeat(200) + ".txt"), "long name");
        if (System.getProperty("sun.jnu.encoding").equals("UTF-8")) {
            Files.writeString(source.resolve("Grüße 日本 🚀.txt"), "unicode");
        }
        Files.writeString(source.resolve("trailing.dot."), "dot");
        Path many = Files.createDirectory(source.resolve("many"));
        for (int i = 0; i < 300; i++) {
            Files.writeString(many.resolve("package-with-a-long-name-%04d.x86_64.rpm".formatted(i)), "" + i);
        }
        Path links = Files.createDirectory(source.resolve("links"));
        for (String target :
                List.of("../size-1.bin", "/etc/passwd", ".", "./.././x", "dangling-target", "x".repeat(250))) {
            Files.createSymbolicLink(links.resolve("link-" + target.length()), Path.of(target));
        }
        Files.setPosixFilePermissions(source.resolve("size-1.bin"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setPosixFilePermissions(source.resolve("size-2048.bin"), PosixFilePermissions.fromString("r--------"));
        setTimes();
    }

    private void setTimes() throws IOException {
        long time = 1_000_000_000;
        List<Path> files;
        try (Stream<Path> walk = Files.walk(source)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            if (!Files.isSymbolicLink(file)) {
                Files.setLastModifiedTime(file, FileTime.from(time += 3_601, TimeUnit.SECONDS));
            }
        }
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
        run(List.of(
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
        run(List.of(xorriso, "-dev", image.toString(), "-map", source.toString(), "/", "-commit"));
        run(List.of(
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
        Files.copy(more, source.resolve("more"), StandardCopyOption.COPY_ATTRIBUTES);
        Files.delete(source.resolve("size-1.bin"));
        assertSameTree(image);
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
        setTimes();
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

    @Test
    void readsImageWithinImage() throws Exception {
        List<String> xorriso = List.of(Needs.program("xorriso", "xorriso").toString(), "-as", "mkisofs");
        Path inner = write(xorriso, "-R", source);
        Path outerSource = Files.createDirectory(directory.resolve("outer"));
        Files.move(inner, outerSource.resolve("inner.iso"));
        Path outer = write(xorriso, "-R", outerSource);
        try (FileSystem one = IsoFileSystems.open(outer);
                FileSystem two = IsoFileSystems.open(one.getPath("/inner.iso"))) {
            assertThat(tree(two.getPath("/"))).isEqualTo(tree(source));
        }
    }

    @Test
    void listsWhatBsdtarLists() throws Exception {
        String bsdtar = Needs.program("bsdtar", "libarchive-tools").toString();
        Path image = write(List.of(Needs.program("genisoimage", "genisoimage").toString(), "-quiet"), "-R", source);
        List<String> listed = run(List.of("env", "LC_ALL=C.UTF-8", bsdtar, "-tf", image.toString())).stream()
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
        try (FileSystem iso = IsoFileSystems.open(image)) {
            Map<String, String> found = tree(iso.getPath("/"));
            found.remove("rr_moved"); // what relocation leaves behind
            found.remove(".rr_moved");
            assertThat(found).isEqualTo(tree(source));
        }
    }

    private static Map<String, String> tree(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path file : walk.skip(1).toList()) {
                tree.put(root.relativize(file).toString(), describe(file));
            }
        }
        return tree;
    }

    private static String describe(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return "-> " + Files.readSymbolicLink(file);
        }
        PosixFileAttributes attributes =
                Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        String text = PosixFilePermissions.toString(attributes.permissions()) + " "
                + attributes.lastModifiedTime().to(TimeUnit.SECONDS);
        return attributes.isDirectory() ? "d" + text : "-" + text + " " + attributes.size() + " " + digest(file);
    }

    private static String digest(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        assertThat(content).hasSize((int)
                Files.readAttributes(file, BasicFileAttributes.class).size());
        return Integer.toHexString(Arrays.hashCode(content))
                + HexFormat.of().formatHex(content, 0, Math.min(16, content.length));
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
        run(command);
        return image;
    }

    private static List<String> run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            byte[] output = process.getInputStream().readAllBytes();
            assertThat(process.waitFor()).as(String.join(" ", command)).isZero();
            return new String(output, StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.endsWith("/") ? line.substring(0, line.length() - 1) : line)
                    .toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
