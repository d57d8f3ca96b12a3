package dev.pxekit.media.internal.overlay;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;

/**
 * The attributes of a directory that several layers have: those of the last one, but for the key. One layer may be a
 * directory within another, so that the last one's key would stand for two directories of the overlay.
 */
class MergedAttributes implements BasicFileAttributes {

    private final BasicFileAttributes top;
    private final List<Object> keys;

    private MergedAttributes(BasicFileAttributes top, List<Object> keys) {
        this.top = top;
        this.keys = keys;
    }

    static BasicFileAttributes of(BasicFileAttributes top, List<Object> keys) {
        return top instanceof PosixFileAttributes posix ? new Posix(posix, keys) : new MergedAttributes(top, keys);
    }

    @Override
    public Object fileKey() {
        return keys;
    }

    @Override
    public FileTime lastModifiedTime() {
        return top.lastModifiedTime();
    }

    @Override
    public FileTime lastAccessTime() {
        return top.lastAccessTime();
    }

    @Override
    public FileTime creationTime() {
        return top.creationTime();
    }

    @Override
    public boolean isRegularFile() {
        return top.isRegularFile();
    }

    @Override
    public boolean isDirectory() {
        return top.isDirectory();
    }

    @Override
    public boolean isSymbolicLink() {
        return top.isSymbolicLink();
    }

    @Override
    public boolean isOther() {
        return top.isOther();
    }

    @Override
    public long size() {
        return top.size();
    }

    private static final class Posix extends MergedAttributes implements PosixFileAttributes {

        private final PosixFileAttributes top;

        Posix(PosixFileAttributes top, List<Object> keys) {
            super(top, keys);
            this.top = top;
        }

        @Override
        public UserPrincipal owner() {
            return top.owner();
        }

        @Override
        public GroupPrincipal group() {
            return top.group();
        }

        @Override
        public Set<PosixFilePermission> permissions() {
            return top.permissions();
        }
    }
}
