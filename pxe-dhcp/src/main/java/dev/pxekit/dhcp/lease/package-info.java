/**
 * Leases: which client has which address and until when, and the stores that keep them, in memory, in a journal file or in a
 * database. IPv4 and IPv6 alike.
 */
@NullMarked
package dev.pxekit.dhcp.lease;

import org.jspecify.annotations.NullMarked;
