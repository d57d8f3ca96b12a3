package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpPacket;
import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;

/**
 * Which subnet a client is on (RFC 2131 §4.3.1): that of the relay agent; else that of the address the client has; else that
 * of the server. A server with one subnet takes it for every client that no relay agent speaks for.
 */
final class Subnets {

    private final List<Subnet> subnets;
    private final Inet4Address server;

    Subnets(List<Subnet> subnets, Inet4Address server) {
        this.subnets = subnets;
        this.server = server;
    }

    Optional<Subnet> of(DhcpPacket request) {
        if (!request.relayAgent().isAnyLocalAddress()) {
            return holding(request.relayAgent());
        }
        if (!request.clientAddress().isAnyLocalAddress()) {
            Optional<Subnet> clients = holding(request.clientAddress());
            if (clients.isPresent()) {
                return clients;
            }
        }
        return subnets.size() == 1 ? Optional.of(subnets.get(0)) : holding(server);
    }

    private Optional<Subnet> holding(Inet4Address address) {
        return subnets.stream().filter(subnet -> subnet.contains(address)).findFirst();
    }
}
