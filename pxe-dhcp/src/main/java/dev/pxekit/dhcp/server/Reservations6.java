package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.internal.Uuids;
import dev.pxekit.dhcp.v6.Duid;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The addresses of a subnet that are kept for one machine each, by DUID, hardware address or UUID. */
final class Reservations6 {

    /**
     * An address and who holds it in the lease store: one identity association of a DUID; or the machine, whatever DUIDs and
     * associations its ROM, its boot program and its system have.
     */
    record Reserved(Inet6Address address, Optional<ClientIdentifier> holder) {}

    private final Map<Object, Reserved> byMachine = new HashMap<>();
    private final Map<Inet6Address, Object> byAddress = new LinkedHashMap<>();

    Reservations6() {}

    Reservations6(Reservations6 other) {
        byMachine.putAll(other.byMachine);
        byAddress.putAll(other.byAddress);
    }

    void add(Duid duid, Inet6Address address) {
        add(duid, new Reserved(address, Optional.empty()));
    }

    void add(HardwareAddress hardwareAddress, Inet6Address address) {
        add(hardwareAddress, new Reserved(address, Optional.of(ClientIdentifier.of(hardwareAddress))));
    }

    void add(UUID machine, Inet6Address address) {
        byte[] octets =
                ByteBuffer.allocate(17).put((byte) 0).put(Uuids.octets(machine)).array();
        add(machine, new Reserved(address, Optional.of(ClientIdentifier.of(octets))));
    }

    private void add(Object machine, Reserved reserved) {
        Reserved first = byMachine.putIfAbsent(machine, reserved);
        if (first != null) {
            throw new IllegalArgumentException(machine + " has two reserved addresses, "
                    + Ipv6.toString(first.address()) + " and " + Ipv6.toString(reserved.address())
                    + " (expected: one in a subnet)");
        }
        Object other = byAddress.putIfAbsent(reserved.address(), machine);
        if (other != null) {
            throw new IllegalArgumentException(
                    Ipv6.toString(reserved.address()) + " is reserved for both " + other + " and " + machine);
        }
    }

    Set<Inet6Address> addresses() {
        return byAddress.keySet();
    }

    /** What is reserved for a client: by its DUID, else its hardware address, else its UUID. */
    Optional<Reserved> of(Dhcp6Client client) {
        if (byMachine.isEmpty()) {
            return Optional.empty();
        }
        return Stream.<Stream<?>>of(
                        client.duid().stream(), client.hardwareAddresses().stream(), client.machine().stream())
                .flatMap(keys -> keys)
                .map(byMachine::get)
                .filter(Objects::nonNull)
                .findFirst();
    }
}
