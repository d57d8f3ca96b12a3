package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.lease.AddressPool;
import dev.pxekit.dhcp.pxe.BootClient;
import java.net.InetAddress;
import java.util.List;

/** The pools of a network that have addresses. */
final class ClassPools {

    private final List<ClassPool> pools;
    private final List<AddressPool> all;

    ClassPools(List<ClassPool> pools) {
        this.pools = pools.stream().filter(pool -> pool.pool().size() > 0).toList();
        this.all = this.pools.stream().map(ClassPool::pool).toList();
    }

    /** Those that a client may have an address of. */
    List<AddressPool> of(BootClient client) {
        for (ClassPool pool : pools) {
            if (!pool.isFor(client)) {
                return pools.stream()
                        .filter(each -> each.isFor(client))
                        .map(ClassPool::pool)
                        .toList();
            }
        }
        return all;
    }

    /** Whether an address is in any of them. */
    boolean contain(InetAddress address) {
        return all.stream().anyMatch(pool -> pool.contains(address));
    }
}
