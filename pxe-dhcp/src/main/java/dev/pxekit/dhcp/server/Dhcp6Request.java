package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.lease.AddressPool;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6MessageType;
import dev.pxekit.dhcp.v6.Dhcp6Options;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** A message of a client, what the server knows of the client without looking at its leases, and what comes of the message. */
final class Dhcp6Request {

    private final Dhcp6Message received;
    private final Dhcp6Client client;
    private final Network6 network;
    private final List<ClientClass> classes;
    private final List<AddressPool> pools;
    private final Optional<Reservations6.Reserved> reserved;
    private final Recording recording;

    /**
     * @param received the message, in those of its relay agents
     * @param network the network that the client is on
     * @param classes the classes that the client is a member of
     * @param recording takes its leases on their way into the store
     */
    Dhcp6Request(
            Dhcp6Message received,
            Dhcp6Client client,
            Network6 network,
            List<ClientClass> classes,
            Recording recording) {
        this.received = received;
        this.client = client;
        this.network = network;
        this.classes = classes;
        this.recording = recording;
        this.pools = network.pools(client.facts());
        this.reserved = network.reserved(client);
    }

    Dhcp6Message received() {
        return received;
    }

    /** The client's own message. */
    Dhcp6Message message() {
        return received.innermost();
    }

    Dhcp6MessageType type() {
        return message().type();
    }

    Dhcp6Client client() {
        return client;
    }

    Network6 network() {
        return network;
    }

    /** Its leases on their way into the store. */
    Recording recording() {
        return recording;
    }

    /** The pools that the client may have an address of. */
    List<AddressPool> pools() {
        return pools;
    }

    /** The address on this network that is reserved for the client. */
    Optional<Reservations6.Reserved> reserved() {
        return reserved;
    }

    /** Whether the client may have an address, as far as it is not another's. */
    boolean mayHave(InetAddress address) {
        return isReserved(address) || pools.stream().anyMatch(pool -> pool.contains(address));
    }

    boolean isReserved(InetAddress address) {
        return reserved.filter(kept -> kept.address().equals(address)).isPresent();
    }

    /** How long the client may have an address: what the last of its classes says that says anything, or the address's subnet. */
    Lifetimes6 lifetimes(InetAddress address) {
        return classes.stream()
                .flatMap(each -> each.lifetimes().stream())
                .reduce((first, last) -> last)
                .orElseGet(() -> network.subnet(address).orElse(network.first()).lifetimes());
    }

    /** What the client is told that asks for it: the options of a subnet and of the client's classes, of which later ones win. */
    Dhcp6Options options(Subnet6 subnet) {
        Dhcp6Options.Builder options = subnet.options().toBuilder();
        classes.forEach(each -> options.putAll(each.options6()));
        return options.build();
    }
}
