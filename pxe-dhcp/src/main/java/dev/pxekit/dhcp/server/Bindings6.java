package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.lease.LeaseStore;
import dev.pxekit.dhcp.v6.IaAddress;
import dev.pxekit.dhcp.v6.IaNa;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The addresses of one client while one of its messages is answered: what its identity associations have and can get. Each
 * association has one address; the client's reserved one goes to the first that asks.
 */
final class Bindings6 {

    private final LeaseStore store;
    private final AddressAllocator addresses;
    private final Dhcp6Request request;
    private final Dhcp6Client client;
    private final Instant now;
    private boolean reservedGiven;

    Bindings6(LeaseStore store, AddressAllocator addresses, Dhcp6Request request, Instant now) {
        this.store = store;
        this.addresses = addresses;
        this.request = request;
        this.client = request.client();
        this.now = now;
    }

    /** Whether an association has no lease on the client's network, not even one that ended. */
    boolean isUnknown(IaNa association) throws IOException {
        return leases(association).isEmpty();
    }

    private List<Lease> leases(IaNa association) throws IOException {
        return store.find(client.claimant(association.iaid()).client()).stream()
                .filter(lease -> request.network().contains(lease.address()))
                .toList();
    }

    /** Holds an address for an association: the reserved one, its address of before, the one it asks for, or any. */
    Optional<Lease> offer(IaNa association) throws IOException {
        Optional<Lease> kept = offerReserved(association.iaid());
        Optional<Inet6Address> wanted =
                association.addresses().stream().map(IaAddress::address).findFirst();
        return kept.isPresent()
                ? kept
                : addresses.offer(client.claimant(association.iaid()), request.pools(), wanted, now);
    }

    private Optional<Lease> offerReserved(long iaid) throws IOException {
        if (reservedGiven || request.reserved().isEmpty()) {
            return Optional.empty();
        }
        Inet6Address address = request.reserved().get().address();
        AddressAllocator.Claimant holder = holder(iaid, address);
        Optional<Lease> bound = boundTo(holder, address).filter(lease -> lease.isActive(now));
        Optional<Lease> lease = bound.isPresent() ? bound : addresses.offer(holder, address, now);
        reservedGiven = lease.isPresent();
        return lease;
    }

    /** Grants or extends a lease; empty if another client was faster. */
    Optional<Lease> bind(Lease lease) throws IOException {
        return record(lease.to(Lease.State.BOUND, end(lease.address())));
    }

    /**
     * Extends the association's lease; empty if it has none, not even one that ended and that nobody took since. A reserved address
     * takes the place of one of the pools.
     */
    Optional<Lease> extend(IaNa association) throws IOException {
        Optional<Lease> bound = leases(association).stream()
                .filter(lease -> request.pools().stream().anyMatch(pool -> pool.contains(lease.address())))
                .filter(lease -> lease.state() == Lease.State.BOUND)
                .findFirst();
        if (request.reserved().isPresent()) {
            Inet6Address address = request.reserved().get().address();
            boolean known = bound.isPresent()
                    || boundTo(holder(association.iaid(), address), address).isPresent();
            Optional<Lease> kept = known ? offerReserved(association.iaid()) : Optional.empty();
            if (kept.isPresent()) {
                return replace(bound, kept.get());
            }
        }
        return bound.isPresent() ? bind(bound.get()) : Optional.empty();
    }

    /** Binds the reserved address; that of a pool which the association had is free again. */
    private Optional<Lease> replace(Optional<Lease> before, Lease reserved) throws IOException {
        Optional<Lease> lease = bind(reserved);
        if (lease.isPresent()
                && before.filter(old -> !old.address().equals(reserved.address()))
                        .isPresent()) {
            record(before.get().to(Lease.State.RELEASED, now));
        }
        return lease;
    }

    /**
     * Binds the first of the addresses that an association lists and can have, for a client that the server does not know, or
     * does not know any more.
     */
    Optional<Lease> bindListed(IaNa association) throws IOException {
        for (IaAddress listed : association.addresses()) {
            Inet6Address address = listed.address();
            if (!request.mayHave(address)) {
                continue;
            }
            AddressAllocator.Claimant holder = holder(association.iaid(), address);
            boolean taken = store.find(address)
                    .filter(lease -> lease.isActive(now) && !lease.client().equals(holder.client()))
                    .isPresent();
            if (!taken) {
                Optional<Lease> bound = record(holder.lease(address, Lease.State.BOUND, end(address)));
                if (bound.isPresent()) {
                    return bound;
                }
            }
        }
        return Optional.empty();
    }

    /** Ends the client's lease of an address; empty if it has none. */
    Optional<Lease> end(long iaid, Inet6Address address, Lease.State state, Instant expiresAt) throws IOException {
        Optional<Lease> own = boundTo(holder(iaid, address), address);
        return own.isPresent() ? record(own.get().to(state, expiresAt)) : Optional.empty();
    }

    private Optional<Lease> record(Lease lease) throws IOException {
        return addresses.record(lease, now, request.recording());
    }

    private AddressAllocator.Claimant holder(long iaid, Inet6Address address) {
        return request.reserved()
                .filter(kept -> request.isReserved(address))
                .flatMap(Reservations6.Reserved::holder)
                .map(client::claimant)
                .orElseGet(() -> client.claimant(iaid));
    }

    private Optional<Lease> boundTo(AddressAllocator.Claimant holder, Inet6Address address) throws IOException {
        return store.find(address)
                .filter(lease -> lease.client().equals(holder.client()) && lease.state() == Lease.State.BOUND);
    }

    private Instant end(InetAddress address) {
        return request.lifetimes(address).end(now);
    }
}
