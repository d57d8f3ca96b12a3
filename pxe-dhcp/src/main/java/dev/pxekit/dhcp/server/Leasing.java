package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.lease.LeaseStore;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a client has and may have: its lease, its reservation, or an address of the pools of its network. */
final class Leasing {

    private final LeaseStore store;
    private final AddressAllocator allocator;
    private final ReservationTable reservations;

    Leasing(LeaseStore store, Duration offerTime, ReservationTable reservations) {
        this.store = store;
        this.allocator = new AddressAllocator(store, offerTime);
        this.reservations = reservations;
    }

    /** The client's leases on its network, declined ones left out, the one claimed last first. */
    List<Lease> find(ClientRequest request) throws IOException {
        List<Lease> leases = new ArrayList<>();
        for (Lease lease : store.find(request.claimant().client())) {
            if (request.network().contains(lease.address())) {
                leases.add(lease);
            }
        }
        return leases;
    }

    /** The client's lease of an address. */
    Optional<Lease> find(ClientRequest request, InetAddress address) throws IOException {
        return find(request).stream()
                .filter(lease -> lease.address().equals(address))
                .findFirst();
    }

    /**
     * The lease that was acknowledged to the client and is its still. An offer, or a lease that ended or was given back, says
     * nothing of where the client went since.
     */
    Optional<Lease> bound(ClientRequest request, Instant now) throws IOException {
        for (Lease lease : find(request)) {
            if (lease.state() == Lease.State.BOUND && lease.isActive(now)) {
                return Optional.of(lease);
            }
        }
        return Optional.empty();
    }

    /** An address for a client that discovers: the reserved one, or one of the pools; empty if there is none. */
    Optional<Lease> offer(ClientRequest request, Instant now) throws IOException {
        Optional<Inet4Address> reserved = request.reservedAddress();
        if (reserved.isPresent()) {
            Optional<Lease> held =
                    bound(request, now).filter(lease -> lease.address().equals(reserved.get()));
            Optional<Lease> lease = held.isPresent() ? held : allocator.offer(request.claimant(), reserved.get(), now);
            if (lease.isPresent()) {
                return lease;
            }
        }
        return allocator.offer(
                request.claimant(), request.pools(), request.packet().options().get(DhcpOption.REQUESTED_ADDRESS), now);
    }

    /** Whether another address is reserved for the client, and free for it to have. */
    boolean hasBetter(ClientRequest request, InetAddress address, Instant now) throws IOException {
        return request.reservedAddress().filter(address::equals).isEmpty() && canHaveReserved(request, now);
    }

    /** Whether an address is reserved for the client, and free for it to have. */
    boolean canHaveReserved(ClientRequest request, Instant now) throws IOException {
        Optional<Inet4Address> reserved = request.reservedAddress();
        if (reserved.isEmpty()) {
            return false;
        }
        Lease claim = request.claimant().lease(reserved.get(), Lease.State.BOUND, now);
        return store.find(reserved.get())
                .map(lease -> lease.yieldsTo(claim, now))
                .orElse(true);
    }

    /** Whether the address is reserved for another client. */
    boolean isReservedForAnother(ClientRequest request, Inet4Address address) {
        return reservations
                .of(address)
                .filter(owner -> request.reservation().filter(owner::equals).isEmpty())
                .isPresent();
    }

    /**
     * Leases an address to the client, whose other lease on the network ends; the request tells when both are kept.
     *
     * @return empty if the client may not have it, or another client has it
     */
    Optional<Lease> bind(ClientRequest request, Inet4Address address, Instant now, Duration time) throws IOException {
        if (!request.mayHave(address)) {
            return Optional.empty();
        }
        Optional<Lease> other =
                bound(request, now).filter(lease -> !lease.address().equals(address));
        Optional<Lease> lease = allocator.record(
                request.claimant().lease(address, Lease.State.BOUND, LeaseTime.end(now, time)),
                now,
                request.recording());
        if (lease.isPresent() && other.isPresent()) {
            end(request, other.get(), Lease.State.RELEASED, now, now);
        }
        return lease;
    }

    /** Moves a lease of the client to another state; empty if another client has the address by now. */
    Optional<Lease> end(ClientRequest request, Lease lease, Lease.State state, Instant now, Instant end)
            throws IOException {
        return allocator.record(lease.to(state, end), now, request.recording());
    }

    /** Moves a lease that was found to another state and waits; empty if another client has the address by now. */
    Optional<Lease> end(Lease lease, Lease.State state, Instant now, Instant end) throws IOException {
        return allocator.claim(lease.to(state, end), now);
    }
}
