package dev.pxekit.examples.cli;

import dev.pxekit.examples.NetworkBootstrapPrograms;
import java.util.List;
import java.util.Optional;

/**
 * What is so on a machine that is about to be a boot server, as far as it can be seen.
 *
 * @param link the interface
 * @param ports who has the ports of a boot server
 * @param servers who answers on the segment
 * @param router whether an IPv6 router advertises there
 * @param programs iPXE's programs, or why they could not be looked for
 * @param firewall what filters packets that come in
 */
record BootServerFacts(
        Link link, List<Port> ports, Servers servers, Router router, Programs programs, Firewall firewall) {

    /**
     * An interface.
     *
     * @param name its name
     * @param up whether it is switched on
     * @param carrier whether there is somebody at the other end; empty if the system does not tell
     * @param addresses its IPv4 addresses with their prefix lengths, as text
     */
    record Link(String name, boolean up, Optional<Boolean> carrier, List<String> addresses) {}

    /** Whether a port may be bound. */
    enum PortState {
        FREE,
        TAKEN,
        NOT_PERMITTED
    }

    /**
     * A UDP port.
     *
     * @param number the port
     * @param state whether it may be bound
     * @param holders who has it if it is taken, such as {@code dnsmasq (process 812)}; empty if that cannot be seen
     */
    record Port(int number, PortState state, List<String> holders) {}

    /**
     * What answered a DISCOVER of UEFI firmware.
     *
     * @param found the servers
     * @param failure why none could be asked
     */
    record Servers(List<FoundServer> found, Optional<String> failure) {}

    /** Whether a router advertises. */
    enum RouterState {
        /** The kernel learnt something of one, or one answered. */
        ADVERTISES,
        /** One was asked for and none answered, or the kernel would know. */
        SILENT,
        /** A route by a router is there that was not learnt by the kernel. */
        PROBABLE,
        /** This machine does not listen to routers. */
        NOT_HEARD
    }

    /**
     * An IPv6 router.
     *
     * @param state whether there is one
     * @param evidence where that is known from
     */
    record Router(RouterState state, String evidence) {}

    /**
     * iPXE's programs.
     *
     * @param found what is there
     * @param failure why that could not be found out
     */
    record Programs(Optional<NetworkBootstrapPrograms> found, Optional<String> failure) {}

    /** What a packet filter does to packets that come in. */
    enum FirewallState {
        OPEN,
        FILTERS,
        CANNOT_BE_SEEN
    }

    /**
     * A packet filter.
     *
     * @param state what it does
     * @param evidence what was looked at
     */
    record Firewall(FirewallState state, String evidence) {}
}
