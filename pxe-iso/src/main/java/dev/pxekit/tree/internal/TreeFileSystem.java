package dev.pxekit.tree.internal;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A read-only tree as a file system. Thread safe if the tree is. What is protected and abstract is the tree; the rest is
 * what all of them share.
 *
 * @param <N> the nodes of the tree
 */
public abstract class TreeFileSystem<N extends TreeNode> extends FileSystem {

    private final TreeProvider provider;
    private final OpenResources resources = new OpenResources();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final TreePath root = TreePath.root(this);

    /** Whatever the provider, it is the one of all paths of this file system. */
    protected TreeFileSystem(TreeProvider provider) {
        this.provider = provider;
    }

    /** The root directory. */
    protected abstract N rootNode();

    /**
     * Finds the entry of a directory.
     *
     * @param directory the directory
     * @param depth how many directories it is down from the root
     * @param name neither empty nor {@code .} or {@code ..}
     * @return {@code null} if it has none of that name
     */
    protected abstract @Nullable N find(N directory, int depth, String name) throws IOException;

    /** The name that the entry of a directory that was found by this one is listed with. */
    protected abstract String realName(N directory, String name) throws IOException;

    /** Lists a directory that is so many directories down from the root. */
    protected abstract TreeListing<N> list(N directory, int depth) throws IOException;

    /** The target of a symbolic link, with {@code /} between its names. */
    protected abstract String linkTarget(N link) throws IOException;

    /**
     * Opens a regular file.
     *
     * @throws UnsupportedOperationException if its tree has no file channels
     */
    protected abstract FileChannel newFileChannel(N file, Path path) throws IOException;

    /** Opens a regular file, with a channel that is a {@link FileChannel} where its tree has them. */
    protected SeekableByteChannel newByteChannel(N file, Path path) throws IOException {
        return newFileChannel(file, path);
    }

    /** The attributes: {@link java.nio.file.attribute.PosixFileAttributes} where the tree has such. */
    protected abstract BasicFileAttributes attributes(N node) throws IOException;

    /**
     * All attributes of a view by name.
     *
     * @throws UnsupportedOperationException if the node does not have that view
     */
    protected abstract Map<String, Object> attributes(N node, String view) throws IOException;

    /** Throws if the node cannot be read. */
    protected abstract void checkRead(N node, Path path) throws IOException;

    /** Throws if the node cannot be executed. */
    protected abstract void checkExecute(N node, Path path) throws IOException;

    /** What the node is stored in. */
    protected abstract FileStore fileStore(N node) throws IOException;

    /** The URI of an absolute path. */
    protected abstract URI uri(TreePath path);

    /** Whether names match regardless of case. */
    public abstract boolean ignoresCase();

    /** Closes what the tree itself holds, once, after everything that was opened here is closed. */
    protected abstract void closeTree() throws IOException;

    /** Throws {@link ClosedFileSystemException} after the end. */
    protected final void requireOpen() {
        if (closed.get()) {
            throw new ClosedFileSystemException();
        }
    }

    /** Keeps something to be closed with the file system. */
    protected final <C extends Closeable> C register(C resource) {
        resources.add(resource);
        return resource;
    }

    /** Forgets what was closed. */
    protected final void unregister(Closeable resource) {
        resources.remove(resource);
    }

    /** What a path leads to, and how many directories down from the root that is. */
    record Located<N extends TreeNode>(N node, int depth) {}

    /** The node that a path leads to. */
    protected final N node(TreePath path, boolean followLast) throws IOException {
        return locate(path, followLast).node();
    }

    private Located<N> locate(TreePath path, boolean followLast) throws IOException {
        Located<N> found = search(path, followLast);
        if (found == null) {
            throw new NoSuchFileException(path.toString());
        }
        return found;
    }

    /**
     * The quick way without links and dots, from what the path knows; {@link LinkWalk} for everything else. What is not
     * there is {@code null} or, after a link, a {@link NoSuchFileException}.
     */
    private @Nullable Located<N> search(TreePath path, boolean followLast) throws IOException {
        requireOpen();
        TreePath.Known known = path.known();
        N node = known == null ? rootNode() : knownNode(known);
        int depth = known == null ? 0 : known.depth();
        List<String> names = path.names();
        for (int next = known == null ? 0 : known.names(); ; next++) {
            boolean last = next == names.size();
            if (node.isSymbolicLink() && (followLast || !last)) {
                return walk(path, followLast);
            }
            if (last) {
                return new Located<>(node, depth);
            }
            String name = names.get(next);
            if (name.equals(".") || name.equals("..")) {
                return walk(path, followLast);
            }
            N entry = node.isDirectory() ? find(node, depth, name) : null;
            if (entry == null) {
                return null;
            }
            node = entry;
            depth++;
        }
    }

    private Located<N> walk(TreePath path, boolean followLast) throws IOException {
        LinkWalk<N> walk = LinkWalk.along(this, path, followLast);
        return new Located<>(walk.node(), walk.depth());
    }

    @SuppressWarnings("unchecked") // paths of this file system know its own nodes only
    private N knownNode(TreePath.Known known) {
        return (N) known.node();
    }

    final TreePath realPath(TreePath path, boolean followLast) throws IOException {
        requireOpen();
        return root.append(LinkWalk.along(this, path, followLast).realNames());
    }

    final DirectoryStream<Path> stream(TreePath path, DirectoryStream.Filter<? super Path> filter) throws IOException {
        Located<N> directory = locate(path, true);
        if (!directory.node().isDirectory()) {
            throw new NotDirectoryException(path.toString());
        }
        TreeListing<N> listing = list(directory.node(), directory.depth());
        return register(new TreeDirectoryStream(path, directory.depth(), listing, filter));
    }

    final FileChannel openFile(TreePath path, boolean followLinks) throws IOException {
        return register(newFileChannel(regularFile(path, followLinks), path));
    }

    final SeekableByteChannel openBytes(TreePath path, boolean followLinks) throws IOException {
        return register(newByteChannel(regularFile(path, followLinks), path));
    }

    private N regularFile(TreePath path, boolean followLinks) throws IOException {
        N node = node(path, followLinks);
        if (!node.isRegularFile()) {
            throw new FileSystemException(path.toString(), null, "it is not a regular file");
        }
        return node;
    }

    final TreePath readLink(TreePath path) throws IOException {
        N node = node(path, false);
        if (!node.isSymbolicLink()) {
            throw new NotLinkException(path.toString());
        }
        return TreePath.parse(this, linkTarget(node));
    }

    final BasicFileAttributes attributes(TreePath path, boolean followLinks) throws IOException {
        return attributes(node(path, followLinks));
    }

    /** The attributes; {@code null} if the path leads nowhere. */
    final @Nullable BasicFileAttributes attributesIfExists(TreePath path, boolean followLinks) throws IOException {
        try {
            Located<N> found = search(path, followLinks);
            return found == null ? null : attributes(found.node());
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    final Map<String, Object> attributes(TreePath path, boolean followLinks, String view) throws IOException {
        return attributes(node(path, followLinks), view);
    }

    final FileStore fileStore(TreePath path) throws IOException {
        return fileStore(node(path, true));
    }

    final void checkAccess(TreePath path, boolean read, boolean execute) throws IOException {
        N node = node(path, true);
        if (read) {
            checkRead(node, path);
        }
        if (execute) {
            checkExecute(node, path);
        }
    }

    @Override
    public final TreeProvider provider() {
        return provider;
    }

    @Override
    public final void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            try {
                resources.close();
            } finally {
                closeTree();
            }
        }
    }

    @Override
    public final boolean isOpen() {
        return !closed.get();
    }

    @Override
    public final boolean isReadOnly() {
        return true;
    }

    @Override
    public final String getSeparator() {
        return "/";
    }

    @Override
    public final Iterable<Path> getRootDirectories() {
        requireOpen();
        return List.of(root);
    }

    @Override
    public final TreePath getPath(String first, String... more) {
        requireOpen();
        return TreePath.parse(this, first, more);
    }

    @Override
    public final PathMatcher getPathMatcher(String syntaxAndPattern) {
        requireOpen();
        return Glob.matcher(syntaxAndPattern, ignoresCase());
    }

    /** Nobody tells of changes. */
    @Override
    public final WatchService newWatchService() {
        throw new UnsupportedOperationException("a read-only tree tells of no changes, there is nothing to watch");
    }
}
