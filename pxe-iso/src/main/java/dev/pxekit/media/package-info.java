/**
 * What an install tree is: {@link dev.pxekit.media.InstallTree#detect(java.nio.file.Path)} tells system, kernel,
 * initrds and boot arguments of any {@link java.nio.file.Path}: an open image, a directory, a tree in memory.
 * {@link dev.pxekit.media.Overlay} makes one tree of several, {@link dev.pxekit.media.Extractor} copies one to a directory.
 */
@NullMarked
package dev.pxekit.media;

import org.jspecify.annotations.NullMarked;
