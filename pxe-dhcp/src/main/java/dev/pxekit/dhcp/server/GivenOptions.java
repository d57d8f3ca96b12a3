package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpOptions;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import dev.pxekit.dhcp.v6.Dhcp6Options;
import java.util.Set;

/** Options that whoever sets up a server gives to its clients. */
final class GivenOptions {

    /** What the server sets by itself in a reply: a value for all clients would be wrong. */
    private static final Set<Integer> SERVERS_OWN = Set.of(1, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 61, 80, 82);

    /** What a DHCPv6 server sets for each client, what clients and relay agents send, and what the boot policy decides. */
    private static final Set<Integer> SERVERS_OWN_6 = Set.of(
            1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 18, 19, 20, 25, 26, 37, 38, 43, 47, 53, 59, 60, 61, 62,
            66, 79, 135);

    private GivenOptions() {}

    /** @throws IllegalArgumentException if the option is the server's own or the value out of its range */
    static <T> void put(DhcpOptions.Builder options, DhcpOption<T> option, T value) {
        if (SERVERS_OWN.contains(option.code())) {
            throw new IllegalArgumentException(option + " is set by the server itself for each client");
        }
        options.put(option, value);
    }

    /** @throws IllegalArgumentException if the option is none that is given to clients as it is, or the value out of its range */
    static <T> void put(Dhcp6Options.Builder options, Dhcp6Option<T> option, T value) {
        if (SERVERS_OWN_6.contains(option.code())) {
            throw new IllegalArgumentException(option
                    + " cannot be set: the server writes it itself, the boot policy decides on it, or clients send it");
        }
        options.put(option, value);
    }
}
