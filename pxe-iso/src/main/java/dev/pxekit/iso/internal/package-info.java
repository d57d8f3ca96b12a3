/**
 * How images are read. From the bytes up:
 *
 * <ol>
 *   <li>{@code Image}: positional reads of the image, from whatever channel its path gives.
 *   <li>{@code Content}: the bytes of one file, in {@code Extent}s of the image or compressed ({@code Zisofs…}).
 *   <li>{@code VolumeDescriptors}, {@code DirectoryRecord}, {@code SystemUse} (SUSP), {@code RockRidge}: the records of
 *       ISO 9660 and its extensions, each checked against the bytes that it lies in.
 *   <li>{@code Tree}: one view of an image as {@code Node}s in {@code Directory}s. {@code IsoTree} is the one over
 *       directory records; another format is another {@code Tree}.
 *   <li>{@code IsoFileSystem}: a {@code TreeFileSystem} over a view: the directory cache, which of several claims to a
 *       directory counts, the life cycle of the image. Its paths, links and streams are those of every tree.
 *   <li>{@code IsoFileChannel}, {@code IsoAttributes} and the rest: the {@code java.nio.file} contracts that are not.
 * </ol>
 */
@NullMarked
package dev.pxekit.iso.internal;

import org.jspecify.annotations.NullMarked;
