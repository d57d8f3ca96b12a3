package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.RelayAgentInformation;
import dev.pxekit.dhcp.lease.AddressPool;
import dev.pxekit.dhcp.pxe.BootClient;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A packet of a client, what the server knows of the client without looking at its leases, and what comes of the packet. */
final class ClientRequest {

    private final DhcpPacket packet;
    private final BootClient client;
    private final Inet4Address server;
    private final Network network;
    private final Optional<Reservation> reservation;
    private final List<ClientClass> classes;
    private final AddressAllocator.Claimant claimant;
    private final Recording recording = new Recording();

    /**
     * @param server the server's address where the packet came in
     * @param network the network that the client is on
     * @param reservation what is reserved for the client
     * @param classes the classes that the client is a member of
     */
    ClientRequest(
            DhcpPacket packet,
            BootClient client,
            Inet4Address server,
            Network network,
            Optional<Reservation> reservation,
            List<ClientClass> classes) {
        this.packet = packet;
        this.client = client;
        this.server = server;
        this.network = network;
        this.reservation = reservation;
        this.classes = classes;
        this.claimant = new AddressAllocator.Claimant(
                reservedAddress().isPresent()
                        ? reservation.orElseThrow().holder(packet.clientHardwareAddress())
                        : client.clientIdentifier(),
                packet.clientHardwareAddress(),
                packet.options().get(DhcpOption.HOST_NAME).orElse(""));
    }

    DhcpPacket packet() {
        return packet;
    }

    BootClient client() {
        return client;
    }

    Network network() {
        return network;
    }

    Optional<Reservation> reservation() {
        return reservation;
    }

    List<ClientClass> classes() {
        return classes;
    }

    /** Who the client is to the lease store. */
    AddressAllocator.Claimant claimant() {
        return claimant;
    }

    /** Its leases on their way into the store. */
    Recording recording() {
        return recording;
    }

    /** The pools that the client may have an address of. */
    List<AddressPool> pools() {
        return network.pools(client);
    }

    /** The address on this network that is reserved for the client. */
    Optional<Inet4Address> reservedAddress() {
        return reservation.flatMap(
                own -> own.addresses().stream().filter(network::contains).findFirst());
    }

    /** Whether the client may have an address, as far as it is not another's. */
    boolean mayHave(InetAddress address) {
        return reservedAddress().filter(address::equals).isPresent()
                || pools().stream().anyMatch(pool -> pool.contains(address));
    }

    /** What goes into option 54: the relay agent's own address if it asks for that (RFC 5107 §3). */
    Inet4Address serverIdentifier() {
        return serverIdentifierOverride().orElse(server);
    }

    Optional<Inet4Address> serverIdentifierOverride() {
        return packet.options()
                .get(DhcpOption.RELAY_AGENT_INFORMATION)
                .flatMap(relay -> relay.get(RelayAgentInformation.SERVER_IDENTIFIER_OVERRIDE));
    }

    /** The server's address where the packet came in. */
    Inet4Address server() {
        return server;
    }

    /** How long the client may have an address of a subnet: what is set nearest to it, or less if it asks for less. */
    Duration leaseTime(Subnet subnet) {
        Duration ofClasses = subnet.leaseTime();
        for (ClientClass each : classes) {
            ofClasses = each.leaseTime().orElse(ofClasses);
        }
        Duration most = reservation.flatMap(Reservation::leaseTime).orElse(ofClasses);
        return packet.options()
                .get(DhcpOption.LEASE_TIME)
                .map(asked -> LeaseTime.granted(asked, most))
                .orElse(most);
    }
}
