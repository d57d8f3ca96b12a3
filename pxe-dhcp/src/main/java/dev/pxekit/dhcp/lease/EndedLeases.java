package dev.pxekit.dhcp.lease;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Finds the address of a pool whose offer or lease ended longest ago, by an index of all pools' leases in the order of their
 * ends, and likewise the offer that will end first. What was looked at and is another pool's, or left out of this one, is not
 * looked at again: each kind has a moment before which this pool has nothing.
 *
 * <p>Ends before that moment come into being by servers whose clocks are behind, and by hand: therefore the search begins a
 * little before it, and now and then at the beginning.
 */
final class EndedLeases {

    private static final long SKEW = Duration.ofMinutes(10).toMillis();
    private static final long FROM_THE_BEGINNING = Duration.ofHours(1).toMillis();
    private static final int FIRST_PAGE = 64;
    private static final int GROWTH = 16;

    /** With this many lost races the choice is among 2^5 addresses. */
    private static final int MOST_RIVALRY = 5;

    private final AddressPool pool;
    private final RandomGenerator random;
    private long nothingOfferedBefore = Long.MIN_VALUE;
    private long nothingLeasedBefore = Long.MIN_VALUE;
    private long begun = Long.MIN_VALUE;

    private Optional<InetAddress> latest = Optional.empty();
    private int rivalry;

    EndedLeases(AddressPool pool, RandomGenerator random) {
        this.pool = pool;
        this.random = random;
    }

    /** An address and the end of its lease. */
    record End(InetAddress address, long millis) {}

    /** The leases of all pools in the order of their ends. */
    interface Ends {

        /**
         * Those of a pool between two ends.
         *
         * @param offered whether offers, or all others
         * @param from the earliest end
         * @param to the latest end
         * @param most how many at most
         */
        List<End> between(boolean offered, long from, long to, AddressPool pool, int most) throws IOException;
    }

    Optional<InetAddress> find(Ends source, Instant now) throws IOException {
        long time = LeaseRow.millis(now);
        restartNowAndThen(time);
        List<End> offers = first(source, true, time, time);
        return choose(offers.isEmpty() ? first(source, false, time, time) : offers);
    }

    /** The offer that ends first, whether it has ended or not. */
    Optional<InetAddress> findOffer(Ends source, Instant now) throws IOException {
        return choose(first(source, true, Long.MAX_VALUE, LeaseRow.millis(now)));
    }

    /** The first leases of this pool. */
    private List<End> first(Ends source, boolean offered, long to, long now) throws IOException {
        long from = Math.min(nothingBefore(offered), now);
        for (int most = FIRST_PAGE; ; most = Math.multiplyExact(most, GROWTH)) {
            List<End> page = source.between(offered, from < Long.MIN_VALUE + SKEW ? from : from - SKEW, to, pool, most);
            List<End> ours =
                    page.stream().filter(end -> pool.contains(end.address())).toList();
            if (!ours.isEmpty() || page.size() < most) {
                nothingBefore(
                        offered,
                        from,
                        ours.isEmpty() ? now : Math.min(ours.get(0).millis(), now));
                return ours;
            }
        }
    }

    private synchronized long nothingBefore(boolean offered) {
        return offered ? nothingOfferedBefore : nothingLeasedBefore;
    }

    /** Unless a claim has come between that set it back. */
    private synchronized void nothingBefore(boolean offered, long expected, long millis) {
        if (offered && nothingOfferedBefore >= expected) {
            nothingOfferedBefore = millis;
        } else if (!offered && nothingLeasedBefore >= expected) {
            nothingLeasedBefore = millis;
        }
    }

    private synchronized void restartNowAndThen(long now) {
        if (begun == Long.MIN_VALUE || now - begun >= FROM_THE_BEGINNING) {
            begun = now;
            nothingOfferedBefore = Long.MIN_VALUE;
            nothingLeasedBefore = Long.MIN_VALUE;
        }
    }

    /** The first; or, as long as others are often faster, one of the first. */
    private synchronized Optional<InetAddress> choose(List<End> ended) {
        latest = Optional.empty();
        if (!ended.isEmpty()) {
            int index = random.nextInt(Math.min(ended.size(), 1 << rivalry));
            latest = Optional.of(ended.get(index).address());
        }
        return latest;
    }

    /** What came of a claim by this server. */
    synchronized void claimed(Lease lease, boolean recorded) {
        if (latest.filter(lease.address()::equals).isPresent()) {
            rivalry = recorded ? Math.max(rivalry - 1, 0) : Math.min(rivalry + 1, MOST_RIVALRY);
        }
        long end = LeaseRow.millis(lease.expiresAt());
        if (recorded && pool.contains(lease.address())) {
            if (lease.state() == Lease.State.OFFERED) {
                nothingOfferedBefore = Math.min(nothingOfferedBefore, end);
            } else {
                nothingLeasedBefore = Math.min(nothingLeasedBefore, end);
            }
        }
    }
}
