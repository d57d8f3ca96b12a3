/**
 * DHCPv6 messages (RFC 8415): {@link dev.pxekit.dhcp.v6.Dhcp6Message} is one message of clients, servers or relay agents,
 * {@link dev.pxekit.dhcp.v6.Dhcp6Codec} reads and writes it, {@link dev.pxekit.dhcp.v6.Dhcp6Option} names its options with
 * their types, and {@link dev.pxekit.dhcp.v6.Duid} is what clients and servers are known by.
 *
 * <p>A message is its wire image: what is decoded encodes to the same octets, and an option is decoded when it is asked for.
 * All types but builders are immutable and safe for use by any number of threads; nothing here does I/O, logs or reads the
 * clock.
 */
@NullMarked
package dev.pxekit.dhcp.v6;

import org.jspecify.annotations.NullMarked;
