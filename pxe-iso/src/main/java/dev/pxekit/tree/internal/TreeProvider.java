package dev.pxekit.tree.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@link java.nio.file.Files} asks for, over {@link TreeFileSystem}s. Without state: one instance serves all of a kind. */
public abstract class TreeProvider extends FileSystemProvider {

    /** Without state. */
    protected TreeProvider() {}

    /** The path as one of this provider. */
    public final TreePath own(Path path) {
        Objects.requireNonNull(path, "path");
        if (path instanceof TreePath tree && owns(tree)) {
            return tree;
        }
        throw new ProviderMismatchException("path: " + path + ", of the provider "
                + path.getFileSystem().provider().getScheme() + " (expected: of the provider " + getScheme() + ")");
    }

    final boolean owns(TreePath path) {
        return path.getFileSystem().provider().getClass() == getClass();
    }

    @Override
    public final FileChannel newFileChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        TreePath tree = own(path);
        return tree.getFileSystem().openFile(tree, followsLinks(options));
    }

    @Override
    public final SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        TreePath tree = own(path);
        return tree.getFileSystem().openBytes(tree, followsLinks(options));
    }

    /** Whether links are followed by one who opens with these options, all of which must be of reading. */
    private static boolean followsLinks(Set<? extends OpenOption> options) {
        boolean followLinks = true;
        for (OpenOption option : options) {
            if (option == LinkOption.NOFOLLOW_LINKS) {
                followLinks = false;
            } else if (option instanceof StandardOpenOption standard) {
                requireReading(standard);
            } else {
                throw new UnsupportedOperationException("option: " + option + " (expected: READ, NOFOLLOW_LINKS)");
            }
        }
        return followLinks;
    }

    private static void requireReading(StandardOpenOption option) {
        switch (option) {
            case READ, TRUNCATE_EXISTING, CREATE, CREATE_NEW, SPARSE, SYNC, DSYNC -> {
                // Of these, those that speak of writing have no effect on a file that is opened to be read.
            }
            default -> throw new ReadOnlyFileSystemException();
        }
    }

    @Override
    public final DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        TreePath path = own(directory);
        return path.getFileSystem().stream(path, filter);
    }

    @Override
    public final void createDirectory(Path directory, FileAttribute<?>... attributes) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public final void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public final void createLink(Path link, Path existing) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public final void delete(Path path) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public final void copy(Path source, Path target, CopyOption... options) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public final void move(Path source, Path target, CopyOption... options) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public final Path readSymbolicLink(Path link) throws IOException {
        TreePath path = own(link);
        return path.getFileSystem().readLink(path);
    }

    /** By file key; where there is none, by the real path. */
    @Override
    public final boolean isSameFile(Path path, Path other) throws IOException {
        TreePath one = own(path);
        if (one.equals(other)) {
            return true;
        }
        if (!(other instanceof TreePath two) || !one.getFileSystem().equals(two.getFileSystem())) {
            return false;
        }
        Object key = one.getFileSystem().attributes(one, true).fileKey();
        Object otherKey = two.getFileSystem().attributes(two, true).fileKey();
        boolean keyed = key != null && otherKey != null;
        return keyed ? key.equals(otherKey) : one.toRealPath().equals(two.toRealPath());
    }

    @Override
    public final boolean isHidden(Path path) {
        Path name = own(path).getFileName();
        return name != null && name.toString().startsWith(".");
    }

    @Override
    public final FileStore getFileStore(Path path) throws IOException {
        TreePath tree = own(path);
        return tree.getFileSystem().fileStore(tree);
    }

    @Override
    public final void checkAccess(Path path, AccessMode... modes) throws IOException {
        TreePath tree = own(path);
        List<AccessMode> asked = Arrays.asList(modes);
        tree.getFileSystem().checkAccess(tree, asked.contains(AccessMode.READ), asked.contains(AccessMode.EXECUTE));
        if (asked.contains(AccessMode.WRITE)) {
            throw new AccessDeniedException(path.toString(), null, "its file system is read-only");
        }
    }

    @Override
    public final <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        TreePath tree = own(path);
        TreeAttributeView view = TreeAttributeView.of(type, tree, followsLinks(options));
        boolean supported = view != null
                && tree.getFileSystem().supportedFileAttributeViews().contains(view.name());
        return supported ? type.cast(view) : null;
    }

    @Override
    public final <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        TreePath tree = own(path);
        return cast(tree.getFileSystem().attributes(tree, followsLinks(options)), tree, type);
    }

    /**
     * As {@link #readAttributes(Path, Class, LinkOption...)}, but {@code null} for a file that is not there, which costs no
     * exception. From Java 20 on this overrides the method of the provider that {@link java.nio.file.Files#isDirectory} asks.
     */
    public final <A extends BasicFileAttributes> @Nullable A readAttributesIfExists(
            Path path, Class<A> type, LinkOption... options) throws IOException {
        TreePath tree = own(path);
        BasicFileAttributes attributes = tree.getFileSystem().attributesIfExists(tree, followsLinks(options));
        return attributes == null ? null : cast(attributes, tree, type);
    }

    private static <A extends BasicFileAttributes> A cast(
            BasicFileAttributes attributes, TreePath path, Class<A> type) {
        if (!type.isInstance(attributes)) {
            throw new UnsupportedOperationException(
                    "type: " + type.getName() + " (expected: BasicFileAttributes, or PosixFileAttributes where "
                            + path.getFileSystem() + " has the attribute view posix)");
        }
        return type.cast(attributes);
    }

    @Override
    public final Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
            throws IOException {
        TreePath tree = own(path);
        int colon = attributes.indexOf(':');
        String view = colon < 0 ? "basic" : attributes.substring(0, colon);
        Map<String, Object> all = tree.getFileSystem().attributes(tree, followsLinks(options), view);
        Map<String, Object> chosen = new LinkedHashMap<>();
        for (String name : attributes.substring(colon + 1).split(",", -1)) {
            if (name.equals("*")) {
                return all;
            }
            if (!all.containsKey(name)) {
                throw new IllegalArgumentException(
                        "attribute: " + name + " of view " + view + " (expected: one of " + all.keySet() + ")");
            }
            chosen.put(name, all.get(name));
        }
        return chosen;
    }

    private static boolean followsLinks(LinkOption... options) {
        return !Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public final void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new ReadOnlyFileSystemException();
    }
}
