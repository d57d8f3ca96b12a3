package dev.pxekit.dhcp.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the packets of one client one after the other in the order in which they came, and those of different clients side by
 * side: a RELEASE must not be overtaken by the DISCOVER after it.
 */
final class ClientOrder {

    private static final int LANES = 64;

    /** The {@code chaddr} field (RFC 2131 §2). */
    private static final int HARDWARE_ADDRESS = 28;

    private static final int HARDWARE_ADDRESS_END = 44;

    private final Executor executor;
    private final IntConsumer lost;
    private final Lane[] lanes = new Lane[LANES];

    /**
     * @param executor runs the tasks
     * @param lost told how many tasks that were taken will never run, as the executor took no more
     */
    ClientOrder(Executor executor, IntConsumer lost) {
        this.executor = executor;
        this.lost = lost;
        for (int i = 0; i < LANES; i++) {
            lanes[i] = new Lane();
        }
    }

    /**
     * Runs a task after those of the same client.
     *
     * @throws RejectedExecutionException if the executor takes no more
     */
    void execute(byte[] packet, Runnable task) {
        int hash = 1;
        for (int i = HARDWARE_ADDRESS; i < HARDWARE_ADDRESS_END && i < packet.length; i++) {
            hash = 31 * hash + packet[i];
        }
        lanes[Math.floorMod(hash, LANES)].add(task);
    }

    private final class Lane {

        private final Queue<Runnable> tasks = new ArrayDeque<>();
        private boolean running;

        synchronized void add(Runnable task) {
            tasks.add(task);
            if (running) {
                return;
            }
            running = true;
            try {
                executor.execute(this::run);
            } catch (RuntimeException | Error e) {
                // An executor may run the task at once: an error with the task gone is the task's own.
                if (tasks.remove(task)) {
                    running = false;
                    throw e instanceof RejectedExecutionException rejected
                            ? rejected
                            : new RejectedExecutionException("the executor failed", e);
                }
                throw e;
            }
        }

        private void run() {
            try {
                for (Runnable task = next(); task != null; task = next()) {
                    task.run();
                }
            } catch (RuntimeException | Error e) {
                goOn(e);
                throw e;
            }
        }

        private synchronized @Nullable Runnable next() {
            Runnable task = tasks.poll();
            running = task != null;
            return task;
        }

        /** A task ended with an error: the ones behind it have to run all the same, or the lane be free for those to come. */
        private synchronized void goOn(Throwable error) {
            running = !tasks.isEmpty();
            if (!running) {
                return;
            }
            int waiting = tasks.size();
            try {
                executor.execute(this::run);
            } catch (RuntimeException | Error e) {
                error.addSuppressed(e);
                if (tasks.size() == waiting) {
                    running = false;
                    tasks.clear();
                    lost.accept(waiting);
                }
            }
        }
    }
}
