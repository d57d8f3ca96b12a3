/**
 * What network boot firmware says in DHCP and reads from it: PXE 2.1 (Intel, 1999), RFC 4578, UEFI HTTP boot and iPXE.
 * {@link dev.pxekit.dhcp.pxe.BootClient} is the whole of it for one client, taken from one packet.
 */
@NullMarked
package dev.pxekit.dhcp.pxe;

import org.jspecify.annotations.NullMarked;
