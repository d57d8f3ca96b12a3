/**
 * The sockets of this module's servers: datagrams in, answered side by side but those of one client in their order, and
 * datagrams out. It knows octets, peers and interfaces, and nothing of DHCP packets. Not exported.
 */
@NullMarked
package dev.pxekit.dhcp.transport;

import org.jspecify.annotations.NullMarked;
