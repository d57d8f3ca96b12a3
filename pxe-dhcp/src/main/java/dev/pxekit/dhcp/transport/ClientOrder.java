package dev.pxekit.dhcp.transport;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the tasks of one client one after the other in the order in which they came, and those of different clients side by
 * side: a RELEASE must not be overtaken by the DISCOVER after it. Only clients that are being answered are known.
 */
final class ClientOrder<T extends Runnable> {

    private final Executor executor;
    private final Consumer<? super T> lost;
    private final Map<Long, Lane> lanes = new HashMap<>();

    /**
     * @param executor runs the tasks
     * @param lost told of each task that was taken and will never run, as the executor took no more
     */
    ClientOrder(Executor executor, Consumer<? super T> lost) {
        this.executor = executor;
        this.lost = lost;
    }

    /**
     * Runs a task after those of the same client.
     *
     * @throws RejectedExecutionException if the executor takes no more
     */
    void execute(long client, T task) {
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
            List<T> abandoned = lane.abandon(task);
            if (!abandoned.isEmpty()) {
                abandoned.subList(1, abandoned.size()).forEach(lost);
                throw e instanceof RejectedExecutionException rejected
                        ? rejected
                        : new RejectedExecutionException("the executor failed", e);
            }
            throw e;
        }
    }

    private final class Lane implements Runnable {

        private final long client;
        private final Queue<T> tasks = new ArrayDeque<>(2);

        Lane(long client, T task) {
            this.client = client;
            tasks.add(task);
        }

        @Override
        public void run() {
            try {
                for (T task = next(); task != null; task = next()) {
                    task.run();
                }
            } catch (RuntimeException | Error e) {
                goOn(e);
                throw e;
            }
        }

        private @Nullable T next() {
            synchronized (lanes) {
                T task = tasks.poll();
                if (task == null) {
                    lanes.remove(client);
                }
                return task;
            }
        }

        /** The executor did not take the lane: the tasks that go with it, none if the first one has run. */
        @SuppressWarnings("ReferenceEquality") // two tasks that are equal are two tasks
        List<T> abandon(T first) {
            synchronized (lanes) {
                if (tasks.peek() != first) {
                    return List.of();
                }
                List<T> waiting = List.copyOf(tasks);
                tasks.clear();
                lanes.remove(client);
                return waiting;
            }
        }

        /** A task ended with an error: the ones behind it have to run all the same. */
        private void goOn(Throwable error) {
            T following;
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
                abandon(following).forEach(lost);
            }
        }
    }
}
