package dev.pxekit.media.internal.overlay;

import dev.pxekit.tree.internal.ReadOnlyFileStore;
import java.io.IOException;
import java.nio.file.FileStore;
import java.util.Set;

/** The store of a layer, as an overlay shows it: read-only. */
final class OverlayFileStore extends ReadOnlyFileStore {

    private final FileStore layer;

    OverlayFileStore(FileStore layer, Set<String> views) {
        super(views);
        this.layer = layer;
    }

    @Override
    public String name() {
        return layer.name();
    }

    @Override
    public String type() {
        return layer.type();
    }

    @Override
    public long getTotalSpace() throws IOException {
        return layer.getTotalSpace();
    }

    @Override
    public long getBlockSize() throws IOException {
        return layer.getBlockSize();
    }
}
