package dev.pxekit.tftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
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

/**
 * How much do clients that read the same file at once get over the loopback interface? One operation is 1 MiB for each of
 * them. The clients are one thread of the same JVM, which takes its part of the processor, but allocates next to nothing, so
 * {@code -prof gc} shows what the server does: divide by the blocks.
 */
@SuppressWarnings("NullAway.Init") // JMH calls the setup before anything else
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TransferBenchmark {

    private static final int SIZE = 1 << 20;

    @Param({"512", "1428", "8192"})
    public int blockSize;

    @Param({"1", "4", "8", "64"})
    public int windowSize;

    @Param({"NIO", "EPOLL"})
    public TftpServer.Transport transport;

    @Param({"1", "16", "256"})
    public int clients;

    private Path root;
    private TftpServer server;
    private LoadClients load;

    /** What the clients got, a second. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Received {
        public double megabytes;
        public long blocks;
    }

    @Setup
    public void start() throws IOException {
        byte[] content = new byte[SIZE];
        new Random(1).nextBytes(content);
        root = Files.createTempDirectory("benchmark");
        Files.write(root.resolve("file"), content);
        server = TftpServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .files(TftpFiles.under(root))
                .transport(transport)
                .build();
        TftpOptions options = TftpOptions.builder()
                .set(TftpOption.BLOCK_SIZE, blockSize)
                .set(TftpOption.WINDOW_SIZE, windowSize)
                .build();
        load = new LoadClients(server.start(), clients, "file", options);
    }

    @TearDown
    public void stop() throws IOException {
        load.close();
        server.close();
        Files.delete(root.resolve("file"));
        Files.delete(root);
    }

    @Benchmark
    public long transfer(Received received) throws IOException {
        long bytes = load.fetch();
        if (bytes != (long) clients * SIZE) {
            throw new IOException("received " + bytes + " bytes (expected: " + clients + " times " + SIZE + ")");
        }
        received.megabytes += bytes / 1e6;
        received.blocks += (long) clients * (SIZE / blockSize + 1);
        return bytes;
    }
}
