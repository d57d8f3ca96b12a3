package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.lease.Lease;
import java.time.Duration;
import java.time.Instant;

/** How long a lease can be. */
final class LeaseTime {

    /** All ones in option 51 (RFC 2131 §3.3). */
    static final Duration WITHOUT_END = Duration.ofSeconds(0xffff_ffffL);

    /** Renewing in half of it must be possible in whole seconds, and every client needs time to. */
    private static final Duration SHORTEST = Duration.ofSeconds(60);

    private LeaseTime() {}

    /** @throws IllegalArgumentException if it is out of range */
    static Duration checked(Duration time) {
        if (time.compareTo(SHORTEST) < 0 || time.compareTo(WITHOUT_END) > 0) {
            throw new IllegalArgumentException("lease time: " + time + " (expected: 60 seconds to 4294967295 seconds)");
        }
        return time;
    }

    /** What a client gets that asks for some time: not more than there is to have, and not less than it needs. */
    static Duration granted(Duration asked, Duration most) {
        if (asked.compareTo(most) >= 0) {
            return most;
        }
        return asked.compareTo(SHORTEST) < 0 ? SHORTEST : asked;
    }

    static Instant end(Instant start, Duration time) {
        return time.equals(WITHOUT_END) ? Lease.NEVER : start.plus(time);
    }
}
