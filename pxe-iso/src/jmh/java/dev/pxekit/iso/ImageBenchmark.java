package dev.pxekit.iso;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
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
 * How long does it take to open the image of {@code src/bench/make-image.sh} and list it, to open it and read one byte, and
 * to read a file of 500 MB, beside the same file outside of an image? The page cache is warm.
 *
 * <p>{@code -p directory=DIRECTORY} names what the script made.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class ImageBenchmark {

    private static final String LARGE_FILE = "LiveOS/squashfs.img";

    /** What the script made. */
    @Param("bench")
    public String directory = "";

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 17);
    private Path image = Path.of("");
    private Path plainFile = Path.of("");
    private FileSystem open = image.getFileSystem();

    /** Opens the image that files are read from. */
    @Setup
    public void open() throws IOException {
        image = Path.of(directory, "image.iso");
        plainFile = Path.of(directory, "tree", LARGE_FILE);
        open = IsoFileSystems.open(image);
    }

    /** Closes it. */
    @TearDown
    public void close() throws IOException {
        open.close();
    }

    /** Every name with its attributes. */
    @Benchmark
    public long openAndList() throws IOException {
        Sizes sizes = new Sizes();
        try (FileSystem fileSystem = IsoFileSystems.open(image)) {
            Files.walkFileTree(fileSystem.getPath("/"), sizes);
        }
        return sizes.total;
    }

    /** The way to the first byte. */
    @Benchmark
    public int openAndReadFirstByte() throws IOException {
        try (FileSystem fileSystem = IsoFileSystems.open(image);
                FileChannel channel = FileChannel.open(fileSystem.getPath("/images/pxeboot/vmlinuz"))) {
            channel.read(buffer.clear().limit(1));
            return buffer.get(0);
        }
    }

    /** 500 MB through a buffer. */
    @Benchmark
    public long readLargeFile() throws IOException {
        return read(open.getPath("/", LARGE_FILE));
    }

    /** The same of a plain file, the measure of it. */
    @Benchmark
    public long readLargePlainFile() throws IOException {
        return read(plainFile);
    }

    private long read(Path file) throws IOException {
        long total = 0;
        try (FileChannel channel = FileChannel.open(file)) {
            for (int count = channel.read(buffer.clear()); count >= 0; count = channel.read(buffer.clear())) {
                total += count;
            }
        }
        return total;
    }

    private static final class Sizes extends SimpleFileVisitor<Path> {
        private long total;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            total += attributes.size();
            return FileVisitResult.CONTINUE;
        }
    }
}
