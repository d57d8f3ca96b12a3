package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.pxe.BootClient;
import dev.pxekit.dhcp.pxe.ClientMachineIdentifier;
import java.net.Inet4Address;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Reservations by what their client is known by, and by address. */
final class ReservationTable {

    private final Map<Object, Reservation> byKey = new HashMap<>();
    private final Map<Inet4Address, Reservation> byAddress = new HashMap<>();

    /** @throws IllegalArgumentException if a client has two, or two clients the same address */
    ReservationTable(List<Reservation> reservations) {
        for (Reservation reservation : reservations) {
            if (byKey.putIfAbsent(reservation.key(), reservation) != null) {
                throw new IllegalArgumentException("two reservations for " + reservation + ": put them into one");
            }
            for (Inet4Address address : reservation.addresses()) {
                Reservation other = byAddress.putIfAbsent(address, reservation);
                if (other != null) {
                    throw new IllegalArgumentException(
                            address.getHostAddress() + " is reserved for both " + other + " and " + reservation);
                }
            }
        }
    }

    /** Every address that is reserved. */
    Collection<Inet4Address> addresses() {
        return byAddress.keySet();
    }

    /** Whose address it is. */
    Optional<Reservation> of(Inet4Address address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /**
     * The reservation of a client: of those by different keys the first one with an address on the client's network, or else
     * the first one.
     */
    Optional<Reservation> of(BootClient client, Network network) {
        if (byKey.isEmpty()) {
            return Optional.empty();
        }
        List<Reservation> found = find(client);
        return found.stream()
                .filter(each -> each.addresses().stream().anyMatch(network::contains))
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    /** In the order of keys that {@link Reservation} promises. */
    private List<Reservation> find(BootClient client) {
        return Stream.of(
                        Stream.of(client.clientIdentifier(), client.hardwareAddress()),
                        client.machineIdentifier().flatMap(ClientMachineIdentifier::uuid).stream(),
                        client.relays().stream()
                                .flatMap(relay -> relay.circuitId().stream())
                                .map(Reservation.Circuit::of))
                .flatMap(keys -> keys)
                .map(byKey::get)
                .filter(Objects::nonNull)
                .toList();
    }
}
