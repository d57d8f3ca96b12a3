/**
 * DHCPv6 (RFC 8415): the message frame with its options as octets, and the DUID that names clients and servers.
 */
@NullMarked
package dev.pxekit.dhcp.v6;

import org.jspecify.annotations.NullMarked;
