/**
 * Read-only trees of files as {@code java.nio.file} file systems: what the contracts ask for and no format has to say.
 * Images and overlays are such trees.
 *
 * <ol>
 *   <li>{@code TreeNode}: what a path can lead to.
 *   <li>{@code TreeFileSystem}: names to nodes, what is open, the life cycle. A kind of tree extends it and says which
 *       nodes a directory has and what their attributes and bytes are. {@code LinkWalk} follows symbolic links.
 *   <li>{@code TreeProvider}: what {@link java.nio.file.Files} asks for, for paths of such file systems. A kind of tree
 *       extends it with a scheme.
 *   <li>{@code TreePath}, {@code TreeDirectoryStream}, {@code TreeAttributeView}, {@code UnixAttributes},
 *       {@code ReadOnlyFileStore}, {@code NumericPrincipals}, {@code Glob}: the other contracts, each alone.
 * </ol>
 */
@NullMarked
package dev.pxekit.tree.internal;

import org.jspecify.annotations.NullMarked;
