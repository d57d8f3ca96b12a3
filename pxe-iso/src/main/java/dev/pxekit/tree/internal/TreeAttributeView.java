package dev.pxekit.tree.internal;

import java.io.IOException;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The read-only view behind {@code basic}, {@code owner} and {@code posix}. */
class TreeAttributeView implements BasicFileAttributeView, FileOwnerAttributeView {

    private final String name;
    private final TreePath path;
    private final boolean followLinks;

    private TreeAttributeView(String name, TreePath path, boolean followLinks) {
        this.name = name;
        this.path = path;
        this.followLinks = followLinks;
    }

    /** The view of a type; {@code null} for one that is not served here. */
    static @Nullable TreeAttributeView of(Class<? extends FileAttributeView> type, TreePath path, boolean followLinks) {
        if (type == BasicFileAttributeView.class) {
            return new TreeAttributeView("basic", path, followLinks);
        }
        if (type == FileOwnerAttributeView.class) {
            return new TreeAttributeView("owner", path, followLinks);
        }
        return type == PosixFileAttributeView.class ? new Posix(path, followLinks) : null;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public BasicFileAttributes readAttributes() throws IOException {
        return path.getFileSystem().attributes(path, followLinks);
    }

    @Override
    public UserPrincipal getOwner() throws IOException {
        Object owner =
                path.getFileSystem().attributes(path, followLinks, "owner").get("owner");
        return (UserPrincipal) Objects.requireNonNull(owner, "owner");
    }

    @Override
    public void setTimes(
            @Nullable FileTime lastModifiedTime, @Nullable FileTime lastAccessTime, @Nullable FileTime createTime) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void setOwner(UserPrincipal owner) {
        throw new ReadOnlyFileSystemException();
    }

    private static final class Posix extends TreeAttributeView implements PosixFileAttributeView {

        Posix(TreePath path, boolean followLinks) {
            super("posix", path, followLinks);
        }

        @Override
        public PosixFileAttributes readAttributes() throws IOException {
            if (super.readAttributes() instanceof PosixFileAttributes posix) {
                return posix;
            }
            throw new UnsupportedOperationException("the file has no attribute view posix");
        }

        @Override
        public void setPermissions(Set<PosixFilePermission> permissions) {
            throw new ReadOnlyFileSystemException();
        }

        @Override
        public void setGroup(GroupPrincipal group) {
            throw new ReadOnlyFileSystemException();
        }
    }
}
