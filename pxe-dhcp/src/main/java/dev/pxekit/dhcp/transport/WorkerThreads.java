package dev.pxekit.dhcp.transport;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads for tasks of which some are short and some wait for a disk: as many as have to wait at once, up to a limit, and no
 * more than that. Tasks stand in one queue; the thread that was idle last takes the next one; while a thread is on its way, no
 * other is woken; and a thread that leaves tasks behind in the queue wakes the next. Idle ones end after half a minute.
 *
 * <p>The queue has no bound of its own.
 */
final class WorkerThreads implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerThreads.class);
    private static final long IDLE_NANOS = 30_000_000_000L;

    private final int most;
    private final ThreadFactory factory;
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final Deque<Worker> idle = new ArrayDeque<>();
    private final Set<Worker> workers = new HashSet<>();
    private boolean oneIsComing;
    private boolean closed;

    WorkerThreads(int most, ThreadFactory factory) {
        this.most = most;
        this.factory = factory;
    }

    @Override
    public void execute(Runnable task) {
        Worker worker;
        synchronized (this) {
            if (closed) {
                throw new RejectedExecutionException("closed");
            }
            tasks.add(task);
            worker = call();
        }
        if (worker != null) {
            worker.wake();
        }
    }

    /** The thread to wake for the tasks in the queue, if there has to be one; with the lock held. */
    private @Nullable Worker call() {
        if (oneIsComing || tasks.isEmpty()) {
            return null;
        }
        Worker worker = idle.poll();
        if (worker == null && workers.size() < most) {
            worker = new Worker();
            workers.add(worker);
        }
        if (worker != null) {
            worker.called = true;
            oneIsComing = true;
        }
        return worker;
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
        private boolean called;
        private boolean resting;

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
                    oneIsComing = false;
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
            long end = System.nanoTime() + IDLE_NANOS;
            while (true) {
                Runnable task;
                Worker helper = null;
                synchronized (WorkerThreads.this) {
                    if (called) {
                        called = false;
                        oneIsComing = false;
                        resting = false;
                    }
                    task = tasks.poll();
                    if (task != null) {
                        rest(false);
                        helper = call();
                    } else if (closed || end - System.nanoTime() <= 0) {
                        rest(false);
                        workers.remove(this);
                        return null;
                    } else {
                        rest(true);
                    }
                }
                if (helper != null) {
                    helper.wake();
                }
                if (task != null) {
                    return task;
                }
                if (Thread.interrupted()) {
                    continue;
                }
                LockSupport.parkNanos(this, end - System.nanoTime());
            }
        }

        private void rest(boolean wanted) {
            if (wanted && !resting) {
                idle.push(this);
            } else if (!wanted && resting) {
                idle.remove(this);
            }
            resting = wanted;
        }
    }
}
