package dev.pxekit.iso.internal;

import dev.pxekit.tree.internal.ReadOnlyFileStore;

/** The image as a file store: full, and named by its volume identifier. */
final class IsoFileStore extends ReadOnlyFileStore {

    private final IsoFileSystem fileSystem;

    IsoFileStore(IsoFileSystem fileSystem) {
        super(IsoFileSystem.ATTRIBUTE_VIEWS);
        this.fileSystem = fileSystem;
    }

    @Override
    public String name() {
        return fileSystem.volume().identifier();
    }

    @Override
    public String type() {
        return fileSystem.volume().format();
    }

    @Override
    public long getTotalSpace() {
        return fileSystem.volume().blocks() * fileSystem.volume().blockSize();
    }

    @Override
    public long getBlockSize() {
        return fileSystem.volume().blockSize();
    }
}
