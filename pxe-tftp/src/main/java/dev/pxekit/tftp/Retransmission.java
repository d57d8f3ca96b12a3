package dev.pxekit.tftp;

import java.time.Duration;

/**
 * When to send again: after the timeout, then after twice as long each time up to a ceiling, so often and no more.
 *
 * @param timeoutNanos the first wait
 * @param most retransmissions in a row without an answer
 */
record Retransmission(long timeoutNanos, int most) {

    private static final long CEILING = Duration.ofSeconds(8).toNanos();

    static Retransmission of(Duration timeout, int most) {
        return new Retransmission(timeout.toNanos(), most);
    }

    /** How long to wait after this many retransmissions in a row. */
    long waitNanos(int soFar) {
        long ceiling = Math.max(CEILING, timeoutNanos);
        long wait = timeoutNanos;
        for (int i = 0; i < soFar && wait < ceiling; i++) {
            wait *= 2;
        }
        return Math.min(wait, ceiling);
    }
}
