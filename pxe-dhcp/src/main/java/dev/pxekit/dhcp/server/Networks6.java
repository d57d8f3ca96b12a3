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

/** Which network a client is on, by the rules that {@link Subnet6} documents. */
final class Networks6 {

    private final List<Network6> networks;

    /** The server's interfaces and their addresses. */
    private final Map<String, List<Inet6Address>> interfaces;

    Networks6(List<Network6> networks, Map<String, List<Inet6Address>> interfaces) {
        this.networks = networks;
        this.interfaces = interfaces;
    }

    Optional<Network6> of(Dhcp6Message received, Arrival6 arrival) {
        List<Dhcp6Message> relays = new ArrayList<>(received.relayChain());
        Collections.reverse(relays);
        Optional<Network6> named = relays.stream()
                .flatMap(relay -> relay.options().get(Dhcp6Option.INTERFACE_ID).stream())
                .flatMap(id -> networks.stream().filter(network -> hasInterfaceId(network, Octets.of(id))))
                .findFirst();
        if (named.isPresent()) {
            return named;
        }
        Optional<Inet6Address> link = relays.stream()
                .flatMap(relay -> relay.relayHeader().stream())
                .map(RelayHeader::linkAddress)
                .filter(address -> !address.isAnyLocalAddress() && !address.isLinkLocalAddress())
                .findFirst();
        if (link.isPresent()) {
            return holding(link.get());
        }
        return (received.isRelay() || arrival.sender().isLinkLocalAddress()
                        ? ofInterface(arrival.interfaceName())
                        : holding(arrival.sender()))
                .or(() -> networks.size() == 1 ? Optional.of(networks.get(0)) : Optional.empty());
    }

    private static boolean hasInterfaceId(Network6 network, Octets id) {
        return network.subnets().stream()
                .anyMatch(subnet -> subnet.interfaceIds().contains(id));
    }

    private Optional<Network6> ofInterface(String name) {
        return networks.stream()
                .filter(network -> names(network, name))
                .findFirst()
                .or(() -> interfaces.getOrDefault(name, List.of()).stream()
                        .flatMap(address -> holding(address).stream())
                        .findFirst());
    }

    private static boolean names(Network6 network, String interfaceName) {
        return network.subnets().stream()
                .anyMatch(subnet ->
                        subnet.interfaceName().filter(interfaceName::equals).isPresent());
    }

    private Optional<Network6> holding(Inet6Address address) {
        return networks.stream().filter(network -> network.contains(address)).findFirst();
    }

    /**
     * What leaves open which network an interface is on: it has addresses of two.
     *
     * @return the reason, or nothing
     */
    Optional<String> ambiguity() {
        for (Map.Entry<String, List<Inet6Address>> each : interfaces.entrySet()) {
            List<Network6> on = networks.stream()
                    .filter(network -> each.getValue().stream().anyMatch(network::contains))
                    .toList();
            if (on.size() > 1 && networks.stream().noneMatch(network -> names(network, each.getKey()))) {
                return Optional.of("interface " + each.getKey() + " has addresses of the subnets " + on
                        + ": say that they share a link with sharedNetwork(subnets), or set the interface of one");
            }
        }
        return Optional.empty();
    }
}
