package dev.pxekit.dhcp.transport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for tasks of which most are short and some wait for a disk or a database: one thread as long as it keeps up, as each
 * hand-over to another costs more than a short task; one more for each millisecond that the first task of the queue has waited
 * longer than that, unless tasks go by quickly: then it is the processors that are short; up to a limit. The thread that was
 * idle last is called first. Idle ones end after half a minute.
 *
 * <p>The queue has no bound of its own.
 */
final class WorkerThreads implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerThreads.class);
    private static final long IDLE_NANOS = 30_000_000_000L;
    private static final long PATIENCE_NANOS = 1_000_000L;

    /** What a task takes that does not wait for anything, and is not short of the processor, is less. */
    private static final long SHORT_NANOS = 250_000L;

    private final int most;
    private final ThreadFactory factory;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    private final Queue<Waiting> tasks = new ArrayDeque<>();
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final Set<Worker> workers = new HashSet<>();
    private boolean watched;
    private long watchedSince;
    private int taken;
    private boolean closed;

    private record Waiting(Runnable task, long since) {}

    /**
     * @param timer looks after the queue while tasks wait
     * @param nanoTime {@link System#nanoTime}
     */
    WorkerThreads(int most, ThreadFactory factory, ScheduledExecutorService timer, LongSupplier nanoTime) {
        this.most = most;
        this.factory = factory;
        this.timer = timer;
        this.nanoTime = nanoTime;
    }

    @Override
    public void execute(Runnable task) {
        Worker worker = null;
        synchronized (this) {
            if (closed) {
                throw new RejectedExecutionException("closed");
            }
            tasks.add(new Waiting(task, nanoTime.getAsLong()));
            if (workers.size() == idle.size()) {
                worker = call();
            } else {
                watch();
            }
        }
        if (worker != null) {
            worker.wake();
        }
    }

    /** The thread to wake for the tasks in the queue, if there can be one; with the lock held. */
    private @Nullable Worker call() {
        Worker worker = idle.poll();
        if (worker == null && workers.size() < most) {
            worker = new Worker();
            workers.add(worker);
        }
        return worker;
    }

    /** With the lock held. */
    private void watch() {
        if (watched) {
            return;
        }
        watched = true;
        watchedSince = nanoTime.getAsLong();
        taken = 0;
        try {
            timer.schedule(this::look, PATIENCE_NANOS, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            LOG.atDebug().setCause(e).log("the event loops are shut down");
        }
    }

    /** Calls another thread if the first task has waited too long, as those that are there are held up. */
    private void look() {
        Worker worker = null;
        synchronized (this) {
            watched = false;
            Waiting first = tasks.peek();
            if (first != null) {
                long now = nanoTime.getAsLong();
                worker = now - first.since() >= PATIENCE_NANOS && areHeldUp(now) ? call() : null;
                watch();
            }
        }
        if (worker != null) {
            worker.wake();
        }
    }

    /** Whether the threads that are not idle spent longer on a task, in the middle, than a short one takes. */
    private boolean areHeldUp(long now) {
        return (workers.size() - idle.size()) * (now - watchedSince) >= taken * SHORT_NANOS;
    }

    synchronized int threads() {
        return workers.size();
    }

    /** Takes no more tasks, forgets those in the queue and interrupts those that run. */
    @Override
    public synchronized void close() {
        closed = true;
        tasks.clear();
        workers.forEach(worker -> worker.thread.interrupt());
    }

    private final class Worker implements Runnable {

        private final Thread thread = factory.newThread(this);

        /** Without the lock, as it is a system call. */
        void wake() {
            if (thread.getState() != Thread.State.NEW) {
                LockSupport.unpark(thread);
                return;
            }
            try {
                thread.start();
            } catch (Error e) {
                // No memory for another: the others go on, and the next task tries again.
                synchronized (WorkerThreads.this) {
                    workers.remove(this);
                }
                LOG.atWarn().setCause(e).log("cannot start a thread");
            }
        }

        @Override
        public void run() {
            for (Runnable task = take(); task != null; task = take()) {
                try {
                    task.run();
                } catch (RuntimeException | Error e) {
                    LOG.atWarn().setCause(e).log("task failed");
                }
            }
        }

        /** The next task, or null to end. */
        private @Nullable Runnable take() {
            long end = nanoTime.getAsLong() + IDLE_NANOS;
            while (true) {
                synchronized (WorkerThreads.this) {
                    boolean resting = idle.contains(this);
                    Waiting next = resting ? null : tasks.poll();
                    if (next != null) {
                        taken++;
                        return next.task();
                    }
                    if (closed || end - nanoTime.getAsLong() <= 0) {
                        idle.remove(this);
                        workers.remove(this);
                        return null;
                    }
                    if (!resting) {
                        idle.push(this);
                    }
                }
                if (!Thread.interrupted()) {
                    LockSupport.parkNanos(this, end - nanoTime.getAsLong());
                }
            }
        }
    }
}
