package dev.pxekit.tree.internal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store that is full. */
public abstract class ReadOnlyFileStore extends FileStore {

    private final Set<String> views;

    /** A store whose files have these attribute views. */
    protected ReadOnlyFileStore(Set<String> views) {
        this.views = views;
    }

    @Override
    public final boolean isReadOnly() {
        return true;
    }

    @Override
    public final long getUsableSpace() {
        return 0;
    }

    @Override
    public final long getUnallocatedSpace() {
        return 0;
    }

    @Override
    public final boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
        return (type == BasicFileAttributeView.class && views.contains("basic"))
                || (type == FileOwnerAttributeView.class && views.contains("owner"))
                || (type == PosixFileAttributeView.class && views.contains("posix"));
    }

    @Override
    public final boolean supportsFileAttributeView(String name) {
        return views.contains(name);
    }

    @Override
    public final <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
        return null;
    }

    @Override
    public final Object getAttribute(String attribute) throws IOException {
        return switch (attribute) {
            case "totalSpace" -> getTotalSpace();
            case "usableSpace" -> getUsableSpace();
            case "unallocatedSpace" -> getUnallocatedSpace();
            default ->
                throw new UnsupportedOperationException(
                        "attribute: " + attribute + " (expected: totalSpace, usableSpace or unallocatedSpace)");
        };
    }

    @Override
    public final String toString() {
        return name();
    }
}
