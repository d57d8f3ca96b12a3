/** HTTP over any {@link java.nio.file.Path}: what iPXE, UEFI HTTP boot and installers fetch from. */
@NullMarked
package dev.pxekit.examples.http;

import org.jspecify.annotations.NullMarked;
