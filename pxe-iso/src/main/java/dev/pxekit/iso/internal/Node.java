package dev.pxekit.iso.internal;

import dev.pxekit.tree.internal.TreeNode;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What a view says of one file. Immutable. */
final class Node implements TreeNode {

    static final int TYPE_MASK = 0170000;
    static final int TYPE_FIFO = 0010000;
    static final int TYPE_CHARACTER_DEVICE = 0020000;
    static final int TYPE_DIRECTORY = 0040000;
    static final int TYPE_BLOCK_DEVICE = 0060000;
    static final int TYPE_REGULAR = 0100000;
    static final int TYPE_SYMBOLIC_LINK = 0120000;
    static final int TYPE_SOCKET = 0140000;

    /** Finds where content is recorded; it may have to read the image for that. */
    @FunctionalInterface
    interface Extents {
        List<Extent> find() throws IOException;
    }

    private final long origin;
    private final int mode;
    private final long size;
    private final Extents extents;
    private final long inode;
    private final int links;
    private final long uid;
    private final long gid;
    private final long device;
    /** In microseconds since the epoch, see {@link Timestamps}. */
    private final long modificationTime;

    private final long accessTime;
    private final long changeTime;
    private final long creationTime;
    private final @Nullable String linkTarget;
    private final @Nullable ZisofsEntry zisofs;

    private Node(Builder builder) {
        this.origin = builder.origin;
        this.mode = builder.mode;
        this.size = builder.size;
        this.extents = builder.extents;
        this.inode = builder.inode;
        this.links = builder.links;
        this.uid = builder.uid;
        this.gid = builder.gid;
        this.device = builder.device;
        this.modificationTime = builder.modificationTime;
        this.accessTime = Timestamps.or(builder.accessTime, modificationTime);
        this.changeTime = Timestamps.or(builder.changeTime, modificationTime);
        this.creationTime = Timestamps.or(builder.creationTime, modificationTime);
        this.linkTarget = builder.linkTarget;
        this.zisofs = builder.zisofs;
    }

    /** A device number in the layout of Linux. */
    static long deviceNumber(long major, long minor) {
        return (minor & 0xff) | ((major & 0xfff) << 8) | ((minor & ~0xffL) << 12) | ((major & ~0xfffL) << 32);
    }

    private static FileTime time(long microseconds) {
        return FileTime.from(microseconds, TimeUnit.MICROSECONDS);
    }

    @Override
    public boolean isDirectory() {
        return (mode & TYPE_MASK) == TYPE_DIRECTORY;
    }

    @Override
    public boolean isRegularFile() {
        return (mode & TYPE_MASK) == TYPE_REGULAR;
    }

    @Override
    public boolean isSymbolicLink() {
        return (mode & TYPE_MASK) == TYPE_SYMBOLIC_LINK;
    }

    /** Where the record that names this file is in the image: one number for one name. */
    long origin() {
        return origin;
    }

    /** File type and permissions as in POSIX. */
    int mode() {
        return mode;
    }

    /** Bytes of the content; of a symbolic link those of its target. */
    long size() {
        return size;
    }

    /** Where the content is recorded, in order and without parts that are missing. */
    List<Extent> extents() throws IOException {
        return extents.find();
    }

    /** Whether the content is recorded in other bytes than it has. */
    boolean isCompressed() {
        return zisofs != null;
    }

    /**
     * Opens the content of a regular file.
     *
     * @throws dev.pxekit.iso.IsoFormatException if how it is recorded is damaged
     */
    Content open(Image image) throws IOException {
        ExtentContent recorded = new ExtentContent(image, extents());
        return zisofs == null ? recorded : ZisofsContent.open(recorded, zisofs);
    }

    /** The same for two names of one file; of a directory the place of its records in the image. */
    long inode() {
        return inode;
    }

    int links() {
        return links;
    }

    long uid() {
        return uid;
    }

    long gid() {
        return gid;
    }

    long device() {
        return device;
    }

    FileTime modificationTime() {
        return time(modificationTime);
    }

    FileTime accessTime() {
        return time(accessTime);
    }

    FileTime changeTime() {
        return time(changeTime);
    }

    FileTime creationTime() {
        return time(creationTime);
    }

    /** The target of a symbolic link; empty for anything else. */
    String linkTarget() {
        return linkTarget == null ? "" : linkTarget;
    }

    static final class Builder {
        private final long origin;
        private int mode;
        private long size;
        private Extents extents = List::of;
        private long inode;
        private int links = 1;
        private long uid;
        private long gid;
        private long device;
        private long modificationTime = Timestamps.UNKNOWN;
        private long accessTime = Timestamps.NONE;
        private long changeTime = Timestamps.NONE;
        private long creationTime = Timestamps.NONE;
        private @Nullable String linkTarget;
        private @Nullable ZisofsEntry zisofs;

        Builder(long origin) {
            this.origin = origin;
        }

        Builder mode(int value) {
            this.mode = value;
            return this;
        }

        Builder content(Extent.Builder content) {
            List<Extent> known = content.build();
            this.extents = () -> known;
            this.size = content.size();
            return this;
        }

        /** Content whose place is looked up when it is read. */
        Builder content(Extents place, long length) {
            this.extents = place;
            this.size = length;
            return this;
        }

        Builder size(long value) {
            this.size = value;
            return this;
        }

        Builder inode(long value) {
            this.inode = value;
            return this;
        }

        Builder links(int value) {
            this.links = value;
            return this;
        }

        Builder owner(long user, long group) {
            this.uid = user;
            this.gid = group;
            return this;
        }

        Builder device(long value) {
            this.device = value;
            return this;
        }

        Builder modificationTime(long value) {
            this.modificationTime = value;
            return this;
        }

        Builder accessTime(long value) {
            this.accessTime = value;
            return this;
        }

        Builder changeTime(long value) {
            this.changeTime = value;
            return this;
        }

        Builder creationTime(long value) {
            this.creationTime = value;
            return this;
        }

        Builder linkTarget(String value) {
            this.linkTarget = value;
            return this;
        }

        /** Says that the content is compressed, which makes its size another one. */
        Builder zisofs(ZisofsEntry entry) {
            this.zisofs = entry;
            this.size = entry.size();
            return this;
        }

        Node build() {
            return new Node(this);
        }
    }
}
