package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be wrong with a server's subnets, classes and reservations taken together. */
final class ConfigurationCheck {

    private final List<Subnet> subnets;
    private final List<Reservation> reservations;

    /** Addresses that no client may get, and whose they are. */
    private final Map<Inet4Address, String> taken = new LinkedHashMap<>();

    ConfigurationCheck(DhcpServer.Builder settings) {
        this.subnets = settings.subnets();
        this.reservations = settings.reservations();
        settings.addresses().forEach(server -> taken.put(server, "the server's own address"));
        for (Subnet subnet : subnets) {
            taken.putIfAbsent(subnet.network(), "the network address of subnet " + subnet);
            taken.putIfAbsent(subnet.broadcastAddress(), "the broadcast address of subnet " + subnet);
            subnet.relays().forEach(relay -> taken.putIfAbsent(relay, "a relay agent of subnet " + subnet));
        }
        List<DhcpOptions> given = new ArrayList<>();
        given.add(settings.options());
        subnets.forEach(subnet -> given.add(subnet.options()));
        settings.clientClasses().forEach(each -> given.add(each.options()));
        reservations.forEach(each -> given.add(each.options()));
        given.forEach(options -> options.get(DhcpOption.ROUTERS)
                .ifPresent(routers -> routers.forEach(router -> taken.putIfAbsent(router, "a router"))));
    }

    /** @throws IllegalArgumentException if something is; the message says what and what to do */
    void run() {
        if (subnets.isEmpty()) {
            throw new IllegalArgumentException("no subnet to serve: add one with subnet(subnet)");
        }
        for (int i = 0; i < subnets.size(); i++) {
            Subnet subnet = subnets.get(i);
            subnets.subList(0, i).stream().filter(subnet::overlaps).findFirst().ifPresent(other -> {
                throw new IllegalArgumentException("subnets " + other + " and " + subnet + " overlap");
            });
            check(subnet);
        }
        for (Reservation reservation : reservations) {
            check(reservation);
        }
        new ReservationTable(reservations);
    }

    private void check(Subnet subnet) {
        taken.forEach((address, whose) -> {
            if (subnet.leases(address)) {
                throw new IllegalArgumentException("a pool of subnet " + subnet + " holds " + address.getHostAddress()
                        + ", which is " + whose + ": no client may get it; exclude it");
            }
        });
        boolean reserved =
                reservations.stream().flatMap(each -> each.addresses().stream()).anyMatch(subnet::contains);
        if (!reserved && subnet.pools().stream().noneMatch(pool -> pool.size() > 0)) {
            throw new IllegalArgumentException("subnet " + subnet
                    + " has no pool with an address that is not excluded, and no reservation: add one with"
                    + " pool(first, last)");
        }
    }

    private void check(Reservation reservation) {
        Map<Subnet, Inet4Address> bySubnet = new LinkedHashMap<>();
        for (Inet4Address address : reservation.addresses()) {
            String what = "reservation of " + address.getHostAddress() + " for " + reservation;
            if (taken.containsKey(address)) {
                throw new IllegalArgumentException(what + ": it is " + taken.get(address));
            }
            Optional<Subnet> subnet =
                    subnets.stream().filter(each -> each.contains(address)).findFirst();
            if (subnet.isEmpty()) {
                throw new IllegalArgumentException(what + ": it is an address of none of the subnets " + subnets);
            }
            Inet4Address other = bySubnet.putIfAbsent(subnet.get(), address);
            if (other != null) {
                throw new IllegalArgumentException(what + ": it has " + other.getHostAddress() + " of subnet "
                        + subnet.get() + " already, and can have one of each");
            }
        }
    }
}
