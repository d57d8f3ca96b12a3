package dev.pxekit.dhcp.server;

import java.net.Inet6Address;

/**
 * How a message came in.
 *
 * @param sender the client's or relay agent's address
 * @param interfaceName the interface; empty if it is not known
 * @param unicast whether it is known to have been sent to an address of the server and not to a multicast group, and is not wanted so
 */
record Arrival6(Inet6Address sender, String interfaceName, boolean unicast) {}
