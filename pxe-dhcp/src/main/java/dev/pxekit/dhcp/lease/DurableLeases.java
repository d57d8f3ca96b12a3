package dev.pxekit.dhcp.lease;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leases as they are, and as they are on the disk where that is something else: under an offer, and while a claim is written.
 * Not safe for use by several threads at once.
 */
final class DurableLeases {

    private final LeaseTable table = new LeaseTable();

    /** What is on the disk of the addresses of which the table has something else. */
    private final Map<InetAddress, Optional<Lease>> onDisk = new HashMap<>();

    /** The leases as they are; not to be changed but by the methods of this class. */
    LeaseTable table() {
        return table;
    }

    /** Records what is on the disk already. */
    void load(Lease lease) {
        table.put(lease);
    }

    /** Records what is not on the disk, or not yet. */
    void put(Lease lease) {
        Lease before = table.put(lease);
        onDisk.putIfAbsent(lease.address(), Optional.ofNullable(before));
    }

    /** What was recorded is on the disk now; something else may have been recorded since. */
    void written(Lease lease) {
        if (lease.equals(table.find(lease.address()))) {
            onDisk.remove(lease.address());
        } else {
            onDisk.put(lease.address(), Optional.of(lease));
        }
    }

    /** What was recorded is not on the disk: all that was recorded of its address since is void. */
    void failed(Lease lease) {
        Optional<Lease> kept = onDisk.remove(lease.address());
        if (kept != null) {
            kept.ifPresentOrElse(table::put, () -> table.forget(lease.address()));
        }
    }

    /** What is on the disk, the lease that was claimed last last. */
    List<Lease> onDisk() {
        List<Lease> leases = new ArrayList<>(table.size());
        table.forEach(lease -> {
            Optional<Lease> other = onDisk.get(lease.address());
            if (other == null) {
                leases.add(lease);
            } else {
                other.ifPresent(leases::add);
            }
        });
        return leases;
    }
}
