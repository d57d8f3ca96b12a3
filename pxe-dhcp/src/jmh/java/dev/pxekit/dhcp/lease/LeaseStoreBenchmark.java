package dev.pxekit.dhcp.lease;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv4;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many leases a second does a store of 100,000 renew, each durable when it is acknowledged, for 1, 8 and 64 threads? The
 * journal is in the directory for temporary files.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LeaseStoreBenchmark {

    private static final int LEASES = 100_000;
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    /** Which store. */
    @Param({"memory", "journal"})
    public String kind = "";

    private LeaseStore store = LeaseStore.inMemory();
    private Path directory = Path.of("");

    /** Opens an empty store; the leases come with the first claims. */
    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory("leases");
        if (kind.equals("journal")) {
            store = LeaseStore.journal(directory.resolve("leases"));
        }
    }

    /** Deletes the journal. */
    @TearDown
    public void close() throws IOException {
        store.close();
        Files.deleteIfExists(directory.resolve("leases"));
        Files.deleteIfExists(directory.resolve("leases.lock"));
        Files.delete(directory);
    }

    private boolean renew() throws IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        int number = random.nextInt(LEASES);
        byte[] octets = ByteBuffer.allocate(6).putInt(2, number).array();
        HardwareAddress hardware = HardwareAddress.of(octets);
        Instant end = NOW.plusMillis(random.nextInt(1, 1_000_000_000));
        ClientIdentifier client = ClientIdentifier.of(hardware);
        return store.claim(
                new Lease(Ipv4.of(0x0a00_0000 + number), client, hardware, "host", Lease.State.BOUND, end), NOW);
    }

    /** One server thread. */
    @Benchmark
    @Threads(1)
    public boolean renewWith1Thread() throws IOException {
        return renew();
    }

    /** A few. */
    @Benchmark
    @Threads(8)
    public boolean renewWith8Threads() throws IOException {
        return renew();
    }

    /** Many, that wait for the disk together. */
    @Benchmark
    @Threads(64)
    public boolean renewWith64Threads() throws IOException {
        return renew();
    }
}
