package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What clients are told: the options of the server, of the subnet, of the client's classes, of its reservation; later ones win. */
final class OptionInheritance {

    private final Map<Subnet, DhcpOptions> bySubnet = new HashMap<>();

    OptionInheritance(DhcpOptions global, List<Network> networks) {
        for (Network network : networks) {
            for (Subnet subnet : network.subnets()) {
                bySubnet.put(subnet, global.toBuilder().putAll(subnet.options()).build());
            }
        }
    }

    DhcpOptions of(ClientRequest request, Subnet subnet) {
        DhcpOptions common = bySubnet.getOrDefault(subnet, DhcpOptions.EMPTY);
        if (request.classes().isEmpty() && request.reservation().isEmpty()) {
            return common;
        }
        DhcpOptions.Builder options = common.toBuilder();
        request.classes().forEach(each -> options.putAll(each.options()));
        request.reservation().ifPresent(own -> options.putAll(own.options()));
        return options.build();
    }
}
