package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import dev.pxekit.iso.IsoOptions;
import dev.pxekit.iso.IsoView;
import dev.pxekit.tree.internal.NumericPrincipals;
import dev.pxekit.tree.internal.TreeFileSystem;
import dev.pxekit.tree.internal.TreeListing;
import dev.pxekit.tree.internal.TreePath;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** An open image: finds nodes by path, keeps directories, closes what it opened. Thread safe. */
public final class IsoFileSystem extends TreeFileSystem<Node> {

    /** Of directories within one another. Names of two bytes fill the longest path of Linux with fewer than 2048. */
    private static final int MAXIMUM_DEPTH = 1024;

    static final Set<String> ATTRIBUTE_VIEWS = Set.of("basic", "owner", "posix", "unix", "iso");

    private final Image image;
    private final Trees trees;
    private final IsoView view;
    private final @Nullable IsoFileSystem parent;
    private final Tree tree;
    private final DirectoryCache directories;
    private final Claims claims = new Claims();
    private final Map<Extent, IsoFileSystem> nested = new ConcurrentHashMap<>();

    private IsoFileSystem(
            Image image, Trees trees, IsoView view, Tree tree, int cachedEntries, @Nullable IsoFileSystem parent) {
        super(IsoFileSystemProvider.instance());
        this.image = image;
        this.trees = trees;
        this.view = view;
        this.parent = parent;
        this.tree = tree;
        this.directories = new DirectoryCache(tree, cachedEntries);
        claims.claim(tree.root().origin(), -1);
    }

    /** Opens an image; see {@code IsoFileSystems}. */
    public static IsoFileSystem open(Path path, IsoOptions options) throws IOException {
        Image image = Image.open(path);
        try {
            Trees trees = Trees.find(image, options.sessionStart());
            IsoView view = options.view().orElse(trees.views().get(0));
            IsoFileSystem fileSystem =
                    new IsoFileSystem(image, trees, view, trees.tree(view), options.cachedEntries(), null);
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
        return trees.views();
    }

    /** The view that is shown. */
    public IsoView view() {
        return view;
    }

    /** Where the boot catalog is, in bytes; negative if the image has none. */
    public long bootCatalogOffset() {
        return trees.bootCatalogOffset();
    }

    /** The bytes of the image as a channel that the caller closes, from an offset on. */
    public IsoFileChannel newImageChannel(long offset, long length) {
        requireOpen();
        return register(newChannel(new ExtentContent(
                image, new Extent.Builder().add(offset, length).build())));
    }

    /** Bytes of the image that are no file of the tree, as the only file of a file system that closes with this one. */
    public Path newImagePath(String name, long offset, long length) {
        requireOpen();
        return nested.computeIfAbsent(new Extent(0, offset, length), bytes -> {
                    Tree single = new SingleFileTree(name, offset, length, tree);
                    return register(new IsoFileSystem(image, trees, view, single, 1, this));
                })
                .getPath("/", name);
    }

    /** The size of the image in bytes. */
    public long imageSize() {
        return image.size();
    }

    /** Where the content of a regular file begins in the image; empty where that cannot be told, and for anything else. */
    public Optional<Long> contentOffset(Path path) throws IOException {
        try {
            List<Extent> extents = node(provider().own(path), true).extents();
            return extents.stream()
                    .findFirst()
                    .filter(extent -> !extent.isHole())
                    .map(Extent::offset);
        } catch (IsoFormatException e) {
            return Optional.empty(); // where it is recorded cannot be told; reading it says why
        }
    }

    Path imagePath() {
        return image.path();
    }

    Volume volume() {
        return tree.volume();
    }

    private IsoFileChannel newChannel(Content content) {
        return new IsoFileChannel(content, this::unregister);
    }

    @Override
    public boolean ignoresCase() {
        return tree.ignoresCase();
    }

    @Override
    protected Node rootNode() {
        return tree.root();
    }

    @Override
    protected @Nullable Node find(Node directory, int depth, String name) throws IOException {
        Directory entries = directories.get(directory);
        Node node = entries.find(name);
        if (node != null && !node.isDirectory()) {
            return node;
        }
        if (node != null && claims.claim(node.origin(), directory.origin())) {
            if (depth >= MAXIMUM_DEPTH) {
                throw tooDeep(directory);
            }
            return node;
        }
        IsoFormatException damage = entries.damage();
        if (damage != null) {
            throw damage;
        }
        return null;
    }

    @Override
    protected String realName(Node directory, String name) throws IOException {
        return directories.get(directory).realName(name);
    }

    @Override
    protected TreeListing<Node> list(Node directory, int depth) throws IOException {
        Directory entries = directories.get(directory);
        if (entries.hasSubdirectories() && depth >= MAXIMUM_DEPTH) {
            return new TreeListing<>(entries.list(node -> false), tooDeep(directory));
        }
        return new TreeListing<>(
                entries.list(node -> claims.claim(node.origin(), directory.origin())), entries.damage());
    }

    private static IsoFormatException tooDeep(Node directory) {
        return new IsoFormatException("directories within one another: more than " + MAXIMUM_DEPTH, directory.origin());
    }

    /** The target of a symbolic link, which no file system could store empty or with NUL in it. */
    @Override
    protected String linkTarget(Node link) throws IsoFormatException {
        String target = link.linkTarget();
        if (target.isEmpty() || target.indexOf('\0') >= 0) {
            throw new IsoFormatException(
                    "target of symbolic link: \"" + target.replace('\0', '?') + "\" (expected: not empty, without NUL)",
                    link.origin());
        }
        return target;
    }

    @Override
    protected IsoFileChannel newFileChannel(Node file, Path path) throws IOException {
        return newChannel(file.open(image));
    }

    @Override
    protected IsoAttributes attributes(Node node) {
        return new IsoAttributes(this, node);
    }

    @Override
    protected Map<String, Object> attributes(Node node, String view) throws IOException {
        return view.equals("iso")
                ? attributes(node).ofImage()
                : attributes(node).view(view);
    }

    /** Everything can be read. */
    @Override
    protected void checkRead(Node node, Path path) {}

    @Override
    protected void checkExecute(Node node, Path path) throws AccessDeniedException {
        if ((node.mode() & 0111) == 0) {
            throw new AccessDeniedException(path.toString(), null, "its mode does not allow to execute it");
        }
    }

    @Override
    protected FileStore fileStore(Node node) {
        return new IsoFileStore(this);
    }

    @Override
    protected URI uri(TreePath path) {
        URI image = imagePath().toUri();
        return parent == null
                ? new IsoUri(image, path.toString()).toUri()
                : URI.create(image + "#" + IsoUri.encode(path.toString()));
    }

    @Override
    protected void closeTree() throws IOException {
        if (parent == null) {
            OpenImages.remove(this);
            image.close();
        } else {
            parent.unregister(this);
        }
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
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return NumericPrincipals.INSTANCE;
    }

    @Override
    public String toString() {
        return "iso:" + image.path();
    }
}
