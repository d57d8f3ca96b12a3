/**
 * The simulated machine behind {@link dev.pxekit.ipxe.IpxeSimulator}; not exported. All texts in here hold one byte of
 * the script a character (ISO 8859-1), because settings are bytes and may be looked at as such.
 */
@NullMarked
package dev.pxekit.ipxe.internal;

import org.jspecify.annotations.NullMarked;
