package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.v6.IdentityAssociation;
import java.time.Duration;
import java.time.Instant;

/**
 * How long an address can be used.
 *
 * @param preferred for new connections
 * @param valid at all
 */
record Lifetimes6(Duration preferred, Duration valid) {

    /** T1 must be possible in whole seconds, and every client needs time to renew. */
    private static final Duration SHORTEST = Duration.ofSeconds(60);

    Lifetimes6 {
        if (preferred.compareTo(SHORTEST) < 0
                || valid.compareTo(preferred) < 0
                || valid.compareTo(IdentityAssociation.INFINITY) > 0) {
            throw new IllegalArgumentException("preferred lifetime: " + preferred + ", valid lifetime: " + valid
                    + " (expected: 60 seconds to 4294967295 seconds, preferred not longer than valid)");
        }
    }

    /** T1 and T2 of an association, by the fractions of RFC 8415 §14.2 and §21.4. */
    Duration tenths(int tenths) {
        return preferred.equals(IdentityAssociation.INFINITY)
                ? preferred
                : Duration.ofSeconds(
                        preferred.multipliedBy(tenths).dividedBy(10).toSeconds());
    }

    /** When a lease that begins now ends. */
    Instant end(Instant now) {
        return valid.equals(IdentityAssociation.INFINITY) ? Lease.NEVER : now.plus(valid);
    }
}
