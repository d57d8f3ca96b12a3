package dev.pxekit.dhcp.server;

import java.time.Duration;
import java.time.Instant;

/**
 * How many clients without a lease a network takes on in a time: a token bucket. Whoever makes up clients to use up a pool waits
 * for it; clients that the server knows do not. Safe for use by several threads.
 */
final class NewClientLimit {

    private final int most;
    private final Duration time;
    private double tokens;
    private Instant filled = Instant.MIN;

    /**
     * @param most how many at once, and in each time
     * @param time how long it takes until as many are admitted again
     */
    NewClientLimit(int most, Duration time) {
        this.most = most;
        this.time = time;
        this.tokens = most;
    }

    /** Whether there is room for one: if so, all count, those beyond the limit on what comes after. */
    synchronized boolean admits(int clients, Instant now) {
        if (filled.equals(Instant.MIN) || now.isBefore(filled)) {
            filled = now;
        }
        double passed = Duration.between(filled, now).toNanos() / (double) time.toNanos();
        tokens = Math.min(most, tokens + passed * most);
        filled = now;
        if (tokens < 1) {
            return false;
        }
        tokens -= clients;
        return true;
    }
}
