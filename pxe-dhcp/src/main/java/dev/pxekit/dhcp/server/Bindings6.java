package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.lease.AddressPool;
import dev.pxekit.dhcp.lease.Lease;
import dev.pxekit.dhcp.lease.LeaseStore;
import dev.pxekit.dhcp.v6.IaAddress;
import dev.pxekit.dhcp.v6.IaNa;
import dev.pxekit.dhcp.v6.IdentityAssociation;
import java.io.IOException;
import java.net.Inet6Address;
import java.time.Duration;
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
    private final Subnet6 subnet;
    private final List<AddressPool> pools;
    private final Dhcp6Client client;
    private final Instant now;
    private final Optional<Reservations6.Reserved> reserved;
    private boolean reservedGiven;

    /** @param pools those of the subnet, without the server's own addresses */
    Bindings6(
            LeaseStore store,
            AddressAllocator addresses,
            Subnet6 subnet,
            List<AddressPool> pools,
            Dhcp6Client client,
            Instant now) {
        this.store = store;
        this.addresses = addresses;
        this.subnet = subnet;
        this.pools = pools;
        this.client = client;
        this.now = now;
        this.reserved = subnet.reservations().of(client);
    }

    /** Holds an address for an association: the reserved one, its address of before, the one it asks for, or any. */
    Optional<Lease> offer(IaNa association) throws IOException {
        Optional<Lease> kept = offerReserved(association.iaid());
        Optional<Inet6Address> wanted =
                association.addresses().stream().map(IaAddress::address).findFirst();
        return kept.isPresent() ? kept : addresses.offer(client.claimant(association.iaid()), pools, wanted, now);
    }

    private Optional<Lease> offerReserved(long iaid) throws IOException {
        if (reservedGiven || reserved.isEmpty()) {
            return Optional.empty();
        }
        Inet6Address address = reserved.get().address();
        AddressAllocator.Claimant holder = holder(iaid, address);
        Optional<Lease> bound = boundTo(holder, address).filter(lease -> lease.isActive(now));
        Optional<Lease> lease = bound.isPresent() ? bound : addresses.offer(holder, address, now);
        reservedGiven = lease.isPresent();
        return lease;
    }

    /** Grants or extends a lease; empty if another client was faster. */
    Optional<Lease> bind(Lease lease) throws IOException {
        return addresses.claim(lease.to(Lease.State.BOUND, end()), now);
    }

    /**
     * Extends the association's lease; empty if it has none, not even one that ended and that nobody took since. A reserved address
     * takes the place of one of the pools.
     */
    Optional<Lease> extend(IaNa association) throws IOException {
        Optional<Lease> bound = store.find(client.claimant(association.iaid()).client()).stream()
                .filter(lease -> pools.stream().anyMatch(pool -> pool.contains(lease.address())))
                .filter(lease -> lease.state() == Lease.State.BOUND)
                .findFirst();
        if (reserved.isPresent()) {
            Inet6Address address = reserved.get().address();
            boolean known = bound.isPresent()
                    || boundTo(holder(association.iaid(), address), address).isPresent();
            Optional<Lease> kept = known ? offerReserved(association.iaid()) : Optional.empty();
            bound = kept.isPresent() ? kept : bound;
        }
        return bound.isPresent() ? bind(bound.get()) : Optional.empty();
    }

    /**
     * Binds the first of the addresses that an association lists and can have, for a client that the server does not know, or
     * does not know any more.
     */
    Optional<Lease> bindListed(IaNa association) throws IOException {
        for (IaAddress listed : association.addresses()) {
            Inet6Address address = listed.address();
            AddressAllocator.Claimant holder = holder(association.iaid(), address);
            boolean taken = store.find(address)
                    .filter(lease -> lease.isActive(now) && !lease.client().equals(holder.client()))
                    .isPresent();
            if (leases(address) && !taken) {
                Optional<Lease> bound = addresses.claim(holder.lease(address, Lease.State.BOUND, end()), now);
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
        return own.isPresent() ? addresses.claim(own.get().to(state, expiresAt), now) : Optional.empty();
    }

    /** Whether the server leases an address to this client, if nobody else has it. */
    boolean leases(Inet6Address address) {
        return isReserved(address) || pools.stream().anyMatch(pool -> pool.contains(address));
    }

    private boolean isReserved(Inet6Address address) {
        return reserved.filter(kept -> kept.address().equals(address)).isPresent();
    }

    private AddressAllocator.Claimant holder(long iaid, Inet6Address address) {
        return reserved.filter(kept -> isReserved(address))
                .flatMap(Reservations6.Reserved::holder)
                .map(client::claimant)
                .orElseGet(() -> client.claimant(iaid));
    }

    private Optional<Lease> boundTo(AddressAllocator.Claimant holder, Inet6Address address) throws IOException {
        return store.find(address)
                .filter(lease -> lease.client().equals(holder.client()) && lease.state() == Lease.State.BOUND);
    }

    private Instant end() {
        Duration valid = subnet.validLifetime();
        return valid.equals(IdentityAssociation.INFINITY) ? Lease.NEVER : now.plus(valid);
    }
}
