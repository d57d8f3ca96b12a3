/**
 * DHCP servers for network boot: {@link dev.pxekit.dhcp.server.DhcpServer} gives addresses and boot options,
 * {@link dev.pxekit.dhcp.server.ProxyDhcpServer} boot options beside another DHCP server. Both ask a
 * {@link dev.pxekit.dhcp.server.BootPolicy} what a client boots.
 */
@NullMarked
package dev.pxekit.dhcp.server;

import org.jspecify.annotations.NullMarked;
