package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import java.util.Set;

/** Options that whoever sets up a server gives to its clients. */
final class GivenOptions {

    /** What the server sets by itself in a reply: a value for all clients would be wrong. */
    private static final Set<Integer> SERVERS_OWN = Set.of(1, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 61, 80, 82);

    private GivenOptions() {}

    /** @throws IllegalArgumentException if the option is the server's own or the value out of its range */
    static <T> void put(DhcpOptions.Builder options, DhcpOption<T> option, T value) {
        if (SERVERS_OWN.contains(option.code())) {
            throw new IllegalArgumentException(option + " is set by the server itself for each client");
        }
        options.put(option, value);
    }
}
