package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import java.io.IOException;
import java.net.Inet4Address;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Picks addresses. A client gets, in this order (RFC 2131 §4.3.1): its address of before, the one it asks for, one that
 * follows from its identifier, so that it is likely the same after a server has lost its leases, and any free one.
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

    /** The client's lease in a subnet, if its address is still in a pool. */
    Optional<Lease> find(Subnet subnet, DhcpPacket request) throws IOException {
        return store.find(subnet, ClientIdentifier.of(request)).filter(lease -> subnet.leases(lease.address()));
    }

    /** Holds an address for a client that discovers; empty if all are taken. */
    Optional<Lease> offer(Subnet subnet, DhcpPacket request, Instant now) throws IOException {
        Optional<Lease> known = find(subnet, request);
        if (known.isPresent()) {
            Lease lease = known.get();
            if (lease.state() == Lease.State.BOUND && lease.isActive(now)) {
                return known;
            }
            Optional<Lease> again = offer(subnet, request, lease.address(), now);
            if (again.isPresent()) {
                return again;
            }
        }
        Optional<Inet4Address> wanted = request.options().get(DhcpOption.REQUESTED_ADDRESS);
        if (wanted.isPresent()) {
            Optional<Lease> lease = offer(subnet, request, wanted.get(), now);
            if (lease.isPresent()) {
                return lease;
            }
        }
        Optional<Lease> lease = offer(subnet, request, preferred(subnet, ClientIdentifier.of(request)), now);
        return lease.isPresent() ? lease : offerAnyFree(subnet, request, now);
    }

    private Optional<Lease> offerAnyFree(Subnet subnet, DhcpPacket request, Instant now) throws IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Inet4Address> free = store.freeAddress(subnet, now);
            if (free.isEmpty()) {
                return Optional.empty();
            }
            Optional<Lease> lease = offer(subnet, request, free.get(), now);
            if (lease.isPresent()) {
                return lease;
            }
        }
        return Optional.empty();
    }

    private Optional<Lease> offer(Subnet subnet, DhcpPacket request, Inet4Address address, Instant now)
            throws IOException {
        return claim(subnet, request, address, Lease.State.OFFERED, now, now.plus(offerTime));
    }

    /** Leases an address to the client; empty if it is in no pool or another client's. */
    Optional<Lease> bind(Subnet subnet, DhcpPacket request, Inet4Address address, Instant now, Duration leaseTime)
            throws IOException {
        return claim(subnet, request, address, Lease.State.BOUND, now, now.plus(leaseTime));
    }

    /** Moves a lease that was found to another state; empty if another client has the address by now. */
    Optional<Lease> move(Subnet subnet, Lease lease, Lease.State state, Instant now, Instant end) throws IOException {
        Lease moved = lease.to(state, end);
        return store.claim(subnet, moved, now) ? Optional.of(moved) : Optional.empty();
    }

    private Optional<Lease> claim(
            Subnet subnet, DhcpPacket request, Inet4Address address, Lease.State state, Instant now, Instant end)
            throws IOException {
        if (!subnet.leases(address)) {
            return Optional.empty();
        }
        Lease lease = new Lease(address, ClientIdentifier.of(request), request.clientHardwareAddress(), state, end);
        return store.claim(subnet, lease, now) ? Optional.of(lease) : Optional.empty();
    }

    /** The address of the pools that follows from an identifier alone. */
    private static Inet4Address preferred(Subnet subnet, ClientIdentifier client) {
        long addresses = subnet.pools().stream().mapToLong(AddressPool::size).sum();
        // Spreads identifiers that differ in their last octets only, as those of machines of one delivery do.
        long index = Integer.toUnsignedLong(client.hashCode() * 0x9e3779b9) % addresses;
        for (AddressPool pool : subnet.pools()) {
            if (index < pool.size()) {
                return pool.address(index);
            }
            index -= pool.size();
        }
        throw new AssertionError("index within the pools");
    }
}
