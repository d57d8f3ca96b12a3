package dev.pxekit.dhcp.lease;

import dev.pxekit.dhcp.ClientIdentifier;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Leases in memory. */
final class MemoryLeaseStore implements LeaseStore {

    private final LeaseTable table = new LeaseTable();

    @Override
    public synchronized Optional<Lease> find(InetAddress address) {
        return Optional.ofNullable(table.find(address));
    }

    @Override
    public synchronized List<Lease> find(ClientIdentifier client) {
        return table.find(client);
    }

    @Override
    public synchronized Optional<InetAddress> freeAddress(AddressPool pool, Instant now) {
        return table.freeAddress(pool, now);
    }

    @Override
    public synchronized Optional<InetAddress> offeredAddress(AddressPool pool, Instant now) {
        return table.offeredAddress(pool);
    }

    @Override
    public synchronized boolean claim(Lease lease, Instant now) {
        boolean permitted = table.permits(lease, now);
        if (permitted) {
            table.put(lease);
        }
        return permitted;
    }

    @Override
    public synchronized void forEach(Consumer<? super Lease> action) {
        table.forEach(action);
    }

    @Override
    public void close() {}
}
