package dev.pxekit.dhcp.transport;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The answers that run at the moment, by their threads on whatever executor, or wait for something, and whether more may begin. */
final class RunningAnswers {

    private final Set<Thread> threads = new HashSet<>();
    private int deferred;
    private boolean closed;

    /** Runs an answer unless closed; tells whether it did. */
    boolean run(Runnable answer) {
        if (!begin()) {
            return false;
        }
        try {
            answer.run();
        } finally {
            end();
        }
        return true;
    }

    /** The answer that runs on this thread goes on later, and counts as one that runs until then. */
    synchronized void defer() {
        deferred++;
    }

    /** Goes on with an answer that was deferred, also if closed since. */
    void resume(Runnable rest) {
        synchronized (this) {
            deferred--;
            threads.add(Thread.currentThread());
        }
        try {
            rest.run();
        } finally {
            end();
        }
    }

    /** An answer that was deferred does not go on. */
    synchronized void abandon() {
        deferred--;
        notifyAll();
    }

    private synchronized boolean begin() {
        if (!closed) {
            threads.add(Thread.currentThread());
        }
        return !closed;
    }

    private synchronized void end() {
        threads.remove(Thread.currentThread());
        notifyAll();
    }

    /** No answer begins after this returns. */
    synchronized void close() {
        closed = true;
    }

    /** Waits until no answer runs but the caller's own, the time is over, or the thread is interrupted. */
    synchronized void await(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        try {
            while (othersRun()) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean othersRun() {
        return deferred > 0 || threads.size() > (threads.contains(Thread.currentThread()) ? 1 : 0);
    }
}
