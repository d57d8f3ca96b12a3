package dev.pxekit.dhcp.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait for an answer before asking again. */
interface Retransmission {

    /**
     * The wait after a question was sent.
     *
     * @param attempt 0 for the first time that it was sent
     * @param previous the wait before; zero at first
     */
    Duration wait(int attempt, Duration previous, RandomGenerator random);

    /**
     * Exponential backoff of RFC 2131 §4.1: twice as long each time, 16 times as long at most, each more or less by up to a quarter
     * of the first; with four seconds this is 4, 8, 16, 32, 64, 64 ... plus or minus one.
     */
    static Retransmission rfc2131(Duration first) {
        return (attempt, previous, random) -> {
            long jitter = first.toNanos() / 4;
            return first.multipliedBy(1L << Math.min(attempt, 4)).plusNanos(random.nextLong(-jitter, jitter + 1));
        };
    }

    /**
     * The rule of RFC 8415 §15: twice as long each time up to a limit, each more or less by up to a tenth.
     *
     * @param first the initial retransmission time
     * @param most the maximum retransmission time
     * @param longerAtFirst whether the first wait is never shorter than told, as for SOLICIT (§18.2.1)
     */
    static Retransmission rfc8415(Duration first, Duration most, boolean longerAtFirst) {
        return (attempt, previous, random) -> {
            if (attempt == 0) {
                return vary(first, longerAtFirst ? 0 : -1, random);
            }
            Duration next = previous.plus(vary(previous, -1, random));
            return next.compareTo(most) > 0 ? vary(most, -1, random) : next;
        };
    }

    private static Duration vary(Duration time, int lowest, RandomGenerator random) {
        long tenth = time.toNanos() / 10;
        return time.plusNanos(random.nextLong(lowest * tenth, tenth + 1));
    }
}
