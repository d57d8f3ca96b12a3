package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.ClientMachineIdentifier;
import dev.pxekit.dhcp.v6.ClientFqdn;
import dev.pxekit.dhcp.v6.Dhcp6Message;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Duid;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who a message is from, by all that tells: the message, its relay agents and the address that the client sent from. */
final class Dhcp6Client {

    /** The type octet of an identifier made of IAID and DUID (RFC 4361 §6.1). */
    private static final byte IAID_AND_DUID = (byte) 0xff;

    private final BootClient facts;
    private final String hostName;
    private final Set<HardwareAddress> hardwareAddresses = new LinkedHashSet<>();

    private Dhcp6Client(Dhcp6Message received, Inet6Address sender) {
        this.facts = BootClient.of(received, sender);
        this.hostName = received.innermost()
                .options()
                .get(Dhcp6Option.CLIENT_FQDN)
                .map(ClientFqdn::domainName)
                .orElse("");
        if (facts.hardwareAddress().length() > 0) {
            hardwareAddresses.add(facts.hardwareAddress());
        }
        Optional.of(received.clientAddress(sender))
                .filter(Inet6Address::isLinkLocalAddress)
                .flatMap(HardwareAddress::inInterfaceIdentifier)
                .ifPresent(hardwareAddresses::add);
    }

    static Dhcp6Client of(Dhcp6Message received, Inet6Address sender) {
        return new Dhcp6Client(received, sender);
    }

    BootClient facts() {
        return facts;
    }

    Optional<Duid> duid() {
        return facts.duid();
    }

    /** The addresses that the client's interface may have, the surest first. */
    Set<HardwareAddress> hardwareAddresses() {
        return hardwareAddresses;
    }

    Optional<UUID> machine() {
        return facts.machineIdentifier().flatMap(ClientMachineIdentifier::uuid);
    }

    /** One of the client's identity associations, as a client of its own to the lease store. */
    AddressAllocator.Claimant claimant(long iaid) {
        byte[] duid = facts.duid().map(Duid::encode).orElseThrow();
        byte[] identifier = ByteBuffer.allocate(5 + duid.length)
                .put(IAID_AND_DUID)
                .putInt((int) iaid)
                .put(duid)
                .array();
        return claimant(ClientIdentifier.of(identifier));
    }

    /** The client by another name. */
    AddressAllocator.Claimant claimant(ClientIdentifier identifier) {
        HardwareAddress address = hardwareAddresses.stream().findFirst().orElse(facts.hardwareAddress());
        return new AddressAllocator.Claimant(identifier, address, hostName);
    }
}
