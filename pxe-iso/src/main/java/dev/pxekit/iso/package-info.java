/**
 * ISO 9660 and UDF images as read-only {@link java.nio.file.FileSystem}s: nothing is mounted, nothing is copied, no privileges
 * are asked for. {@link dev.pxekit.iso.IsoFileSystems#open(java.nio.file.Path)} is the way in; from there on everything
 * is {@link java.nio.file.Path}, {@link java.nio.file.Files} and {@link java.nio.channels.FileChannel}.
 * {@link dev.pxekit.iso.BootCatalog} tells what firmware boots from the image.
 */
@NullMarked
package dev.pxekit.iso;

import org.jspecify.annotations.NullMarked;
