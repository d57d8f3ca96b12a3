package dev.pxekit.examples.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Interrupts the thread that made it when the process is told to end, and gives it a moment to clean up. */
final class InterruptAtExit {

    private static final long MOMENT_SECONDS = 5;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    InterruptAtExit() {
        Thread caller = Thread.currentThread();
        hook = new Thread(() -> end(caller), "pxekit-exit");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void end(Thread caller) {
        caller.interrupt();
        try {
            done.await(MOMENT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The thread has cleaned up, or has come to its end by itself. */
    void done() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is ending: the hook runs, and waits for us no longer
        }
    }
}
