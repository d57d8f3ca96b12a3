package dev.pxekit.media.internal.extraction;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the target, reached from the target's root without following a symbolic link. Nothing here follows one: a
 * link in the way is reported or replaced.
 *
 * <p>Where the system has {@code openat} and its like (Linux, macOS), files are opened, renamed and given their attributes
 * relative to the open directory, so that it does not matter if somebody exchanges it or one above it meanwhile. Java can
 * make directories and links by their path only. Thread safe.
 */
abstract class TargetDirectory implements Closeable {

    /** Makes an entry under a name that no other has. */
    @FunctionalInterface
    interface Maker {
        void make(String part) throws IOException;
    }

    static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final String PART_NAME =
            TargetNames.PART_PREFIX + ProcessHandle.current().pid() + "-";
    private static final AtomicLong PARTS = new AtomicLong();

    private final Path path;
    private final boolean hasPermissions;

    TargetDirectory(Path path) {
        this.path = path;
        this.hasPermissions = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** Opens the root of a target, following links as its path says. */
    @SuppressWarnings("StreamResourceLeak") // the directory closes it
    static TargetDirectory openRoot(Path path) throws IOException {
        return of(path, Files.newDirectoryStream(path));
    }

    static TargetDirectory of(Path path, DirectoryStream<Path> stream) throws IOException {
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return new SecureTargetDirectory(path, secure);
        }
        stream.close();
        return new PlainTargetDirectory(path);
    }

    /** Where the directory was when it was opened. */
    final Path path() {
        return path;
    }

    final boolean hasPermissions() {
        return hasPermissions;
    }

    /** The attributes of an entry, of a link those of the link itself; {@code null} if there is none. */
    final @Nullable BasicFileAttributes attributes(String name) throws IOException {
        try {
            return view(name, BasicFileAttributeView.class).readAttributes();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Makes a directory that nobody else may enter until it is given its permissions.
     *
     * @param restricted whether its permissions are going to be set
     */
    final void createDirectory(String name, boolean restricted) throws IOException {
        if (restricted && hasPermissions) {
            Files.createDirectory(path.resolve(name), PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else {
            Files.createDirectory(path.resolve(name));
        }
    }

    final void createSymbolicLink(String name, String target) throws IOException {
        Files.createSymbolicLink(path.resolve(name), path.getFileSystem().getPath(target));
    }

    /** Makes an entry under another name, which is exchanged for its own when it is whole; if it fails, it is removed. */
    final void put(String name, Maker maker) throws IOException {
        complete(newPartName(), name, maker);
    }

    /** Gives a file another name; {@code false} if the file system has no hard links, or no more for this file. */
    final boolean link(String name, Path existing) throws IOException {
        String part = newPartName();
        try {
            Files.createLink(path.resolve(part), existing);
        } catch (UnsupportedOperationException | FileSystemException e) {
            return false;
        }
        complete(part, name, link -> {}); // the link is all there is to make
        return true;
    }

    private void complete(String part, String name, Maker maker) throws IOException {
        try {
            maker.make(part);
            rename(part, name);
        } catch (IOException | RuntimeException | Error e) {
            undo(part, e);
            throw e;
        }
    }

    private void undo(String part, Throwable cause) {
        try {
            delete(part);
        } catch (NoSuchFileException e) {
            // it was not made
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Removes what an earlier run has left incomplete. */
    final void deleteParts() throws IOException {
        List<String> parts = new ArrayList<>();
        try (DirectoryStream<Path> entries = list()) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (name.startsWith(TargetNames.PART_PREFIX)) {
                    parts.add(name);
                }
            }
        }
        for (String part : parts) {
            delete(part);
        }
    }

    /** Whether the file system takes two different names in this directory for one. */
    final boolean isOneName(String one, String other) throws IOException {
        String part = newPartName();
        createFile(part + one, false).close();
        try {
            return attributes(part + other) != null;
        } finally {
            delete(part + one);
        }
    }

    /** A name that no entry has, for one that is to be renamed when it is complete. */
    private static String newPartName() {
        return PART_NAME + Long.toHexString(PARTS.incrementAndGet()) + "-";
    }

    /** Opens a directory in this one; {@link NotDirectoryException} if it is a link. */
    abstract TargetDirectory open(String name) throws IOException;

    /** Makes a file and opens it for writing. */
    abstract SeekableByteChannel createFile(String name, boolean restricted) throws IOException;

    abstract SeekableByteChannel openFile(String name) throws IOException;

    /** The view of an entry; of a link that of the link itself, if the operating system can. */
    abstract <V extends FileAttributeView> V view(String name, Class<V> type) throws IOException;

    /** The view of this directory. */
    abstract <V extends FileAttributeView> V view(Class<V> type) throws IOException;

    /** Gives an entry its name; what had that name, if it is no directory, is gone. */
    abstract void rename(String from, String to) throws IOException;

    abstract void delete(String name) throws IOException;

    abstract DirectoryStream<Path> list() throws IOException;

    /** The view of a link by its path. */
    final <V extends FileAttributeView> V linkView(String name, Class<V> type) {
        return require(Files.getFileAttributeView(path.resolve(name), type, LinkOption.NOFOLLOW_LINKS), type);
    }

    static <V> V require(@Nullable V view, Class<V> type) {
        if (view == null) {
            throw new UnsupportedOperationException("the target has no " + type.getSimpleName());
        }
        return view;
    }
}
