package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What does it take to make packets of 32 KiB of a file that the system has in its cache? That is one chunk. */
@SuppressWarnings("NullAway.Init") // JMH calls the setup before anything else
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PacketsBenchmark {

    private static final int CHUNK = 32 << 10;

    @Param({"512", "1428", "8192"})
    public int blockSize;

    @Param({"octet", "netascii"})
    public String mode;

    private final ByteBuffer packets = ByteBuffer.allocateDirect(2 * CHUNK);
    private Path path;
    private TftpFile file;

    @Setup
    public void open() throws IOException {
        byte[] content = new byte[CHUNK];
        new Random(1).nextBytes(content);
        path = Files.createTempFile("benchmark", null);
        Files.write(path, content);
        file = TftpFile.of(Files.newByteChannel(path, StandardOpenOption.READ));
    }

    @TearDown
    public void close() throws IOException {
        file.close();
        Files.delete(path);
    }

    @Benchmark
    public int fill() throws IOException {
        return DataPackets.fill(
                packets,
                1,
                CHUNK / blockSize,
                blockSize,
                Rollover.TO_ZERO,
                BlockReader.of(file, TransferMode.of(mode)));
    }
}
