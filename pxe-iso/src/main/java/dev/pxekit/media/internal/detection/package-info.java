/**
 * What an install tree is: {@code Detection} hands the {@code TreeFiles}, which find names regardless of case and let no link lead
 * out, to one {@code TreeDetector} after the other. The first that finds {@code CompleteBootFiles} has the tree described: a {@code
 * DetectedTree} with what the tree says of itself ({@code Ini}, {@code Xml}, {@code TextFile} and a record for each format of one
 * system, such as {@code DiskInfo}), its {@code Repositories}, {@code BootLoaders} and {@code BootMenus}, and the arguments that its
 * {@code Installer} wants.
 */
@NullMarked
package dev.pxekit.media.internal.detection;

import org.jspecify.annotations.NullMarked;
