package dev.pxekit.media.internal.overlay;

import dev.pxekit.tree.internal.TreeFileSystem;
import dev.pxekit.tree.internal.TreeListing;
import dev.pxekit.tree.internal.TreePath;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Layers as one tree; see {@code Overlay}. Thread safe; nothing is cached. */
public final class OverlayFileSystem extends TreeFileSystem<OverlayNode> {

    private final OverlayNode root;
    private final Set<String> views;

    private OverlayFileSystem(OverlayNode root) {
        super(OverlayProvider.INSTANCE);
        this.root = root;
        Set<String> common = new HashSet<>(root.top().path().getFileSystem().supportedFileAttributeViews());
        root.parts()
                .forEach(part -> common.retainAll(part.path().getFileSystem().supportedFileAttributeViews()));
        this.views = Set.copyOf(common);
    }

    /** Opens an overlay; see {@code Overlay}. */
    public static OverlayFileSystem over(List<Path> roots) throws IOException {
        if (roots.isEmpty()) {
            throw new IllegalArgumentException("roots: none (expected: one or more)");
        }
        List<LayerPath> layers = new ArrayList<>();
        for (int i = roots.size() - 1; i >= 0; i--) {
            layers.addAll(layers(roots.get(i)));
        }
        return new OverlayFileSystem(merge(layers));
    }

    /** A root, the last layer first if it is itself an overlay. */
    private static List<LayerPath> layers(Path root) throws IOException {
        if (!Files.readAttributes(root, BasicFileAttributes.class).isDirectory()) {
            throw new NotDirectoryException(root.toString());
        }
        if (root.getFileSystem() instanceof OverlayFileSystem overlay) {
            return overlay.node(overlay.provider().own(root), true).parts();
        }
        return List.of(LayerPath.root(root.toRealPath()));
    }

    private static OverlayNode merge(List<LayerPath> directories) throws IOException {
        List<BasicFileAttributes> attributes = new ArrayList<>();
        for (LayerPath directory : directories) {
            BasicFileAttributes own = directory.attributes();
            if (own == null) {
                throw new NoSuchFileException(directory.path().toString());
            }
            attributes.add(own);
        }
        return OverlayNode.of(directories, attributes);
    }

    @Override
    protected OverlayNode rootNode() {
        return root;
    }

    @Override
    protected @Nullable OverlayNode find(OverlayNode directory, int depth, String name) throws IOException {
        List<LayerPath> parts = new ArrayList<>();
        List<BasicFileAttributes> attributes = new ArrayList<>();
        for (LayerPath part : directory.parts()) {
            LayerPath entry = part.resolve(name);
            BasicFileAttributes own = entry == null ? null : entry.attributes();
            if (entry == null || own == null) {
                continue;
            }
            if (own.isDirectory() || parts.isEmpty()) {
                parts.add(entry);
                attributes.add(own);
            }
            if (!own.isDirectory()) {
                break; // it is the file, or it is hidden and hides what is before it
            }
        }
        return parts.isEmpty() ? null : OverlayNode.of(parts, attributes);
    }

    @Override
    protected String realName(OverlayNode directory, String name) throws IOException {
        for (LayerPath part : directory.parts()) {
            LayerPath entry = part.resolve(name);
            if (entry != null && entry.attributes() != null) {
                return entry.realName();
            }
        }
        return name;
    }

    @Override
    protected TreeListing<OverlayNode> list(OverlayNode directory, int depth) throws IOException {
        return MergedNames.of(directory.parts());
    }

    @Override
    protected String linkTarget(OverlayNode link) throws IOException {
        return link.top().linkTarget();
    }

    @Override
    protected FileChannel newFileChannel(OverlayNode file, Path path) throws IOException {
        return file.top().newFileChannel();
    }

    @Override
    protected SeekableByteChannel newByteChannel(OverlayNode file, Path path) throws IOException {
        return file.top().newByteChannel();
    }

    /** Those that the node was found with; the root, which is not looked for, has those of now. */
    @Override
    protected BasicFileAttributes attributes(OverlayNode node) throws IOException {
        return node.equals(root) ? merge(root.parts()).attributes() : node.attributes();
    }

    @Override
    protected Map<String, Object> attributes(OverlayNode node, String view) throws IOException {
        Map<String, Object> attributes = node.top().attributes(view);
        if (attributes.containsKey("fileKey")) {
            attributes.put("fileKey", node.attributes().fileKey());
        }
        return attributes;
    }

    @Override
    protected void checkRead(OverlayNode node, Path path) throws IOException {
        node.top().checkAccess(AccessMode.READ);
    }

    @Override
    protected void checkExecute(OverlayNode node, Path path) throws IOException {
        node.top().checkAccess(AccessMode.EXECUTE);
    }

    @Override
    protected FileStore fileStore(OverlayNode node) throws IOException {
        return new OverlayFileStore(Files.getFileStore(node.top().path()), views);
    }

    @Override
    protected URI uri(TreePath path) {
        try {
            String id = Integer.toHexString(System.identityHashCode(this));
            return new URI(OverlayProvider.SCHEME, id, path.toString(), null, null);
        } catch (URISyntaxException e) {
            throw new AssertionError(path.toString(), e); // what a URI cannot have is escaped
        }
    }

    @Override
    public boolean ignoresCase() {
        return root.parts().stream().allMatch(LayerPath::ignoresCase);
    }

    @Override
    protected void closeTree() {}

    /** One a root, the last one first. */
    @Override
    public Iterable<FileStore> getFileStores() {
        requireOpen();
        List<FileStore> stores = new ArrayList<>();
        for (LayerPath layer : root.parts()) {
            try {
                stores.add(new OverlayFileStore(Files.getFileStore(layer.path()), views));
            } catch (IOException skipped) {
                // The contract: a store that cannot be had is left out.
            }
        }
        return stores;
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        requireOpen();
        return views;
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        return new OverlayPrincipals(root.parts().stream()
                .map(part -> part.path().getFileSystem())
                .distinct()
                .toList());
    }

    @Override
    public String toString() {
        List<Path> roots =
                new ArrayList<>(root.parts().stream().map(LayerPath::path).toList());
        Collections.reverse(roots);
        return OverlayProvider.SCHEME + ":" + roots;
    }
}
