package dev.pxekit.examples.cli;

import dev.pxekit.tftp.TftpClient;
import dev.pxekit.tftp.TransferListener;
import dev.pxekit.tftp.TransferResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Clients that fetch one file at the same time, again and again. */
final class Bench {

    private final TftpClient client;
    private final String name;
    private final int clients;
    private final Supplier<Schedule> schedules;

    /**
     * @param schedules asked when the clients begin, once for each
     */
    Bench(TftpClient client, String name, int clients, Supplier<Schedule> schedules) {
        this.client = client;
        this.name = name;
        this.clients = clients;
        this.schedules = schedules;
    }

    /** Whether a client goes on. */
    @FunctionalInterface
    interface Schedule {

        /** Whether there is to be one more after this many transfers, at least one. */
        boolean goesOn(int transfers);
    }

    static Supplier<Schedule> times(int repeats) {
        return () -> transfers -> transfers < repeats;
    }

    static Supplier<Schedule> during(Duration duration) {
        return () -> {
            long startedAt = System.nanoTime();
            return transfers -> System.nanoTime() - startedAt < duration.toNanos();
        };
    }

    /** Runs all clients to their end. An interrupt ends them at once. */
    BenchReport run() throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            CountDownLatch ready = new CountDownLatch(clients);
            CountDownLatch start = new CountDownLatch(1);
            List<Future<List<BenchSample>>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                running.add(threads.submit(() -> {
                    ready.countDown();
                    start.await();
                    return fetchAll();
                }));
            }
            ready.await();
            long startedAt = System.nanoTime();
            start.countDown();
            List<BenchSample> samples = new ArrayList<>();
            for (Future<List<BenchSample>> one : running) {
                samples.addAll(one.get());
            }
            return new BenchReport(clients, Duration.ofNanos(System.nanoTime() - startedAt), samples);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client of the benchmark broke", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private List<BenchSample> fetchAll() {
        Schedule schedule = schedules.get();
        List<BenchSample> samples = new ArrayList<>();
        do {
            samples.add(fetch());
        } while (schedule.goesOn(samples.size()) && !Thread.currentThread().isInterrupted());
        return samples;
    }

    private BenchSample fetch() {
        Retransmissions retransmissions = new Retransmissions();
        ContentDigest digest = new ContentDigest();
        try {
            TransferResult result =
                    client.toBuilder().listener(retransmissions).build().get(name, digest);
            return BenchSample.completed(result, digest.content());
        } catch (IOException e) {
            return BenchSample.failed(String.valueOf(e.getMessage()), retransmissions.count);
        }
    }

    /** Those of a transfer that fails, too, which says so by an exception only. */
    private static final class Retransmissions implements TransferListener {

        private long count;

        @Override
        public void ended(TransferResult result) {
            count = result.retransmissions();
        }
    }
}
