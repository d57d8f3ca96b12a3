package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.lease.AddressPool;
import dev.pxekit.dhcp.pxe.BootClient;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A link that DHCPv6 clients are on: one subnet, or several that share it. */
final class Network6 {

    private final List<Subnet6> subnets;
    private final ClassPools pools;

    /** @param own the server's own addresses, which no pool may give away */
    Network6(List<Subnet6> subnets, Collection<Inet6Address> own) {
        this.subnets = List.copyOf(subnets);
        this.pools = new ClassPools(subnets.stream()
                .flatMap(subnet -> subnet.classPools().stream())
                .map(pool -> pool.without(own))
                .toList());
    }

    List<Subnet6> subnets() {
        return subnets;
    }

    /** The subnet whose options are for clients that get no address. */
    Subnet6 first() {
        return subnets.get(0);
    }

    /** The pools that a client may have an address of. */
    List<AddressPool> pools(BootClient client) {
        return pools.of(client);
    }

    /** Whether an address is this server's to lease, to whomever. */
    boolean leases(InetAddress address) {
        return pools.contain(address)
                || subnets.stream()
                        .anyMatch(subnet -> subnet.reservations().addresses().contains(address));
    }

    /** What is reserved for a client, in the first subnet that has anything. */
    Optional<Reservations6.Reserved> reserved(Dhcp6Client client) {
        return subnets.stream()
                .flatMap(subnet -> subnet.reservations().of(client).stream())
                .findFirst();
    }

    Optional<Subnet6> subnet(InetAddress address) {
        return subnets.stream()
                .filter(subnet -> address instanceof Inet6Address six && subnet.contains(six))
                .findFirst();
    }

    boolean contains(InetAddress address) {
        return subnet(address).isPresent();
    }

    /** The subnets, such as {@code fd77::/64}. */
    @Override
    public String toString() {
        return subnets.stream().map(Subnet6::toString).collect(Collectors.joining(" + "));
    }
}
