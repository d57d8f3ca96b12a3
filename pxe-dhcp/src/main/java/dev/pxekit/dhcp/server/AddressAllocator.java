package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.lease.AddressPool;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.lease.LeaseStore;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Picks addresses. A client gets, in this order (RFC 2131 §4.3.1): its address of before, the one it asks for, one that
 * follows from its identifier, so that it is likely the same after a server has lost its leases, and any free one. No other
 * client's address, offered ones included, is taken as long as there are others.
 */
final class AddressAllocator {

    /** How often another server or thread may take an address first before the client has to ask again. */
    private static final int ATTEMPTS = 16;

    private final LeaseStore store;
    private final Duration offerTime;

    AddressAllocator(LeaseStore store, Duration offerTime) {
        this.store = store;
        this.offerTime = offerTime;
    }

    /** Who wants an address. */
    record Claimant(ClientIdentifier client, HardwareAddress hardwareAddress, String hostName) {

        Lease lease(InetAddress address, Lease.State state, Instant end) {
            return new Lease(address, client, hardwareAddress, hostName, state, end);
        }
    }

    /** Holds an address for a client that discovers; empty if all are taken. */
    Optional<Lease> offer(Claimant who, List<AddressPool> pools, Optional<? extends InetAddress> wanted, Instant now)
            throws IOException {
        List<Lease> known = store.find(who.client()).stream()
                .filter(lease -> contains(pools, lease.address()))
                .toList();
        Optional<Lease> bound = known.stream()
                .filter(lease -> lease.state() == Lease.State.BOUND && lease.isActive(now))
                .findFirst();
        if (bound.isPresent()) {
            return bound;
        }
        if (!known.isEmpty()) {
            Optional<Lease> again = offerUntaken(who, pools, known.get(0).address(), now);
            if (again.isPresent()) {
                return again;
            }
        }
        if (wanted.isPresent()) {
            Optional<Lease> lease = offerUntaken(who, pools, wanted.get(), now);
            if (lease.isPresent()) {
                return lease;
            }
        }
        if (pools.isEmpty()) {
            return Optional.empty();
        }
        Optional<Lease> lease = offerUntaken(who, pools, preferred(pools, who.client()), now);
        return lease.isPresent() ? lease : offerAnyFree(who, pools, now);
    }

    /** Another client's offer is taken when no pool has anything else. */
    private Optional<Lease> offerAnyFree(Claimant who, List<AddressPool> pools, Instant now) throws IOException {
        Optional<Lease> lease = offerFirst(who, pools, store::freeAddress, now);
        return lease.isPresent() ? lease : offerFirst(who, pools, store::offeredAddress, now);
    }

    /** Finds an address of a pool. */
    private interface Search {
        Optional<InetAddress> in(AddressPool pool, Instant now) throws IOException;
    }

    private Optional<Lease> offerFirst(Claimant who, List<AddressPool> pools, Search search, Instant now)
            throws IOException {
        for (AddressPool pool : pools) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<InetAddress> free = search.in(pool, now);
                if (free.isEmpty()) {
                    break;
                }
                Optional<Lease> lease = offer(who, free.get(), now);
                if (lease.isPresent()) {
                    return lease;
                }
            }
        }
        return Optional.empty();
    }

    /** Offers an address that no other client holds, not even by an offer. */
    private Optional<Lease> offerUntaken(Claimant who, List<AddressPool> pools, InetAddress address, Instant now)
            throws IOException {
        if (!contains(pools, address)) {
            return Optional.empty();
        }
        boolean taken = store.find(address)
                .filter(lease -> lease.isActive(now) && !lease.client().equals(who.client()))
                .isPresent();
        return taken ? Optional.empty() : offer(who, address, now);
    }

    /** Offers an address; empty if it is bound to another client or declined. */
    Optional<Lease> offer(Claimant who, InetAddress address, Instant now) throws IOException {
        return claim(who.lease(address, Lease.State.OFFERED, now.plus(offerTime)), now);
    }

    /**
     * Records a lease without waiting until it is kept, which the recording does; empty if another client has the address or it is
     * declined.
     */
    Optional<Lease> record(Lease lease, Instant now, Recording recording) throws IOException {
        Optional<CompletableFuture<Void>> written = store.submit(lease, now);
        written.ifPresent(recording::add);
        return written.map(accepted -> lease);
    }

    /** Records a lease, and waits; empty if another client has the address or it is declined. */
    Optional<Lease> claim(Lease lease, Instant now) throws IOException {
        return store.claim(lease, now) ? Optional.of(lease) : Optional.empty();
    }

    private static boolean contains(List<AddressPool> pools, InetAddress address) {
        for (AddressPool pool : pools) {
            if (pool.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** The address of the pools that follows from an identifier alone. */
    private static InetAddress preferred(List<AddressPool> pools, ClientIdentifier client) {
        long addresses = pools.stream().mapToLong(AddressPool::span).sum();
        // Spreads identifiers that differ in their last octets only, as those of machines of one delivery do.
        long index = Integer.toUnsignedLong(client.hashCode() * 0x9e3779b9) % addresses;
        for (AddressPool pool : pools) {
            if (index < pool.span()) {
                return pool.address(index);
            }
            index -= pool.span();
        }
        throw new AssertionError("index within the pools");
    }
}
