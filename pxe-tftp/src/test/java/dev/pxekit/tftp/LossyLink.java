package dev.pxekit.tftp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Two hosts and the network between them, in one thread and on a clock that jumps from event to event. Packets are lost,
 * doubled and delayed by a seeded generator, so every run is the same.
 */
final class LossyLink {

    static final long MILLISECOND = 1_000_000;

    interface Host {
        void tick(long now) throws IOException;

        long deadline();
    }

    interface Delivery {
        void arrive(long now) throws IOException;
    }

    private record Event(long at, long order, Delivery delivery) {}

    private final Random random;
    private final double loss;
    private final double duplication;
    private final double reordering;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private long now = 1_000_000_000L;
    private long order;

    int carried;

    LossyLink(long seed, double loss, double duplication, double reordering) {
        this.random = new Random(seed);
        this.loss = loss;
        this.duplication = duplication;
        this.reordering = reordering;
    }

    static LossyLink perfect() {
        return new LossyLink(0, 0, 0, 0);
    }

    long now() {
        return now;
    }

    /** Carries a packet, or loses it, or doubles it. */
    void carry(Delivery delivery) {
        carried++;
        if (random.nextDouble() < loss) {
            return;
        }
        enqueue(delivery);
        if (random.nextDouble() < duplication) {
            enqueue(delivery);
        }
    }

    private void enqueue(Delivery delivery) {
        long delay = MILLISECOND + (random.nextDouble() < reordering ? random.nextInt(5) * MILLISECOND : 0);
        after(delay, delivery);
    }

    /** Does something later that is no packet. */
    void after(long nanos, Delivery delivery) {
        events.add(new Event(now + nanos, order++, delivery));
    }

    /** Runs until nothing is on its way and no host waits for its deadline, or for so many steps. */
    void run(int mostSteps, Host... hosts) {
        try {
            for (int step = 0; step < mostSteps; step++) {
                long next = events.isEmpty() ? Long.MAX_VALUE : events.peek().at();
                Host due = null;
                for (Host host : hosts) {
                    if (host.deadline() < next) {
                        next = host.deadline();
                        due = host;
                    }
                }
                if (next == Long.MAX_VALUE) {
                    return;
                }
                now = Math.max(now, next);
                if (due == null) {
                    events.remove().delivery().arrive(now);
                } else {
                    due.tick(now);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new AssertionError("still not over after " + mostSteps + " steps");
    }
}
