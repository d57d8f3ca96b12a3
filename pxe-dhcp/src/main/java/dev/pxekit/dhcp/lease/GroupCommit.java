package dev.pxekit.dhcp.lease;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets all that waits to be written share the cost: while one group is written, by a thread that does nothing else, what comes
 * makes up the next. What comes alone is written at once; after a group of several the next begins four times as long after it as
 * it took to write, two milliseconds at most, so that more share it and the disk has time for others.
 *
 * @param <T> what is written
 */
final class GroupCommit<T> {

    /** From the beginning of one group to that of the next, in times of what the first took. */
    private static final int PACE = 4;

    private static final long MOST_PACE_NANOS = 2_000_000;

    private static final Logger logger = LoggerFactory.getLogger(GroupCommit.class);

    /** Where groups are written. */
    interface Log<T> {

        /** Writes a group: called by one thread, without the monitor. */
        void write(List<T> group) throws IOException;

        /** Called with the monitor held when a group was written, before anyone is told. */
        void written(List<T> group);

        /** Called with the monitor held when a group was not written, and will not be, before anyone is told. */
        void failed(List<T> group, IOException failure);

        /** Called when those who wait for a group were told, before another is written. */
        void afterwards(List<T> group);
    }

    private static final class Group<T> {

        final List<T> items = new ArrayList<>();
        final List<CompletableFuture<Void>> futures = new ArrayList<>();

        void tell(@Nullable IOException failure) {
            for (CompletableFuture<Void> future : futures) {
                if (failure == null) {
                    future.complete(null);
                } else {
                    future.completeExceptionally(failure);
                }
            }
        }
    }

    private final Object monitor;
    private final Log<T> log;
    private final Thread writer;
    private long nextBegins = System.nanoTime();
    private Group<T> open = new Group<>();
    private boolean resting;
    private boolean closing;

    /** @param name of the thread, which is a daemon and runs until {@link #close} */
    GroupCommit(Object monitor, Log<T> log, String name) {
        this.monitor = monitor;
        this.log = log;
        this.writer = new Thread(this::run, name);
        writer.setDaemon(true);
    }

    /** Lets the writing begin: what the log works on is there now. */
    void start() {
        writer.start();
    }

    /**
     * Puts an item into the next group, with the monitor held: that makes the order. {@link #wake} must be called afterwards.
     *
     * @return completes when the item was written, or with the IOException why it or one before it was not; on the thread that
     *     writes, which must not be kept from it
     */
    CompletableFuture<Void> add(T item) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        open.items.add(item);
        open.futures.add(future);
        return future;
    }

    /** Tells the thread that there is something to do; to be called without the monitor, as it is a system call. */
    void wake() {
        boolean asleep;
        synchronized (monitor) {
            asleep = resting;
            resting = false;
        }
        if (asleep) {
            LockSupport.unpark(writer);
        }
    }

    private void run() {
        while (true) {
            pace();
            Group<T> group = null;
            synchronized (monitor) {
                resting = open.items.isEmpty();
                if (!resting) {
                    group = open;
                    open = new Group<>();
                } else if (closing) {
                    return;
                }
            }
            if (group == null) {
                LockSupport.park(this);
                continue;
            }
            long begun = System.nanoTime();
            try {
                write(group);
            } catch (RuntimeException | Error e) {
                // Whoever waited for the group was told that it failed; the next one may go better.
                logger.atWarn().setCause(e).log("writing failed");
            }
            long end = System.nanoTime();
            nextBegins = group.items.size() == 1 ? end : begun + Math.min(PACE * (end - begun), MOST_PACE_NANOS);
        }
    }

    /** To force a disk takes the processor's time as well: under load it is done for more at once. */
    private void pace() {
        long early = nextBegins - System.nanoTime();
        if (early > 0) {
            LockSupport.parkNanos(this, early);
        }
    }

    private void write(Group<T> group) {
        IOException failure = new IOException("the writing ended with an error that is none of the disk");
        try {
            log.write(group.items);
            failure = null;
        } catch (IOException e) {
            failure = e;
        } finally {
            tell(group, failure);
        }
        log.afterwards(group.items);
    }

    /** What was added after a group that failed builds on it, and fails as well. */
    private void tell(Group<T> group, @Nullable IOException failure) {
        Group<T> next = new Group<>();
        synchronized (monitor) {
            if (failure == null) {
                log.written(group.items);
            } else {
                log.failed(group.items, failure);
                next = open;
                open = new Group<>();
                log.failed(next.items, failure);
            }
        }
        group.tell(failure);
        next.tell(failure);
    }

    /** Returns when all is written that was added, and the thread has ended; an interrupt changes nothing. */
    void close() {
        synchronized (monitor) {
            closing = true;
            resting = true;
        }
        wake();
        boolean interrupted = false;
        while (writer.isAlive()) {
            try {
                writer.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
