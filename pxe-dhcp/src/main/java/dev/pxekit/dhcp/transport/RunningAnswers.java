package dev.pxekit.dhcp.transport;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** The threads that answer a request at the moment, on whatever executor, and whether more may begin. */
final class RunningAnswers {

    private final Set<Thread> threads = new HashSet<>();
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
        return threads.size() > (threads.contains(Thread.currentThread()) ? 1 : 0);
    }
}
