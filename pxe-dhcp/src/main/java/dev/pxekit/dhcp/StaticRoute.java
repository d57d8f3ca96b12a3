package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.RecordFormat;
import java.net.Inet4Address;

/**
 * A route by class of address, in option 33 (RFC 2132 §5.8). Immutable.
 *
 * @param destination the host or network, not 0.0.0.0 by the RFC
 * @param router the router to it
 */
public record StaticRoute(Inet4Address destination, Inet4Address router) {

    static final OptionFormat<StaticRoute> FORMAT = RecordFormat.of(
            field("destination", OptionFormat.address(), StaticRoute::destination),
            field("router", OptionFormat.address(), StaticRoute::router),
            StaticRoute::new);
}
