package dev.pxekit.dhcp.transport;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one client one after the other in the order in which they came, and those of different clients side by
 * side: a RELEASE must not be overtaken by the DISCOVER after it. Only clients that are being answered are known.
 */
final class ClientOrder {

    private final Executor executor;
    private final IntConsumer lost;
    private final Map<Long, Lane> lanes = new HashMap<>();

    /**
     * @param executor runs the tasks
     * @param lost told how many tasks that were taken will never run, as the executor took no more
     */
    ClientOrder(Executor executor, IntConsumer lost) {
        this.executor = executor;
        this.lost = lost;
    }

    /**
     * Runs a task after those of the same client.
     *
     * @throws RejectedExecutionException if the executor takes no more
     */
    void execute(long client, Runnable task) {
        Lane lane;
        synchronized (lanes) {
            lane = lanes.get(client);
            if (lane != null) {
                lane.tasks.add(task);
                return;
            }
            lane = new Lane(client, task);
            lanes.put(client, lane);
        }
        try {
            executor.execute(lane);
        } catch (RuntimeException | Error e) {
            // An executor may run the task at once: an error with the task gone is the task's own.
            int abandoned = lane.abandon(task);
            if (abandoned > 1) {
                lost.accept(abandoned - 1);
            }
            if (abandoned > 0) {
                throw e instanceof RejectedExecutionException rejected
                        ? rejected
                        : new RejectedExecutionException("the executor failed", e);
            }
            throw e;
        }
    }

    private final class Lane implements Runnable {

        private final long client;
        private final Queue<Runnable> tasks = new ArrayDeque<>(2);

        Lane(long client, Runnable task) {
            this.client = client;
            tasks.add(task);
        }

        @Override
        public void run() {
            try {
                for (Runnable task = next(); task != null; task = next()) {
                    task.run();
                }
            } catch (RuntimeException | Error e) {
                goOn(e);
                throw e;
            }
        }

        private @Nullable Runnable next() {
            synchronized (lanes) {
                Runnable task = tasks.poll();
                if (task == null) {
                    lanes.remove(client);
                }
                return task;
            }
        }

        /** The executor did not take the lane: how many tasks go with it, none if the given one has run. */
        int abandon(Runnable first) {
            synchronized (lanes) {
                int waiting = tasks.size();
                if (!tasks.contains(first)) {
                    return 0;
                }
                tasks.clear();
                lanes.remove(client);
                return waiting;
            }
        }

        /** A task ended with an error: the ones behind it have to run all the same. */
        private void goOn(Throwable error) {
            Runnable following;
            synchronized (lanes) {
                following = tasks.peek();
                if (following == null) {
                    lanes.remove(client);
                    return;
                }
            }
            try {
                executor.execute(this);
            } catch (RuntimeException | Error e) {
                error.addSuppressed(e);
                int abandoned = abandon(following);
                if (abandoned > 0) {
                    lost.accept(abandoned);
                }
            }
        }
    }
}
