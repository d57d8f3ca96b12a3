package dev.pxekit.examples.cli;

import dev.pxekit.examples.cli.BootServerFacts.Router;
import dev.pxekit.examples.cli.BootServerFacts.RouterState;
import java.util.List;
import java.util.Optional;

/**
 * Whether an IPv6 router advertises on an interface, by what the kernel knows: Java can neither send a router solicitation nor hear
 * the answer.
 *
 * @param routes the lines of {@code /proc/net/ipv6_route}
 * @param acceptRa the interface's {@code accept_ra}: 0 never, 1 unless it forwards, 2 always; empty without IPv6
 * @param forwarding whether the interface forwards
 * @param asked what {@code rdisc6} said, if it is installed: whether one answered
 */
record RouterEvidence(List<String> routes, Optional<Integer> acceptRa, boolean forwarding, Optional<Boolean> asked) {

    private static final int DESTINATION_LENGTH = 1;
    private static final int NEXT_HOP = 4;
    private static final int FLAGS = 8;
    private static final int INTERFACE = 9;
    private static final int COLUMNS = 10;

    /** {@code RTF_ADDRCONF}: the kernel learnt the route from a router advertisement. */
    private static final long LEARNT = 0x0004_0000;

    private static final String NONE = "00000000000000000000000000000000";

    Router on(String link) {
        if (asked.isPresent()) {
            return asked.get()
                    ? new Router(RouterState.ADVERTISES, "one answered rdisc6")
                    : new Router(RouterState.SILENT, "none answered rdisc6");
        }
        if (acceptRa.isEmpty()) {
            return new Router(RouterState.NOT_HEARD, "this machine has no IPv6 on " + link);
        }
        if (routes.stream().anyMatch(route -> isOf(route, link) && isLearnt(route))) {
            return new Router(RouterState.ADVERTISES, "the kernel has routes on " + link + " that it learnt of one");
        }
        if (routes.stream().anyMatch(route -> isOf(route, link) && isDefault(route))) {
            return new Router(
                    RouterState.PROBABLE,
                    "there is a default route on " + link + ", set by a program that listens itself, or by hand");
        }
        if (acceptRa.get() == 0 || (acceptRa.get() == 1 && forwarding)) {
            return new Router(
                    RouterState.NOT_HEARD,
                    "the kernel does not listen to routers on " + link + " (accept_ra " + acceptRa.get()
                            + (forwarding ? ", forwarding on" : "") + ")");
        }
        return new Router(
                RouterState.SILENT,
                "the kernel listens on " + link
                        + " and has no route of one; one that announces neither itself nor a prefix is not seen so");
    }

    private static boolean isOf(String route, String link) {
        String[] columns = columns(route);
        return columns.length == COLUMNS && columns[INTERFACE].equals(link);
    }

    private static boolean isLearnt(String route) {
        return (Long.parseLong(columns(route)[FLAGS], 16) & LEARNT) != 0;
    }

    private static boolean isDefault(String route) {
        String[] columns = columns(route);
        return columns[DESTINATION_LENGTH].equals("00") && !columns[NEXT_HOP].equals(NONE);
    }

    private static String[] columns(String route) {
        return route.strip().split("\\s+", -1);
    }
}
