/**
 * DHCPv4 packets: {@link dev.pxekit.dhcp.DhcpPacket} is one BOOTP or DHCP packet, {@link dev.pxekit.dhcp.DhcpCodec} reads
 * and writes it, {@link dev.pxekit.dhcp.DhcpOption} names its options with their types.
 *
 * <p>A packet is its wire image: what is decoded encodes to the same octets, and an option is decoded when it is asked for.
 * All types are immutable; nothing here does I/O, logs or reads the clock.
 */
@NullMarked
package dev.pxekit.dhcp;

import org.jspecify.annotations.NullMarked;
