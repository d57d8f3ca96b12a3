package dev.pxekit.media.internal.extraction;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How much there is to extract, and whether the target has room for it. */
final class Measurement implements SourceTree.Visitor {

    private final SourceTree tree;
    private final long maximumBytes;
    private final boolean countsOnce;
    private final @Nullable Path target;
    private final Set<SourceEntry.SharedFile> shared = new HashSet<>();
    private long entries;
    private long bytes;

    private Measurement(SourceTree tree, long maximumBytes, boolean countsOnce, @Nullable Path target) {
        this.countsOnce = countsOnce;
        this.tree = tree;
        this.maximumBytes = maximumBytes;
        this.target = target;
    }

    /** Has counted nothing so far. */
    static Measurement begin(SourceTree tree, ExtractionSettings settings) {
        return new Measurement(tree, settings.bounds().bytes(), settings.keepsHardLinks(), null);
    }

    /** Goes through the tree; throws if a bound is passed. */
    static Measurement of(SourceTree tree, ExtractionSettings settings) throws IOException {
        Measurement measurement = begin(tree, settings);
        tree.record(measurement);
        return measurement;
    }

    long entries() {
        return entries;
    }

    long bytes() {
        return bytes;
    }

    /**
     * Throws if the target has no room.
     *
     * @param nearest the target or, as long as it is not there, what is there of the directories above it
     * @param resuming whether files that are in the target already need none
     */
    void requireSpace(Path directory, Path nearest, boolean resuming) throws IOException {
        FileStore store = Files.getFileStore(nearest);
        long usable = store.getUsableSpace();
        long needed = bytes;
        if (needed > usable && resuming) {
            Measurement missing = new Measurement(tree, Long.MAX_VALUE, countsOnce, directory);
            tree.walk(missing);
            needed = missing.bytes;
        }
        if (needed > usable) {
            throw new FileSystemException(
                    directory.toString(),
                    null,
                    String.format(
                            Locale.ROOT,
                            "%,d bytes are to be written, and %,d are free (expected: room for all, before anything is written)",
                            needed,
                            usable));
        }
    }

    @Override
    public boolean enter(SourceEntry directory, boolean selected) {
        return true;
    }

    @Override
    public void visit(SourceEntry entry) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("the extraction was interrupted before anything was written");
        }
        if (entry.kind() == SourceEntry.Kind.OTHER) {
            return;
        }
        entries++;
        if (entry.kind() != SourceEntry.Kind.FILE
                || (countsOnce && entry.sharedFile() != null && !shared.add(entry.sharedFile()))) {
            return;
        }
        if (target != null && isThere(entry, target)) {
            return;
        }
        if (entry.size() > maximumBytes - bytes) {
            throw new FileSystemException(
                    tree.root().toString(), null, "the tree has more than " + maximumBytes + " bytes (maximumBytes)");
        }
        bytes += entry.size();
    }

    private static boolean isThere(SourceEntry entry, Path target) {
        try {
            Path there = target.resolve(entry.relative().toString());
            return entry.isLike(Files.readAttributes(there, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    @Override
    public void leave() {
        // nothing of a directory counts but its entries
    }

    @Override
    public void failed(Path relative, IOException cause) {
        // the extraction comes by here again and says so
    }
}
