package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import java.net.Inet4Address;
import java.util.List;
import java.util.Optional;

/** What can be wrong with a server's subnets and reservations taken together. */
final class ConfigurationCheck {

    private final List<Inet4Address> servers;
    private final List<Subnet> subnets;
    private final List<Reservation> reservations;

    ConfigurationCheck(List<Inet4Address> servers, List<Subnet> subnets, List<Reservation> reservations) {
        this.servers = servers;
        this.subnets = subnets;
        this.reservations = reservations;
    }

    /** @throws IllegalArgumentException if something is; the message says what and what to do */
    void run() {
        if (subnets.isEmpty()) {
            throw new IllegalArgumentException("no subnet to serve: add one with subnet(subnet)");
        }
        for (int i = 0; i < subnets.size(); i++) {
            Subnet subnet = subnets.get(i);
            servers.stream().filter(subnet::leases).findFirst().ifPresent(server -> {
                throw new IllegalArgumentException("a pool of subnet " + subnet + " holds the server's address "
                        + server.getHostAddress() + ": no client may get it; exclude it");
            });
            subnets.subList(0, i).stream().filter(subnet::overlaps).findFirst().ifPresent(other -> {
                throw new IllegalArgumentException("subnets " + other + " and " + subnet + " overlap");
            });
        }
        for (Subnet subnet : subnets) {
            boolean reserved = reservations.stream()
                    .flatMap(each -> each.addresses().stream())
                    .anyMatch(subnet::contains);
            if (subnet.pools().isEmpty() && !reserved) {
                throw new IllegalArgumentException(
                        "subnet " + subnet + " has no pool and no reservation: add one with pool(first, last)");
            }
        }
        for (Reservation reservation : reservations) {
            reservation.addresses().forEach(address -> check(reservation, address));
        }
        new ReservationTable(reservations);
    }

    private void check(Reservation reservation, Inet4Address address) {
        String what = "reservation of " + address.getHostAddress() + " for " + reservation;
        if (servers.contains(address)) {
            throw new IllegalArgumentException(what + ": it is the server's own address");
        }
        Optional<Subnet> subnet =
                subnets.stream().filter(each -> each.contains(address)).findFirst();
        if (subnet.isEmpty()) {
            throw new IllegalArgumentException(what + ": it is an address of none of the subnets " + subnets);
        }
        if (address.equals(subnet.get().network())
                || address.equals(subnet.get().broadcastAddress())) {
            throw new IllegalArgumentException(
                    what + ": it is the network or broadcast address of subnet " + subnet.get());
        }
        boolean router = subnet.get()
                .options()
                .get(DhcpOption.ROUTERS)
                .filter(routers -> routers.contains(address))
                .isPresent();
        if (router) {
            throw new IllegalArgumentException(what + ": it is a router of subnet " + subnet.get());
        }
    }
}
