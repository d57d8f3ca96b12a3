package dev.pxekit.tftp;

import java.time.Duration;

/**
 * When to send again: after the timeout, then after twice as long each time up to a ceiling, so often and no more.
 *
 * @param timeoutNanos the first wait
 * @param most retransmissions in a row without an answer
 * @param longestNanos the most of all these waits together
 * @param adaptive whether the first wait follows the round trips, once one is known
 */
record Retransmission(long timeoutNanos, int most, long longestNanos, boolean adaptive) {

    private static final long CEILING = Duration.ofSeconds(8).toNanos();

    private static final long LINGER = Duration.ofSeconds(1).toNanos();

    static Retransmission of(Duration timeout, int most) {
        return new Retransmission(timeout.toNanos(), most, Long.MAX_VALUE, false);
    }

    Retransmission adapting() {
        return new Retransmission(timeoutNanos, most, longestNanos, true);
    }

    /** How long to answer repetitions after the last ACK: until the peer, of like timeout up to a second, has sent once more. */
    long lingerNanos() {
        return Math.min(timeoutNanos, LINGER) * 3 / 2;
    }

    /** How long to wait after this many retransmissions in a row; 0 if there is no time left. */
    long waitNanos(RoundTripTime roundTrip, int soFar, long waitedNanos) {
        return waitNanos(adaptive ? roundTrip.timeout(timeoutNanos) : timeoutNanos, soFar, waitedNanos);
    }

    /** As the other, where no round trips are known. */
    long waitNanos(int soFar, long waitedNanos) {
        return waitNanos(timeoutNanos, soFar, waitedNanos);
    }

    private long waitNanos(long first, int soFar, long waitedNanos) {
        return Math.max(0, Math.min(waitNanos(first, soFar), longestNanos - waitedNanos));
    }

    private static long waitNanos(long first, int soFar) {
        long ceiling = Math.max(CEILING, first);
        long wait = first;
        for (int i = 0; i < soFar && wait < ceiling; i++) {
            wait *= 2;
        }
        return Math.min(wait, ceiling);
    }
}
