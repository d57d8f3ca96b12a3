package dev.pxekit.tftp;

/**
 * How long a client takes to answer, and from that how long to wait for it (RFC 6298 §2, as RFC 1123 §4.2.3.2 asks of TFTP).
 * Samples are of packets that were sent once only (Karn's algorithm).
 */
final class RoundTripTime {

    /** As TCP does it: shorter waits would take a client that is busy writing for one that lost a packet. */
    private static final long LEAST_WAIT = 200_000_000L;

    private static final long MOST_WAIT = 8_000_000_000L;

    private static final long UNKNOWN = Long.MAX_VALUE;

    private long least = UNKNOWN;
    private long smoothed;
    private long variation;

    void sample(long nanos) {
        if (least == UNKNOWN) {
            smoothed = nanos;
            variation = nanos / 2;
        } else {
            variation += (Math.abs(smoothed - nanos) - variation) / 4;
            smoothed += (nanos - smoothed) / 8;
        }
        least = Math.min(least, nanos);
    }

    /** The shortest seen; a large number before the first sample. */
    long least() {
        return least;
    }

    /** The time after which a packet counts as lost, or what is given before the first sample. */
    long timeout(long initial) {
        return least == UNKNOWN ? initial : Math.min(MOST_WAIT, Math.max(LEAST_WAIT, smoothed + 4 * variation));
    }
}
