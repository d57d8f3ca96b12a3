package dev.pxekit.dhcp.transport;

import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Token buckets: one for all, and one for each of the clients seen last, in a table of fixed size. A bucket is kept as the time
 * at which it is full again. Where a new client needs room, the fullest of four buckets is forgotten, which is the one with
 * the least to say. Safe for use by several threads.
 */
final class RateLimiter {

    static final String CLIENT = "a client asks too often";
    static final String TOTAL = "too many requests in all";

    /** Together 16,384 clients, in 256 KiB. */
    private static final int SET_BITS = 12;

    private static final int WAYS = 4;
    /** The golden ratio, for hashes that differ in their low bits only. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final double NANOS = 1e9;

    private final long clientInterval;
    private final long clientTolerance;
    private final double totalInterval;
    private final LongSupplier nanoTime;
    private final long begin;
    private final long[] clients = new long[WAYS << SET_BITS];
    private final long[] fullAt = new long[WAYS << SET_BITS];
    private double totalFullAt;

    RateLimiter(RateLimits limits, LongSupplier nanoTime) {
        this.clientInterval = (long) (NANOS / limits.clientPerSecond());
        this.clientTolerance = clientInterval * limits.clientBurst();
        this.totalInterval = NANOS / limits.totalPerSecond();
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /** Takes a token of the client and one of all. Tells why there is none. */
    synchronized Optional<String> take(long client) {
        long now = nanoTime.getAsLong() - begin;
        int slot = slot(client);
        long clientFull = Math.max(fullAt[slot], now) + clientInterval;
        if (clientFull - now > clientTolerance) {
            return Optional.of(CLIENT);
        }
        double totalFull = Math.max(totalFullAt, (double) now) + totalInterval;
        if (totalFull - now > NANOS) {
            return Optional.of(TOTAL);
        }
        fullAt[slot] = clientFull;
        totalFullAt = totalFull;
        return Optional.empty();
    }

    private int slot(long client) {
        int first = (int) ((client * SPREAD) >>> (64 - SET_BITS)) * WAYS;
        int fullest = first;
        for (int slot = first; slot < first + WAYS; slot++) {
            if (clients[slot] == client) {
                return slot;
            }
            if (fullAt[slot] < fullAt[fullest]) {
                fullest = slot;
            }
        }
        clients[fullest] = client;
        fullAt[fullest] = 0;
        return fullest;
    }
}
