package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.v6.Dhcp6Options;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What can be wrong with a DHCPv6 server's subnets and classes taken together. */
final class ConfigurationCheck6 {

    /** Every link carries 1280 octets unfragmented (RFC 8200 §5), of which this is left beside headers, identifiers and addresses. */
    static final int MOST_OPTION_OCTETS = 900;

    private final List<List<Subnet6>> networks;
    private final Collection<String> interfaces;
    private final List<ClientClass> classes;

    /** @param interfaces those that are served */
    ConfigurationCheck6(List<List<Subnet6>> networks, Collection<String> interfaces, List<ClientClass> classes) {
        this.networks = networks;
        this.interfaces = interfaces;
        this.classes = classes;
    }

    /** @throws IllegalArgumentException if something is; the message says what and what to do */
    void run() {
        List<Subnet6> subnets = networks.stream().flatMap(List::stream).toList();
        if (subnets.isEmpty()) {
            throw new IllegalArgumentException("no subnet to serve: add one with subnet(subnet)");
        }
        if (networks.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("shared network of no subnets (expected: one or more)");
        }
        subnets.forEach(this::check);
        for (int i = 0; i < subnets.size(); i++) {
            for (Subnet6 other : subnets.subList(0, i)) {
                Subnet6 subnet = subnets.get(i);
                if (subnet.overlaps(other)) {
                    throw new IllegalArgumentException("subnets " + other + " and " + subnet + " overlap");
                }
            }
        }
        for (int i = 0; i < networks.size(); i++) {
            for (List<Subnet6> others : networks.subList(0, i)) {
                for (Subnet6 subnet : networks.get(i)) {
                    others.forEach(other -> checkApart(other, subnet));
                }
            }
        }
    }

    private void check(Subnet6 subnet) {
        subnet.interfaceName().filter(name -> !interfaces.contains(name)).ifPresent(name -> {
            throw new IllegalArgumentException("subnet " + subnet + " is for interface " + name
                    + ", which is not served: add it with networkInterface(name)");
        });
        for (ClientClass each : classes) {
            checkLength(
                    "options of subnet " + subnet + " with those of class " + each,
                    subnet.options().toBuilder().putAll(each.options6()).build());
        }
    }

    /** @throws IllegalArgumentException if options are too long to be told */
    static void checkLength(String what, Dhcp6Options options) {
        int length = options.encode().length;
        if (length > MOST_OPTION_OCTETS) {
            throw new IllegalArgumentException(what + " take " + length + " octets (expected: at most "
                    + MOST_OPTION_OCTETS + ", so that every message fits one datagram)");
        }
    }

    private static void checkApart(Subnet6 first, Subnet6 second) {
        Optional<String> name = first.interfaceName()
                .filter(each -> second.interfaceName().filter(each::equals).isPresent());
        name.ifPresent(each -> {
            throw new IllegalArgumentException("subnets " + first + " and " + second + " are both for interface " + each
                    + ": say that they share its link with sharedNetwork(subnets), or serve one through its own"
                    + " interface or a relay agent");
        });
        first.interfaceIds().stream()
                .filter(second.interfaceIds()::contains)
                .findFirst()
                .ifPresent(id -> {
                    throw new IllegalArgumentException(
                            "subnets " + first + " and " + second + " are both for interface id " + id
                                    + ": say that they share its link with sharedNetwork(subnets)");
                });
    }
}
