package dev.pxekit.media.internal.extraction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a tree and what is kept of it. Links are not followed.
 *
 * @param root the root of its tree
 * @param path the entry in its file system
 * @param kind what it is
 * @param size bytes of content
 * @param modified time of modification
 * @param permissions the nine permission bits, {@code null} if its file system has none
 * @param owner the numbers of its owners, if its file system has them
 * @param sharedFile the same for all names of a file that has several, else {@code null}
 */
record SourceEntry(
        Path root,
        Path path,
        Kind kind,
        long size,
        FileTime modified,
        @Nullable Set<PosixFilePermission> permissions,
        @Nullable Owner owner,
        @Nullable SharedFile sharedFile) {

    private static final String UNIX_ATTRIBUTES =
            "unix:isDirectory,isRegularFile,isSymbolicLink,size,lastModifiedTime,permissions,uid,gid,nlink,fileKey";

    enum Kind {
        DIRECTORY,
        FILE,
        SYMBOLIC_LINK,
        OTHER
    }

    /** Numbers of a user and a group. */
    record Owner(int user, int group) {}

    /** A file with several names. Size and time are in it because an image may lie about which files are one. */
    record SharedFile(Object key, long size, FileTime modified) {}

    /** The entry, relative to the root of the tree. */
    Path relative() {
        return root.relativize(path);
    }

    /** The name within its directory. */
    String name() {
        return String.valueOf(path.getFileName());
    }

    /** Whether a file of a target looks like this one: the size, and the time to two seconds, which is what FAT keeps. */
    boolean isLike(BasicFileAttributes other) {
        return other.isRegularFile()
                && other.size() == size
                && Math.abs(seconds(other.lastModifiedTime()) - seconds(modified)) <= 1;
    }

    private static long seconds(FileTime time) {
        return time.toInstant().getEpochSecond();
    }

    /** Reads as much as the file system of the entry knows. */
    static SourceEntry read(Path root, Path path, LinkOption... options) throws IOException {
        Set<String> views = path.getFileSystem().supportedFileAttributeViews();
        if (views.contains("unix")) {
            Optional<SourceEntry> entry = readUnix(root, path, options);
            if (entry.isPresent()) {
                return entry.get();
            }
        }
        if (views.contains("posix")) {
            PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class, options);
            return of(root, path, attributes, attributes.permissions());
        }
        return of(root, path, Files.readAttributes(path, BasicFileAttributes.class, options), null);
    }

    /** Empty where other attributes than Linux's make a view of this name. */
    private static Optional<SourceEntry> readUnix(Path root, Path path, LinkOption... options) throws IOException {
        try {
            return Optional.of(of(root, path, Files.readAttributes(path, UNIX_ATTRIBUTES, options)));
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @SuppressWarnings("unchecked") // the type that PosixFileAttributeView documents
    private static SourceEntry of(Path root, Path path, Map<String, Object> values) {
        Kind kind = kind(
                Boolean.TRUE.equals(values.get("isDirectory")),
                Boolean.TRUE.equals(values.get("isRegularFile")),
                Boolean.TRUE.equals(values.get("isSymbolicLink")));
        long size = number(values, "size");
        FileTime modified = values.get("lastModifiedTime") instanceof FileTime time ? time : FileTime.fromMillis(0);
        Object key = kind == Kind.FILE && number(values, "nlink") > 1 ? values.get("fileKey") : null;
        return new SourceEntry(
                root,
                path,
                kind,
                size,
                modified,
                (Set<PosixFilePermission>) values.get("permissions"),
                new Owner((int) number(values, "uid"), (int) number(values, "gid")),
                key == null ? null : new SharedFile(key, size, modified));
    }

    private static long number(Map<String, Object> values, String name) {
        return values.get(name) instanceof Number number ? number.longValue() : 0;
    }

    private static SourceEntry of(
            Path root, Path path, BasicFileAttributes attributes, @Nullable Set<PosixFilePermission> permissions) {
        Kind kind = kind(attributes.isDirectory(), attributes.isRegularFile(), attributes.isSymbolicLink());
        return new SourceEntry(
                root, path, kind, attributes.size(), attributes.lastModifiedTime(), permissions, null, null);
    }

    private static Kind kind(boolean directory, boolean file, boolean link) {
        if (directory) {
            return Kind.DIRECTORY;
        }
        if (file) {
            return Kind.FILE;
        }
        return link ? Kind.SYMBOLIC_LINK : Kind.OTHER;
    }
}
