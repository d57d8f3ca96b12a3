package dev.pxekit.tree.internal;

/** A file, directory or symbolic link of a tree. */
public interface TreeNode {

    /** Whether it has entries. */
    boolean isDirectory();

    /** Whether it has bytes. */
    boolean isRegularFile();

    /** Whether it has a target. */
    boolean isSymbolicLink();
}
