package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.Octets;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.RelayHeader;
import java.net.Inet6Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which subnet a client is on, by the rules that {@link Subnet6} documents. */
final class Subnets6 {

    private final List<Subnet6> subnets;

    /** The server's interfaces and their addresses. */
    private final Map<String, List<Inet6Address>> interfaces;

    Subnets6(List<Subnet6> subnets, Map<String, List<Inet6Address>> interfaces) {
        this.subnets = subnets;
        this.interfaces = interfaces;
    }

    Optional<Subnet6> of(Dhcp6Message received, Arrival6 arrival) {
        List<Dhcp6Message> relays = new ArrayList<>(received.relayChain());
        Collections.reverse(relays);
        Optional<Subnet6> named = relays.stream()
                .flatMap(relay -> relay.options().get(Dhcp6Option.INTERFACE_ID).stream())
                .flatMap(id -> subnets.stream().filter(subnet -> subnet.hasInterfaceId(Octets.of(id))))
                .findFirst();
        if (named.isPresent()) {
            return named;
        }
        Optional<Inet6Address> link = relays.stream()
                .flatMap(relay -> relay.relayHeader().stream())
                .map(RelayHeader::linkAddress)
                .filter(address -> !address.isAnyLocalAddress() && !address.isLinkLocalAddress())
                .findFirst();
        return link.isPresent() ? holding(link.get()) : ofInterface(arrival.interfaceName());
    }

    private Optional<Subnet6> ofInterface(String name) {
        return subnets.stream()
                .filter(subnet -> subnet.interfaceName().filter(name::equals).isPresent())
                .findFirst()
                .or(() -> interfaces.getOrDefault(name, List.of()).stream()
                        .flatMap(address -> holding(address).stream())
                        .findFirst())
                .or(() -> subnets.size() == 1 ? Optional.of(subnets.get(0)) : Optional.empty());
    }

    private Optional<Subnet6> holding(Inet6Address address) {
        return subnets.stream().filter(subnet -> subnet.contains(address)).findFirst();
    }
}
