package dev.pxekit.tree.internal;

import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The attributes of a file with a POSIX mode, by method and, as the views {@code basic} to {@code unix}, by name. */
public abstract class UnixAttributes implements PosixFileAttributes {

    private static final int TYPE_MASK = 0170000;
    private static final int TYPE_DIRECTORY = 0040000;
    private static final int TYPE_REGULAR = 0100000;
    private static final int TYPE_SYMBOLIC_LINK = 0120000;

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

    /** File type and permissions. */
    protected abstract int mode();

    /** {@code ino}. */
    protected abstract long inode();

    /** {@code dev}. */
    protected abstract long device();

    /** {@code rdev}: which device a device file is. */
    protected abstract long specialDevice();

    /** {@code nlink}. */
    protected abstract int links();

    /** {@code uid}. */
    protected abstract long uid();

    /** {@code gid}. */
    protected abstract long gid();

    /** {@code ctime}. */
    protected abstract FileTime changeTime();

    /**
     * All attributes of a view by name.
     *
     * @throws UnsupportedOperationException if it is none of {@code basic}, {@code owner}, {@code posix} and {@code unix}
     */
    public final Map<String, Object> view(String name) {
        Map<String, Object> values = new LinkedHashMap<>();
        switch (name) {
            case "basic" -> putBasic(values);
            case "owner" -> values.put("owner", owner());
            case "posix" -> putPosix(values);
            case "unix" -> putUnix(values);
            default ->
                throw new UnsupportedOperationException(
                        "attribute view: " + name + " (expected: one of those that its file system supports)");
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

    private void putPosix(Map<String, Object> values) {
        putBasic(values);
        values.put("permissions", permissions());
        values.put("owner", owner());
        values.put("group", group());
    }

    private void putUnix(Map<String, Object> values) {
        putPosix(values);
        values.put("mode", mode());
        values.put("ino", inode());
        values.put("dev", device());
        values.put("rdev", specialDevice());
        values.put("nlink", links());
        values.put("uid", (int) uid());
        values.put("gid", (int) gid());
        values.put("ctime", changeTime());
    }

    @Override
    public final Set<PosixFilePermission> permissions() {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int i = 0; i < PERMISSIONS.length; i++) {
            if ((mode() & (0400 >> i)) != 0) {
                permissions.add(PERMISSIONS[i]);
            }
        }
        return permissions;
    }

    private boolean isType(int type) {
        return (mode() & TYPE_MASK) == type;
    }

    @Override
    public final boolean isRegularFile() {
        return isType(TYPE_REGULAR);
    }

    @Override
    public final boolean isDirectory() {
        return isType(TYPE_DIRECTORY);
    }

    @Override
    public final boolean isSymbolicLink() {
        return isType(TYPE_SYMBOLIC_LINK);
    }

    @Override
    public final boolean isOther() {
        return !isRegularFile() && !isDirectory() && !isSymbolicLink();
    }
}
