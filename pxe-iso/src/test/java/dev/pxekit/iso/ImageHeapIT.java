package dev.pxekit.iso;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An image of 100,000 entries, walked with all attributes in a bounded heap. */
@Tag("interop")
@Timeout(120)
class ImageHeapIT {

    private static final int DIRECTORIES = 100;
    private static final int FILES = 999;
    private static final int SECTORS = 80;

    @TempDir
    private Path directory;

    private static TestImage image() {
        TestImage.Entry[] directories = new TestImage.Entry[DIRECTORIES];
        for (int i = 0; i < DIRECTORIES; i++) {
            TestImage.Entry[] files = new TestImage.Entry[FILES];
            for (int j = 0; j < FILES; j++) {
                String name = "a-file-with-a-usual-name-" + i + "." + j;
                files[j] = TestImage.file("F" + i + "X" + j, "")
                        .use(TestImage.concat(SystemUseBytes.nm(0, name), SystemUseBytes.px(0100644, 1, 0, 0)));
            }
            directories[i] = TestImage.directory("D" + i, files).sectors(SECTORS);
        }
        return new TestImage(directories).rockRidge().rootSectors(SECTORS);
    }

    /** BENCHMARKS.md has what is in use in the end. */
    @ParameterizedTest
    @CsvSource({"32, 131072", "8, 1000"})
    void isWalkedInABoundedHeap(int megabytes, int cachedEntries) throws Exception {
        Path image = Files.write(directory.resolve("image.iso"), image().build());
        Process process = ChildJvm.start(
                List.of(),
                List.of("-Xmx" + megabytes + "m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"),
                IsoFileSystems.class,
                ImageHeapProgram.class,
                image.toString(),
                Integer.toString(cachedEntries));
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            assertThat(output).startsWith("entries: 100000, ");
        } finally {
            process.destroyForcibly();
        }
    }
}
