package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import dev.pxekit.iso.IsoOptions;
import dev.pxekit.iso.IsoView;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An open image: finds nodes by path, keeps directories, closes what it opened. Thread safe. */
public final class IsoFileSystem extends FileSystem {

    /** As Linux has it. */
    private static final int MAXIMUM_LINKS = 40;

    /** Of directories within one another. Names of two bytes fill the longest path of Linux with fewer than 2048. */
    private static final int MAXIMUM_DEPTH = 1024;

    static final Set<String> ATTRIBUTE_VIEWS = Set.of("basic", "owner", "posix", "unix");

    private final Image image;
    private final long bootCatalogOffset;
    private final List<IsoView> views;
    private final IsoView view;
    private final Tree tree;
    private final DirectoryCache directories;
    private final DirectoryClaims claims = new DirectoryClaims();
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final IsoPath root = IsoPath.root(this);
    private volatile boolean closed;

    private IsoFileSystem(Image image, Trees trees, IsoView view, int cachedEntries) {
        this.image = image;
        this.bootCatalogOffset = trees.bootCatalogOffset();
        this.views = trees.views();
        this.view = view;
        this.tree = trees.tree(view);
        this.directories = new DirectoryCache(tree, cachedEntries);
        claims.claim(tree.root().origin(), -1);
    }

    /** Opens an image; see {@code IsoFileSystems}. */
    public static IsoFileSystem open(Path path, IsoOptions options) throws IOException {
        Image image = Image.open(path);
        try {
            Trees trees = Trees.find(image);
            IsoView view = options.view().orElse(trees.views().get(0));
            if (!trees.views().contains(view)) {
                throw new IsoFormatException("view: " + view + " (the image has: " + trees.views() + ")", 0);
            }
            IsoFileSystem fileSystem = new IsoFileSystem(image, trees, view, options.cachedEntries());
            OpenImages.add(fileSystem);
            return fileSystem;
        } catch (IOException | RuntimeException e) {
            image.close();
            throw e;
        }
    }

    /** The file system as one of ours. */
    public static IsoFileSystem of(FileSystem fileSystem) {
        if (fileSystem instanceof IsoFileSystem iso) {
            return iso;
        }
        throw new ProviderMismatchException(
                "file system: " + fileSystem.getClass().getName() + " (expected: one opened by IsoFileSystems)");
    }

    /** The views of the image, the richest first. */
    public List<IsoView> views() {
        return views;
    }

    /** The view that is shown. */
    public IsoView view() {
        return view;
    }

    /** Where the boot catalog is, in bytes; negative if the image has none. */
    public long bootCatalogOffset() {
        return bootCatalogOffset;
    }

    /** The bytes of the image as a channel that the caller closes, from an offset on. */
    public IsoFileChannel newImageChannel(long offset, long length) {
        requireOpen();
        return newChannel(new ExtentContent(
                image, new Extent.Builder().add(offset, length).build()));
    }

    /** The size of the image in bytes. */
    public long imageSize() {
        return image.size();
    }

    /** Where the content of a regular file begins in the image; empty where none of it is recorded, and for anything else. */
    public Optional<Long> contentOffset(Path path) throws IOException {
        List<Extent> extents = node(IsoPath.of(path), true).extents();
        return extents.stream().findFirst().filter(extent -> !extent.isHole()).map(Extent::offset);
    }

    Path imagePath() {
        return image.path();
    }

    Volume volume() {
        return tree.volume();
    }

    boolean ignoresCase() {
        return tree.ignoresCase();
    }

    /** The content of a regular file as a channel that the caller closes. */
    IsoFileChannel newChannel(Node file) throws IOException {
        return newChannel(file.open(image));
    }

    private IsoFileChannel newChannel(Content content) {
        IsoFileChannel channel = new IsoFileChannel(content, open::remove);
        register(channel);
        return channel;
    }

    void register(Closeable resource) {
        open.add(resource);
        if (closed) {
            open.remove(resource);
            throw new ClosedFileSystemException();
        }
    }

    void unregister(Closeable resource) {
        open.remove(resource);
    }

    /** What a path leads to: a node and the path without links and dots, in the case of the image. */
    record Resolved(IsoPath path, Node node) {}

    Node node(IsoPath path, boolean followLast) throws IOException {
        return resolve(path, followLast).node();
    }

    /** Follows names from the root, links on the way and, if so asked, one at the end. */
    Resolved resolve(IsoPath path, boolean followLast) throws IOException {
        requireOpen();
        Deque<String> pending = new ArrayDeque<>(path.toAbsolutePath().names());
        List<Directory.Entry> found = new ArrayList<>();
        int links = 0;
        while (!pending.isEmpty()) {
            String name = pending.removeFirst();
            Node directory =
                    found.isEmpty() ? tree.root() : found.get(found.size() - 1).node();
            if (!directory.isDirectory()) {
                throw new NoSuchFileException(path.toString());
            }
            if (name.equals("..")) {
                if (!found.isEmpty()) {
                    found.remove(found.size() - 1);
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                Directory.Entry entry = find(directory, found.size(), name, path);
                if (entry.node().isSymbolicLink() && (followLast || !pending.isEmpty())) {
                    if (++links > MAXIMUM_LINKS) {
                        throw new FileSystemLoopException(path.toString());
                    }
                    follow(linkTarget(entry.node()), pending, found);
                } else {
                    found.add(entry);
                }
            }
        }
        Node node = found.isEmpty() ? tree.root() : found.get(found.size() - 1).node();
        return new Resolved(
                root.append(found.stream().map(Directory.Entry::name).toList()), node);
    }

    private Directory.Entry find(Node directory, int depth, String name, IsoPath path) throws IOException {
        Directory entries = directories.get(directory);
        Directory.Entry entry = entries.find(name);
        if (entry != null && !entry.node().isDirectory()) {
            return entry;
        }
        if (entry != null && claims.claim(entry.node().origin(), directory.origin())) {
            if (depth >= MAXIMUM_DEPTH) {
                throw tooDeep(directory);
            }
            return entry;
        }
        IsoFormatException damage = entries.damage();
        if (damage != null) {
            throw damage;
        }
        throw new NoSuchFileException(path.toString());
    }

    /** The target of a symbolic link, which no file system could store empty or with NUL in it. */
    static String linkTarget(Node link) throws IsoFormatException {
        String target = link.linkTarget();
        if (target.isEmpty() || target.indexOf('\0') >= 0) {
            throw new IsoFormatException(
                    "target of symbolic link: \"" + target.replace('\0', '?') + "\" (expected: not empty, without NUL)",
                    link.origin());
        }
        return target;
    }

    private static void follow(String target, Deque<String> pending, List<Directory.Entry> found) {
        if (target.startsWith("/")) {
            found.clear();
        }
        String[] names = target.split("/", -1);
        for (int i = names.length - 1; i >= 0; i--) {
            pending.addFirst(names[i]);
        }
    }

    private static IsoFormatException tooDeep(Node directory) {
        return new IsoFormatException("directories within one another: more than " + MAXIMUM_DEPTH, directory.origin());
    }

    /** What a directory lists. */
    record Listing(List<String> names, @Nullable IsoFormatException damage) {}

    Listing list(IsoPath path) throws IOException {
        Resolved resolved = resolve(path, true);
        Node directory = resolved.node();
        if (!directory.isDirectory()) {
            throw new NotDirectoryException(path.toString());
        }
        Directory entries = directories.get(directory);
        if (entries.hasSubdirectories() && resolved.path().getNameCount() >= MAXIMUM_DEPTH) {
            return new Listing(entries.names(node -> false), tooDeep(directory));
        }
        return new Listing(entries.names(node -> claims.claim(node.origin(), directory.origin())), entries.damage());
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedFileSystemException();
        }
    }

    @Override
    public FileSystemProvider provider() {
        return IsoFileSystemProvider.instance();
    }

    @Override
    public void close() throws IOException {
        synchronized (open) {
            if (closed) {
                return;
            }
            closed = true;
        }
        OpenImages.remove(this);
        for (Closeable resource : List.copyOf(open)) {
            resource.close();
        }
        image.close();
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        requireOpen();
        return List.of(root);
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        requireOpen();
        return List.of(new IsoFileStore(this));
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        requireOpen();
        return ATTRIBUTE_VIEWS;
    }

    @Override
    public Path getPath(String first, String... more) {
        requireOpen();
        return IsoPath.parse(this, first, more);
    }

    @Override
    public PathMatcher getPathMatcher(String syntaxAndPattern) {
        requireOpen();
        return Glob.matcher(syntaxAndPattern, ignoresCase());
    }

    /** Owners are numbers here; there is no service that knows names. */
    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException("an image knows owners by number only");
    }

    /** An image does not change. */
    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("an image does not change, there is nothing to watch");
    }

    @Override
    public String toString() {
        return "iso:" + image.path();
    }
}
