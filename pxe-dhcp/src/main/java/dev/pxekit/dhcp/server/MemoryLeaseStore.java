package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.internal.Ipv4;
import java.net.Inet4Address;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Leases in memory, one table for each subnet. A table knows its leases by address, by client and by end; addresses that were
 * never given are found by a cursor that passes each one once.
 */
final class MemoryLeaseStore implements LeaseStore {

    private final Map<Subnet, Table> tables = new ConcurrentHashMap<>();

    @Override
    public Optional<Lease> find(Subnet subnet, ClientIdentifier client) {
        return table(subnet).find(client);
    }

    @Override
    public Optional<Lease> find(Subnet subnet, Inet4Address address) {
        return table(subnet).find(address);
    }

    @Override
    public Optional<Inet4Address> freeAddress(Subnet subnet, Instant now) {
        return table(subnet).freeAddress(now);
    }

    @Override
    public boolean claim(Subnet subnet, Lease lease, Instant now) {
        if (!subnet.leases(lease.address())) {
            throw new IllegalArgumentException(lease.address().getHostAddress() + " is in no pool of subnet " + subnet);
        }
        return table(subnet).claim(lease, now);
    }

    @Override
    public List<Lease> leases(Subnet subnet) {
        return table(subnet).leases();
    }

    private Table table(Subnet subnet) {
        return tables.computeIfAbsent(subnet, key -> new Table(key.pools()));
    }

    private static final class Table {

        private final List<AddressPool> pools;
        private final Map<Inet4Address, Lease> byAddress = new HashMap<>();
        private final Map<ClientIdentifier, Lease> byClient = new HashMap<>();
        private final NavigableSet<Lease> byEnd = new TreeSet<>(
                Comparator.comparing(Lease::expiresAt).thenComparingLong(lease -> Ipv4.toLong(lease.address())));
        private int cursorPool;
        private long cursorIndex;

        Table(List<AddressPool> pools) {
            this.pools = pools;
        }

        synchronized Optional<Lease> find(ClientIdentifier client) {
            return Optional.ofNullable(byClient.get(client));
        }

        synchronized Optional<Lease> find(Inet4Address address) {
            return Optional.ofNullable(byAddress.get(address));
        }

        synchronized List<Lease> leases() {
            return List.copyOf(byAddress.values());
        }

        synchronized Optional<Inet4Address> freeAddress(Instant now) {
            while (cursorPool < pools.size()) {
                AddressPool pool = pools.get(cursorPool);
                if (cursorIndex == pool.size()) {
                    cursorPool++;
                    cursorIndex = 0;
                    continue;
                }
                Inet4Address address = pool.address(cursorIndex);
                if (!byAddress.containsKey(address)) {
                    return Optional.of(address);
                }
                cursorIndex++;
            }
            return byEnd.isEmpty() || byEnd.first().isActive(now)
                    ? Optional.empty()
                    : Optional.of(byEnd.first().address());
        }

        synchronized boolean claim(Lease lease, Instant now) {
            Lease holder = byAddress.get(lease.address());
            if (holder != null && !isFor(lease.client(), holder) && holder.isActive(now)) {
                return false;
            }
            if (holder != null) {
                remove(holder);
            }
            Lease other = byClient.get(lease.client());
            if (other != null) {
                remove(other);
                add(other.to(Lease.State.RELEASED, now));
            }
            add(lease);
            if (lease.state() != Lease.State.DECLINED) {
                byClient.put(lease.client(), lease);
            }
            return true;
        }

        private static boolean isFor(ClientIdentifier client, Lease lease) {
            return lease.state() != Lease.State.DECLINED && lease.client().equals(client);
        }

        private void add(Lease lease) {
            byAddress.put(lease.address(), lease);
            byEnd.add(lease);
        }

        private void remove(Lease lease) {
            byAddress.remove(lease.address());
            byEnd.remove(lease);
            byClient.remove(lease.client(), lease);
        }
    }
}
