/**
 * RPM packages: {@link dev.pxekit.rpm.RpmPackage#open(java.nio.file.Path)} reads lead, signature and header;
 * {@link dev.pxekit.rpm.RpmTag}s are the typed keys to what they say.
 */
@NullMarked
package dev.pxekit.rpm;

import org.jspecify.annotations.NullMarked;
