package dev.pxekit.iso.internal;

import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The attributes of one file. */
final class IsoAttributes implements PosixFileAttributes {

    /** In the order of the mode's bits, from the highest. */
    private static final PosixFilePermission[] PERMISSIONS = {
        PosixFilePermission.OWNER_READ,
        PosixFilePermission.OWNER_WRITE,
        PosixFilePermission.OWNER_EXECUTE,
        PosixFilePermission.GROUP_READ,
        PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_EXECUTE,
        PosixFilePermission.OTHERS_READ,
        PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_EXECUTE
    };

    private record Owner(String getName) implements UserPrincipal, GroupPrincipal {
        @Override
        public String toString() {
            return getName;
        }
    }

    private record FileKey(IsoFileSystem fileSystem, long inode) {}

    private final IsoFileSystem fileSystem;
    private final Node node;

    IsoAttributes(IsoFileSystem fileSystem, Node node) {
        this.fileSystem = fileSystem;
        this.node = node;
    }

    /** All attributes of a view by name, or {@code null} for a view that there is not. */
    static Map<String, Object> all(String view, IsoAttributes attributes) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (view.equals("owner")) {
            values.put("owner", attributes.owner());
            return values;
        }
        attributes.putBasic(values);
        if (!view.equals("basic")) {
            values.put("permissions", attributes.permissions());
            values.put("owner", attributes.owner());
            values.put("group", attributes.group());
        }
        if (view.equals("unix")) {
            attributes.putUnix(values);
        }
        return values;
    }

    private void putBasic(Map<String, Object> values) {
        values.put("lastModifiedTime", lastModifiedTime());
        values.put("lastAccessTime", lastAccessTime());
        values.put("creationTime", creationTime());
        values.put("size", size());
        values.put("isRegularFile", isRegularFile());
        values.put("isDirectory", isDirectory());
        values.put("isSymbolicLink", isSymbolicLink());
        values.put("isOther", isOther());
        values.put("fileKey", fileKey());
    }

    private void putUnix(Map<String, Object> values) {
        values.put("mode", node.mode());
        values.put("ino", node.inode());
        values.put("dev", (long) System.identityHashCode(fileSystem));
        values.put("rdev", node.device());
        values.put("nlink", node.links());
        values.put("uid", (int) node.uid());
        values.put("gid", (int) node.gid());
        values.put("ctime", node.changeTime());
    }

    @Override
    public UserPrincipal owner() {
        return new Owner(Long.toString(node.uid()));
    }

    @Override
    public GroupPrincipal group() {
        return new Owner(Long.toString(node.gid()));
    }

    @Override
    public Set<PosixFilePermission> permissions() {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < PERMISSIONS.length; i++) {
            if ((node.mode() & (0400 >> i)) != 0) {
                permissions.add(PERMISSIONS[i]);
            }
        }
        return permissions;
    }

    @Override
    public FileTime lastModifiedTime() {
        return node.modificationTime();
    }

    @Override
    public FileTime lastAccessTime() {
        return node.accessTime();
    }

    @Override
    public FileTime creationTime() {
        return node.creationTime();
    }

    @Override
    public boolean isRegularFile() {
        return node.isRegularFile();
    }

    @Override
    public boolean isDirectory() {
        return node.isDirectory();
    }

    @Override
    public boolean isSymbolicLink() {
        return node.isSymbolicLink();
    }

    @Override
    public boolean isOther() {
        return !isRegularFile() && !isDirectory() && !isSymbolicLink();
    }

    @Override
    public long size() {
        return node.size();
    }

    @Override
    public Object fileKey() {
        return new FileKey(fileSystem, node.inode());
    }
}
