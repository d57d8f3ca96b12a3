package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.lease.AddressPool;
import dev.pxekit.dhcp.pxe.BootClient;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A link that clients are on: one subnet, or several that share it. */
final class Network {

    private final List<Subnet> subnets;
    private final ClassPools pools;

    /** @param reserved addresses that no pool may give away */
    Network(List<Subnet> subnets, Collection<Inet4Address> reserved) {
        this.subnets = List.copyOf(subnets);
        List<ClassPool> all = new ArrayList<>();
        for (Subnet subnet : subnets) {
            List<Inet4Address> kept = reserved.stream().filter(subnet::contains).toList();
            subnet.classPools().forEach(pool -> all.add(pool.without(kept)));
        }
        this.pools = new ClassPools(all);
    }

    List<Subnet> subnets() {
        return subnets;
    }

    /** The pools that a client may have an address of. */
    List<AddressPool> pools(BootClient client) {
        return pools.of(client);
    }

    Optional<Subnet> subnet(InetAddress address) {
        for (Subnet subnet : subnets) {
            if (address instanceof Inet4Address four && subnet.contains(four)) {
                return Optional.of(subnet);
            }
        }
        return Optional.empty();
    }

    boolean contains(InetAddress address) {
        return subnet(address).isPresent();
    }

    /** The subnets, such as {@code 10.77.0.0/24}. */
    @Override
    public String toString() {
        return subnets.stream().map(Subnet::toString).collect(Collectors.joining(" + "));
    }
}
