package dev.pxekit.tftp;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** How long does one client take for a file of 8 MiB on disk, over the loopback interface, server and client in one JVM? */
@SuppressWarnings("NullAway.Init") // JMH calls the setup before anything else
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class TransferBenchmark {

    private static final int SIZE = 8 << 20;

    @Param({"512", "1428", "8192"})
    public int blockSize;

    @Param({"1", "4", "8", "64"})
    public int windowSize;

    private Path root;
    private TftpServer server;
    private TftpClient client;

    @Setup
    public void start() throws IOException {
        byte[] content = new byte[SIZE];
        new Random(1).nextBytes(content);
        root = Files.createTempDirectory("benchmark");
        Files.write(root.resolve("file"), content);
        server = TftpServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .files(TftpFiles.under(root))
                .build();
        client = TftpClient.builder()
                .server(server.start())
                .blockSize(blockSize)
                .windowSize(windowSize)
                .build();
    }

    @TearDown
    public void stop() throws IOException {
        server.close();
        Files.delete(root.resolve("file"));
        Files.delete(root);
    }

    @Benchmark
    public TransferResult transfer() throws IOException {
        return client.get("file", OutputStream.nullOutputStream());
    }
}
