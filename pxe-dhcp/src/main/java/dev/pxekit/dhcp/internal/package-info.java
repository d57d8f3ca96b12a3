/** IPv4 addresses as numbers, for the other packages of this module. Not exported. */
@NullMarked
package dev.pxekit.dhcp.internal;

import org.jspecify.annotations.NullMarked;
