/**
 * Several trees as one: {@code OverlayFileSystem} finds for each name the nodes that its roots have ({@code OverlayNode} of
 * {@code LayerPath}s), merges what they list, and hands out the channels and attributes of the one that wins.
 */
@NullMarked
package dev.pxekit.media.internal.overlay;

import org.jspecify.annotations.NullMarked;
