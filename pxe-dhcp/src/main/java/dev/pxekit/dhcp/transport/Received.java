package dev.pxekit.dhcp.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A datagram that came in.
 *
 * @param octets what it holds; shared, not to be changed
 * @param sender where it came from; an IPv6 link-local address with its scope
 * @param localAddress the address that the server was bound to for the network that the datagram came in by: of IPv4 the
 *     server's own, also for a broadcast; of IPv6 the one of the socket, so {@code ::} as a rule
 * @param interfaceName the interface of that address, or of IPv6 that of the sender's scope; empty if not known, as for what
 *     an IPv6 relay agent sends from afar
 */
// The octets are an array on purpose: the record is made for every datagram and never compared.
@SuppressWarnings("ArrayRecordComponent")
public record Received(byte[] octets, InetSocketAddress sender, InetAddress localAddress, String interfaceName) {}
