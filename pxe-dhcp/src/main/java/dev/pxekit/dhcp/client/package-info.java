/**
 * DHCP clients for tests, rehearsals of a boot and health checks: {@link dev.pxekit.dhcp.client.DhcpClient} asks as the
 * {@link dev.pxekit.dhcp.client.ClientIdentity} that it is given, firmware or other, {@link dev.pxekit.dhcp.client.Dhcp6Client} as a
 * {@link dev.pxekit.dhcp.client.Client6Identity}. They configure no interface.
 */
@NullMarked
package dev.pxekit.dhcp.client;

import org.jspecify.annotations.NullMarked;
