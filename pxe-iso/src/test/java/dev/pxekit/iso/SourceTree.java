package dev.pxekit.iso;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A directory that programs make images of, and what it takes to compare the two. */
final class SourceTree {

    private SourceTree() {}

    /** Makes a directory with files of many sizes and names. */
    static Path make(Path directory) throws IOException {
        Path source = Files.createDirectory(directory.resolve("source"));
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
        setTimes(source);
        return source;
    }

    /** Gives each file a time of its own. */
    static void setTimes(Path source) throws IOException {
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

    static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** What there is below a directory, by path, in a form that can be compared. */
    static Map<String, String> describe(Path root) throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path file : walk.skip(1).toList()) {
                tree.put(root.relativize(file).toString(), describeOne(file));
            }
        }
        return tree;
    }

    private static String describeOne(Path file) throws IOException {
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

    /** Runs a program; hands out the lines that it printed. */
    static List<String> run(List<String> command) throws Exception {
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
