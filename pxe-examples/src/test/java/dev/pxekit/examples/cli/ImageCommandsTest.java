package dev.pxekit.examples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.examples.FlatImage;
import dev.pxekit.testkit.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ls}, {@code cat} and {@code extract} on the image that the command line brings. */
class ImageCommandsTest {

    @TempDir
    private Path directory;

    private Path image = Path.of("");

    @BeforeEach
    void unpack() throws IOException {
        image = directory.resolve("demo.iso");
        try (DemoImage demo = DemoImage.unpack()) {
            Files.copy(demo.file(), image);
        }
    }

    private CommandRun ls(String... arguments) {
        return run("ls", arguments);
    }

    private CommandRun run(String command, String... arguments) {
        return CommandRun.of(Stream.concat(Stream.of(command, image.toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private CommandRun extract(String... arguments) {
        return run(
                "extract",
                Stream.concat(Stream.of("-C", target().toString()), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private Path target() {
        return directory.resolve("target");
    }

    private static List<String> files(Path start) throws IOException {
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> start.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void listsAllThatIsInAnImage() {
        CommandRun run = ls().assertDone();
        assertThat(run.out().lines())
                .containsExactly(
                        ".discinfo",
                        ".treeinfo",
                        "BaseOS",
                        "BaseOS/repodata",
                        "BaseOS/repodata/repomd.xml",
                        "README.txt",
                        "images",
                        "images/pxeboot",
                        "images/pxeboot/initrd.img",
                        "images/pxeboot/vmlinuz",
                        "ipxe",
                        "ipxe/snponly.efi",
                        "ipxe/undionly.kpxe");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void listsDirectoriesAndFilesOfAnImage() {
        assertThat(ls("/ipxe", "README.txt").assertDone().out().lines())
                .containsExactly("ipxe/snponly.efi", "ipxe/undionly.kpxe", "README.txt");
    }

    @Test
    void listsAsDeepAsItIsTold() {
        assertThat(ls("images", "--depth", "1").assertDone().out()).isEqualToIgnoringNewLines("images/pxeboot");
    }

    @Test
    void refusesADepthThatIsNone() {
        assertThat(ls("-d", "0").err()).contains("--depth: 0 (expected: 1 or more)");
    }

    @Test
    void extractsADirectoryAsTheShellCompletesIt() throws IOException {
        extract("--include", "images/").assertDone();
        assertThat(files(target())).containsExactly("images/pxeboot/initrd.img", "images/pxeboot/vmlinuz");
    }

    @Test
    void listsModesOwnersSizesAndTimes() {
        assertThat(ls("-l", "images/pxeboot").assertDone().out().lines())
                .containsExactly(
                        "-rw-r--r--        0/0         98580 2026-11-21T00:00:00Z images/pxeboot/initrd.img",
                        "-rw-r--r--        0/0        164864 2026-11-21T00:00:00Z images/pxeboot/vmlinuz");
        assertThat(ls("-l", "-d1").assertDone().out()).contains("drwxr-xr-x        0/0          2048 ");
    }

    @Test
    void listsAnObjectOnEachLine() {
        assertThat(ls("--json", "README.txt").assertDone().out().strip())
                .isEqualTo(
                        "{\"path\":\"README.txt\",\"type\":\"file\",\"mode\":\"644\",\"uid\":0,\"gid\":0,\"size\":105,"
                                + "\"modified\":\"2026-11-21T00:00:00Z\"}");
    }

    @Test
    void listsTheViewThatIsAskedFor() {
        assertThat(ls("--view", "plain", "-d1").assertDone().out()).contains("README.TXT");
        ls("--view", "joliet").assertFailed("demo.iso", "view: JOLIET");
        ls("--view", "hfs").assertWrongUsage("--view", "ROCK_RIDGE");
        ls("--session", "32").assertFailed("demo.iso", "does a session begin at sector 32?");
        ls("--session", "-1").assertWrongUsage("--session: -1 (expected: 0 or more)");
    }

    @Test
    void saysWhatIsNotInAnImage() {
        ls("images", "nope/at all").assertFailed("no such file in the image: nope/at all");
        run("cat", "nope").assertFailed("no such file in the image: nope");
        run("cat", "README.txt", "images").assertFailed("images is a directory");
        run("cat").assertWrongUsage("PATH");
    }

    @Test
    void saysWhichFileIsNoImage() throws IOException {
        Path text = Files.writeString(directory.resolve("text.iso"), "no image");
        CommandRun.of("ls", text.toString()).assertFailed("text.iso", "no image that can be read");
        CommandRun.of("ls", directory.toString()).assertFailed("is not a file");
        CommandRun.of("cat", directory.resolve("nope.iso").toString(), "x").assertFailed("no such image", "nope.iso");
    }

    @Test
    void listsWhatCanBeReadOfADamagedImage() throws IOException {
        byte[] bytes = Files.readAllBytes(image);
        int name = new String(bytes, ISO_8859_1).indexOf("VMLINUZ");
        bytes[name - 1] = (byte) 200; // more than its record has
        Files.write(image, bytes);
        CommandRun run = ls("images", "ipxe");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("images/pxeboot/initrd.img", "ipxe/snponly.efi")
                .doesNotContain("vmlinuz");
        assertThat(run.err().lines()).singleElement().asString().startsWith("pxekit: /images/pxeboot: ");
    }

    @Test
    void extractsAnImage() throws IOException {
        CommandRun run = extract().assertDone();
        assertThat(run.out())
                .startsWith("8 files, 5 directories and 0 links, 338,016 bytes in ")
                .contains(" MB/s)")
                .doesNotContain("already");
        assertThat(run.err()).isEmpty();
        assertThat(files(target())).hasSize(8);
        assertThat(target().resolve("images/pxeboot/vmlinuz")).hasSize(164_864);
        assertThat(Files.getLastModifiedTime(target().resolve("README.txt")).toInstant())
                .isEqualTo(Instant.parse("2026-11-21T00:00:00Z"));
    }

    /** An image with a file of the other one and one of its own. */
    private Path second() throws IOException {
        return Files.write(
                directory.resolve("second.iso"),
                new FlatImage()
                        .file("README.TXT", "second")
                        .file("SECOND", "more")
                        .build());
    }

    @Test
    void listsAnImageOverAnother() throws IOException {
        CommandRun run = ls("--over", second().toString(), "-d", "1").assertDone();
        assertThat(run.out().lines())
                .contains(".treeinfo", "README.TXT", "SECOND", "images")
                .doesNotContain("README.txt");
    }

    @Test
    void extractsSeveralImagesAsOneTree() throws IOException {
        run("extract", second().toString(), "-C", target().toString()).assertDone();
        assertThat(files(target())).contains("README.TXT", "SECOND", "images/pxeboot/vmlinuz");
        assertThat(target().resolve("README.TXT")).hasContent("second");
    }

    @Test
    void extractsOnlyWhatIsAskedFor() throws IOException {
        extract("--include", "*.img", "--include", "/ipxe/**", "--exclude", "undionly*")
                .assertDone();
        assertThat(files(target())).containsExactly("images/pxeboot/initrd.img", "ipxe/snponly.efi");
        extract("--include", "[").assertWrongUsage("'[' is no glob");
    }

    @Test
    void keepsComparesOrReplacesWhatIsThere() throws IOException {
        extract().assertDone();
        Path readme = target().resolve("README.txt");
        byte[] content = Files.readAllBytes(readme);
        Files.write(readme, new byte[content.length]);
        Files.setLastModifiedTime(readme, Files.getLastModifiedTime(target().resolve(".treeinfo")));
        assertThat(extract().assertDone().out()).contains("0 files", "8 were there already");
        assertThat(extract("--verify").assertDone().out()).contains("1 files", "7 were there already");
        assertThat(readme).hasBinaryContent(content);
        assertThat(extract("--force").assertDone().out()).startsWith("8 files");
        extract("--force", "--verify").assertWrongUsage("mutually exclusive");
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Files.createDirectories(target().resolve("README.txt"));
        CommandRun run = extract();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err().strip())
                .isEqualTo("pxekit: README.txt: the target has a directory of this name: delete it first");
        assertThat(run.out()).startsWith("7 files").contains("; 1 are missing");
        List<String> lines = extract("--json").out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(JsonObject.parse(lines.get(0)).text("problem")).isEqualTo("refused");
        assertThat(lines.get(1)).contains("\"files\":0", "\"skipped\":7", "\"problems\":1");
    }

    @Test
    void refusesMoreThanItMayWrite() {
        extract("--max-size", "64K").assertFailed("more than 65536 bytes");
        extract("--max-entries", "5").assertFailed("more than 5 entries");
        extract("--max-depth", "1").assertFailed("more than 1 directories in one another");
        assertThat(target()).doesNotExist();
        extract("--max-entries", "0").assertWrongUsage("maximumEntries: 0 (expected: 1 or more)");
        extract("--max-depth", "0").assertWrongUsage("maximumDepth: 0 (expected: 1 or more)");
        extract("--max-entries", "13", "--max-depth", "2").assertDone();
        extract("--threads", "0").assertWrongUsage("threads: 0 (expected: 1..64)");
    }

    @Test
    void showsHowFarItIsIfAsked() {
        assertThat(extract("--progress").assertDone().err()).startsWith("\r").endsWith("\r");
    }
}
