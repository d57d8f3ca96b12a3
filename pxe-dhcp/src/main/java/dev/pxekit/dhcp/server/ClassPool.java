package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.lease.AddressPool;
import dev.pxekit.dhcp.pxe.BootClient;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;

/**
 * A pool and who may have its addresses.
 *
 * @param pool the pool
 * @param classes those whose members may; none for everyone
 */
record ClassPool(AddressPool pool, List<ClientClass> classes) {

    boolean isFor(BootClient client) {
        if (classes.isEmpty()) {
            return true;
        }
        for (ClientClass each : classes) {
            if (each.contains(client)) {
                return true;
            }
        }
        return false;
    }

    ClassPool without(Collection<? extends InetAddress> addresses) {
        return new ClassPool(pool.without(addresses), classes);
    }
}
