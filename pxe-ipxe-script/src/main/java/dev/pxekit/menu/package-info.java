/**
 * Boot menus other than iPXE's that firmware reads: parse, build, print, and turn into an iPXE script. So far the
 * configuration file of PXELINUX.
 */
@NullMarked
package dev.pxekit.menu;

import org.jspecify.annotations.NullMarked;
