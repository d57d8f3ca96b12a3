package dev.pxekit.media.internal.overlay;

import dev.pxekit.tree.internal.TreeProvider;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Map;

/** The provider of overlays, which are made by {@code Overlay} and not found by URI. */
final class OverlayProvider extends TreeProvider {

    static final OverlayProvider INSTANCE = new OverlayProvider();

    static final String SCHEME = "overlay";

    private OverlayProvider() {}

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("an overlay is made by Overlay.of, not by its URI: " + uri);
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new FileSystemNotFoundException(uri + " (overlays are not found by URI)");
    }

    @Override
    public Path getPath(URI uri) {
        throw new FileSystemNotFoundException(uri + " (overlays are not found by URI)");
    }
}
