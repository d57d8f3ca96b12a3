package dev.pxekit.dhcp.lease;

import dev.pxekit.dhcp.ClientIdentifier;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Leases in memory, known by address, by client, and for each pool by their end. Not safe for use by several threads at once:
 * the store around it takes care of that.
 *
 * <p>What is known of a pool is made when it is first asked for, at the cost of a look at every lease, and kept up from then on.
 */
final class LeaseTable {

    /** The lease claimed last last. */
    private final Map<InetAddress, Lease> byAddress = new LinkedHashMap<>();

    /** The lists are immutable, the lease claimed last first. */
    private final Map<ClientIdentifier, List<Lease>> byClient = new HashMap<>();

    private final Map<AddressPool, PoolTable> pools = new HashMap<>();

    @Nullable
    Lease find(InetAddress address) {
        return byAddress.get(address);
    }

    List<Lease> find(ClientIdentifier client) {
        return byClient.getOrDefault(client, List.of());
    }

    int size() {
        return byAddress.size();
    }

    /** Shows every lease, the one claimed last last. */
    void forEach(Consumer<? super Lease> action) {
        byAddress.values().forEach(action);
    }

    Optional<InetAddress> freeAddress(AddressPool pool, Instant now) {
        return pools.computeIfAbsent(pool, this::newPoolTable).freeAddress(byAddress.keySet(), now);
    }

    Optional<InetAddress> offeredAddress(AddressPool pool) {
        return pools.computeIfAbsent(pool, this::newPoolTable).offeredAddress();
    }

    private PoolTable newPoolTable(AddressPool pool) {
        PoolTable table = new PoolTable(pool);
        byAddress.values().forEach(table::add);
        return table;
    }

    /** Whether a claim may be recorded. */
    boolean permits(Lease claim, Instant now) {
        Lease holder = byAddress.get(claim.address());
        return holder == null || holder.yieldsTo(claim, now);
    }

    /** Records a lease in place of that of the same address, which is returned. */
    @Nullable
    Lease put(Lease lease) {
        Lease before = take(lease.address());
        byAddress.put(lease.address(), lease);
        pools.values().forEach(pool -> pool.add(lease));
        if (lease.state() != Lease.State.DECLINED) {
            byClient.merge(lease.client(), List.of(lease), (old, one) -> latest(lease, old));
        }
        return before;
    }

    /** Forgets the lease of an address, as if it had never been given. */
    void forget(InetAddress address) {
        take(address);
        pools.values().forEach(pool -> pool.rewind(address));
    }

    private @Nullable Lease take(InetAddress address) {
        Lease lease = byAddress.remove(address);
        if (lease != null) {
            pools.values().forEach(pool -> pool.remove(lease));
            byClient.computeIfPresent(lease.client(), (client, leases) -> without(lease, leases));
        }
        return lease;
    }

    private static List<Lease> latest(Lease lease, List<Lease> old) {
        List<Lease> all = new ArrayList<>(old);
        all.add(0, lease);
        return List.copyOf(all.subList(0, Math.min(all.size(), LeaseStore.MOST_LEASES_OF_CLIENT)));
    }

    private static @Nullable List<Lease> without(Lease lease, List<Lease> leases) {
        List<Lease> others = leases.stream()
                .filter(other -> !other.address().equals(lease.address()))
                .toList();
        return others.isEmpty() ? null : others;
    }
}
