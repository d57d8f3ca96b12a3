package dev.pxekit.media.internal.extraction;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that do tasks in the order in which they come, and a bounded queue. After the first failure tasks still run, and
 * find that they are stopped: what they hold they give back.
 */
final class Workers implements AutoCloseable {

    private static final String INTERRUPTED = "the extraction was interrupted";

    private static final int MOST_WAITING = 64;

    private final ExecutorService executor;
    private final Semaphore places;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Workers(int threads) {
        AtomicInteger number = new AtomicInteger();
        this.places = new Semaphore(threads + MOST_WAITING);
        this.executor = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "pxekit-extract-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Waits for a place in the queue. */
    void submit(Runnable task) throws InterruptedIOException {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        executor.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                stop(e);
            } finally {
                places.release();
            }
        });
    }

    /** Ends the work; only the first cause counts. */
    void stop(Throwable cause) {
        failure.compareAndSet(null, cause);
    }

    boolean isStopped() {
        return failure.get() != null;
    }

    /** Throws what has ended the work, an interrupt of this thread included. */
    void check() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted();
        }
        Throwable cause = failure.get();
        if (cause instanceof IOException e) {
            throw e;
        }
        if (cause instanceof RuntimeException e) {
            throw e;
        }
        if (cause instanceof Error e) {
            throw e;
        }
    }

    private InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupt = new InterruptedIOException(INTERRUPTED);
        stop(interrupt);
        return interrupt;
    }

    /** Waits for the tasks; an interrupt meanwhile stops them. */
    @Override
    public void close() {
        executor.shutdown();
        boolean wasInterrupted = false;
        boolean ended = false;
        while (!ended) {
            try {
                ended = executor.awaitTermination(1, TimeUnit.DAYS);
            } catch (InterruptedException e) {
                wasInterrupted = true;
                stop(new InterruptedIOException(INTERRUPTED));
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
