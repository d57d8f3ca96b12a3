package dev.pxekit.media;

import dev.pxekit.iso.IsoFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to open the image of {@code src/bench/make-image.sh} and extract it to a memory file system, beside
 * {@code cp -r} of the tree that it was made of? The page cache is warm.
 *
 * <p>{@code -p directory=DIRECTORY} names what the script made, {@code -p target=DIRECTORY} a directory on a memory file
 * system with 1.4 GB of room.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5)
@Measurement(iterations = 11)
@Fork(1)
public class ExtractionBenchmark {

    /** What the script made. */
    @Param("bench")
    public String directory = "";

    /** Where the target is made. */
    @Param("/dev/shm")
    public String target = "";

    private Path image = Path.of("");
    private Path parent = Path.of("");
    private Path extracted = Path.of("");

    /** Makes an empty directory for the target. */
    @Setup(Level.Invocation)
    public void prepare() throws IOException {
        image = Path.of(directory, "image.iso");
        parent = Files.createTempDirectory(Path.of(target), "extraction");
        extracted = parent.resolve("target");
    }

    /** Deletes what was extracted. */
    @TearDown(Level.Invocation)
    public void delete() throws IOException {
        try (Stream<Path> files = Files.walk(parent)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Ours, with the default number of threads. */
    @Benchmark
    public ExtractionResult extract() throws IOException {
        try (FileSystem fileSystem = IsoFileSystems.open(image)) {
            return Extractor.builder().build().extract(fileSystem.getPath("/"), extracted);
        }
    }

    /** The measure of it. */
    @Benchmark
    public int copy() throws IOException, InterruptedException {
        String tree = Path.of(directory, "tree").toString();
        return new ProcessBuilder("cp", "-r", tree, extracted.toString())
                .start()
                .waitFor();
    }
}
