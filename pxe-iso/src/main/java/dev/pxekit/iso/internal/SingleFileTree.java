package dev.pxekit.iso.internal;

import java.util.concurrent.TimeUnit;

/** A root directory with one file, whose bytes are somewhere in the image: what has no name in any view. */
final class SingleFileTree implements Tree {

    private final String name;
    private final Node root;
    private final Node file;
    private final Volume volume;

    /**
     * Makes the tree.
     *
     * @param tree whose times and volume it takes over
     */
    SingleFileTree(String name, long offset, long length, Tree tree) {
        this.name = name;
        this.volume = tree.volume();
        this.root = new Node.Builder(tree.root().origin())
                .mode(Node.TYPE_DIRECTORY | 0555)
                .inode(tree.root().inode())
                .modificationTime(tree.root().modificationTime().to(TimeUnit.MICROSECONDS))
                .build();
        this.file = new Node.Builder(offset)
                .mode(Node.TYPE_REGULAR | 0444)
                .content(new Extent.Builder().add(offset, length))
                .inode(offset)
                .modificationTime(tree.root().modificationTime().to(TimeUnit.MICROSECONDS))
                .build();
    }

    @Override
    public Node root() {
        return root;
    }

    @Override
    public Directory read(Node directory) {
        Directory.Builder builder = new Directory.Builder(false);
        builder.add(name, file, 1);
        return builder.build();
    }

    @Override
    public boolean ignoresCase() {
        return false;
    }

    @Override
    public Volume volume() {
        return volume;
    }
}
