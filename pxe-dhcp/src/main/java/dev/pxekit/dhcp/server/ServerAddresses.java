package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.internal.Ipv4;
import java.net.Inet4Address;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The addresses that a DHCPv4 server listens on, in the order in which they were added. */
final class ServerAddresses {

    private final Set<Inet4Address> addresses = new LinkedHashSet<>();

    /** @throws IllegalArgumentException if it is no unicast address, such as 0.0.0.0 */
    void add(Inet4Address address) {
        if (!Ipv4.isUnicast(address)) {
            throw new IllegalArgumentException("server address: " + address.getHostAddress()
                    + " (expected: the address of the interface that clients are reached by)");
        }
        addresses.add(address);
    }

    void addAll(ServerAddresses other) {
        addresses.addAll(other.addresses);
    }

    /** @throws IllegalArgumentException if there are none */
    List<Inet4Address> list() {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no server address: set it with bind(address)");
        }
        return List.copyOf(addresses);
    }
}
