package dev.pxekit.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kills processes that extract, at moments of chance: what has its name is whole, and the next run does the rest. */
@Tag("interop")
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExtractorKillIT {

    private static final int KILLS = Integer.getInteger("pxekit.kills", 10);
    private static final int FILES = 300;

    @TempDir
    private Path directory;

    private final Random random = new Random();
    private Path source = Path.of("");
    private Path target = Path.of("");

    @BeforeEach
    void makeSource() throws IOException {
        source = directory.resolve("source");
        target = directory.resolve("target");
        for (int i = 0; i < FILES; i++) {
            Path file = source.resolve("d" + i % 17 + "/f" + i);
            Files.createDirectories(file.getParent());
            byte[] content = new byte[random.nextInt(200_000)];
            random.nextBytes(content);
            Files.write(file, content);
        }
        Files.createLink(source.resolve("d1/hard"), source.resolve("d0/f0"));
        Files.createSymbolicLink(source.resolve("d1/soft"), Path.of("../d0/f0"));
    }

    @Test
    void goesOnAfterAKill() throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            killAt(random.nextInt(FILES));
            assertWhole();
            if (kill % 3 == 2) {
                Files.deleteIfExists(target.resolve("d" + kill % 17 + "/f" + kill % 17));
            }
        }
        assertThat(Extractor.builder().build().extract(source, target).isComplete())
                .isTrue();
        assertWhole();
        assertThat(names(target)).isEqualTo(names(source));
    }

    /** Runs an extraction in another process until it has begun so many files. */
    private void killAt(int files) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        "target/classes" + System.getProperty("path.separator") + "target/test-classes",
                        ExtractorKillIT.class.getName(),
                        source.toString(),
                        target.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
            for (int i = 0; i < files && lines.readLine() != null; i++) {
                // each line is a file
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /**
     * The other process.
     *
     * @param arguments source and target
     */
    public static void main(String... arguments) throws IOException {
        Extractor.builder()
                .threads(3)
                .existing(ExistingFiles.REPLACE)
                .listener(new ExtractionListener() {
                    @Override
                    public void fileStarted(Path path, long size) {
                        System.out.println("file");
                    }
                })
                .build()
                .extract(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    private void assertWhole() throws IOException {
        for (String name : names(target)) {
            Path file = target.resolve(name);
            if (Files.isRegularFile(file) && !name.contains(".pxekit-part-")) {
                assertThat(Files.mismatch(file, source.resolve(name))).as(name).isEqualTo(-1);
                assertThat(seconds(file)).as(name).isEqualTo(seconds(source.resolve(name)));
            }
        }
    }

    private static long seconds(Path file) throws IOException {
        return Files.getLastModifiedTime(file).to(TimeUnit.SECONDS);
    }

    private static List<String> names(Path start) throws IOException {
        if (Files.notExists(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.map(file -> start.relativize(file).toString()).sorted().toList();
        }
    }
}
