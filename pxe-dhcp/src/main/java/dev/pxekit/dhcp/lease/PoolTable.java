package dev.pxekit.dhcp.lease;

import dev.pxekit.dhcp.internal.Addresses;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which address of a pool a new client gets. Addresses that were never given are found by a cursor that passes each one once,
 * all others by their end.
 */
final class PoolTable {

    private static final Comparator<Lease> BY_END =
            Comparator.comparing(Lease::expiresAt).thenComparing(Lease::address, Addresses.ORDER);

    private final AddressPool pool;
    private final NavigableSet<Lease> offers = new TreeSet<>(BY_END);
    private final NavigableSet<Lease> leases = new TreeSet<>(BY_END);
    private long cursor;

    PoolTable(AddressPool pool) {
        this.pool = pool;
    }

    void add(Lease lease) {
        if (pool.contains(lease.address())) {
            of(lease).add(lease);
        }
    }

    void remove(Lease lease) {
        of(lease).remove(lease);
    }

    /** An address counts as never given again. */
    void rewind(InetAddress address) {
        if (pool.contains(address)) {
            cursor = Math.min(cursor, Addresses.distance(pool.first(), address));
        }
    }

    private NavigableSet<Lease> of(Lease lease) {
        return lease.state() == Lease.State.OFFERED ? offers : leases;
    }

    /** @param given every address that was ever given */
    Optional<InetAddress> freeAddress(Set<InetAddress> given, Instant now) {
        for (; cursor < pool.span(); cursor++) {
            InetAddress address = pool.address(cursor);
            if (pool.contains(address) && !given.contains(address)) {
                return Optional.of(address);
            }
        }
        if (hasEnded(offers, now)) {
            return Optional.of(offers.first().address());
        }
        return hasEnded(leases, now) ? Optional.of(leases.first().address()) : Optional.empty();
    }

    Optional<InetAddress> offeredAddress() {
        return offers.isEmpty() ? Optional.empty() : Optional.of(offers.first().address());
    }

    private static boolean hasEnded(NavigableSet<Lease> set, Instant now) {
        return !set.isEmpty() && !set.first().isActive(now);
    }
}
