package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.dhcp.internal.Ipv4;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which network a client is on, in this order: the link that its relay agent selects (RFC 3527), the subnet that the client
 * selects (RFC 3011), that of the relay agent, that of the address the client has and sends from, that of the server's address
 * where the request came in (RFC 2131 §4.3.1).
 *
 * <p>The last but one is for requests that come through routers past the relay agents, as those of a client that renews (RFC 2131
 * §4.3.2). What is sent from 0.0.0.0 has not come through one: whatever address the client has, it is on the server's link. A
 * client that rebinds by a broadcast from its address cannot be told from one that renews, and is believed.
 *
 * <p>A server on a loopback address, as in tests, with one network takes it for every client that
 * no relay agent speaks for. A subnet that names its relay agents is selected by them only.
 */
final class Networks {

    private record Place(Subnet subnet, Network network) {}

    private final List<Network> networks;
    private final NavigableMap<Long, Place> byNumber = new TreeMap<>();
    /** Empty for one that several networks name: it has to select the link. */
    private final Map<Inet4Address, Optional<Network>> byRelay = new HashMap<>();

    Networks(List<Network> networks) {
        this.networks = networks;
        for (Network network : networks) {
            for (Subnet subnet : network.subnets()) {
                byNumber.put(Ipv4.toLong(subnet.network()), new Place(subnet, network));
                subnet.relays()
                        .forEach(relay -> byRelay.merge(
                                relay,
                                Optional.of(network),
                                (one, other) -> one.equals(other) ? one : Optional.empty()));
            }
        }
    }

    /**
     * The network, if it is one of the server's.
     *
     * @param server the server's address where the request came in
     * @param sender the address that the request came from
     */
    Optional<Network> of(DhcpPacket request, Inet4Address server, InetAddress sender) {
        Optional<Inet4Address> selected = selectedLink(request).or(() -> selectedSubnet(request));
        if (selected.isPresent()) {
            return place(selected.get())
                    .filter(place -> trusts(place.subnet(), request.relayAgent()))
                    .map(Place::network);
        }
        if (relayed(request)) {
            return behind(request.relayAgent());
        }
        if (!request.clientAddress().isAnyLocalAddress() && !sender.isAnyLocalAddress()) {
            Optional<Network> clients = at(request.clientAddress());
            if (clients.isPresent()) {
                return clients;
            }
        }
        return networks.size() == 1 && server.isLoopbackAddress() ? Optional.of(networks.get(0)) : at(server);
    }

    /** The subnet that the client selects by option 118, if that is what counts. */
    static Optional<Inet4Address> selectedSubnet(DhcpPacket request) {
        return selectedLink(request).isPresent()
                ? Optional.empty()
                : request.options().get(DhcpOption.SUBNET_SELECTION);
    }

    private static Optional<Inet4Address> selectedLink(DhcpPacket request) {
        return !relayed(request)
                ? Optional.empty()
                : request.options()
                        .get(DhcpOption.RELAY_AGENT_INFORMATION)
                        .flatMap(relay -> relay.get(RelayAgentInformation.LINK_SELECTION));
    }

    private static boolean relayed(DhcpPacket request) {
        return !request.relayAgent().isAnyLocalAddress();
    }

    private Optional<Network> behind(Inet4Address relay) {
        Optional<Network> own =
                place(relay).filter(place -> trusts(place.subnet(), relay)).map(Place::network);
        return own.isPresent() ? own : byRelay.getOrDefault(relay, Optional.empty());
    }

    /** A subnet whose relay agents are named has no others. */
    private static boolean trusts(Subnet subnet, Inet4Address relay) {
        return subnet.relays().isEmpty() || subnet.relays().contains(relay);
    }

    private Optional<Network> at(Inet4Address address) {
        return place(address).map(Place::network);
    }

    /** Subnets do not overlap: of those that begin at or before the address only the last can hold it. */
    private Optional<Place> place(Inet4Address address) {
        Map.Entry<Long, Place> before = byNumber.floorEntry(Ipv4.toLong(address));
        return before != null && before.getValue().subnet().contains(address)
                ? Optional.of(before.getValue())
                : Optional.empty();
    }
}
