package dev.pxekit.tree.internal;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The entries of a directory in the order of its listing; what was wrong with it comes after the last sound one. */
final class TreeDirectoryStream implements DirectoryStream<Path> {

    private final TreePath directory;
    private final int depth;
    private final TreeListing<?> listing;
    private final Filter<? super Path> filter;
    private boolean taken;
    private volatile boolean closed;

    TreeDirectoryStream(TreePath directory, int depth, TreeListing<?> listing, Filter<? super Path> filter) {
        this.directory = directory;
        this.depth = depth;
        this.listing = listing;
        this.filter = filter;
    }

    @Override
    public synchronized Iterator<Path> iterator() {
        if (closed) {
            throw new IllegalStateException("the directory stream is closed");
        }
        if (taken) {
            throw new IllegalStateException("the directory stream has given its iterator already");
        }
        taken = true;
        return new Entries();
    }

    @Override
    public void close() {
        closed = true;
        directory.getFileSystem().unregister(this);
    }

    private final class Entries implements Iterator<Path> {
        private final Iterator<? extends TreeListing.Entry<?>> entries =
                listing.entries().iterator();
        private @Nullable Path next;
        private boolean damageTold;

        @Override
        public synchronized boolean hasNext() {
            while (next == null && !closed && entries.hasNext()) {
                Path candidate = path(entries.next());
                if (accepts(candidate)) {
                    next = candidate;
                }
            }
            IOException damage = listing.damage();
            if (next == null && !closed && damage != null && !damageTold) {
                damageTold = true;
                throw new DirectoryIteratorException(damage);
            }
            return next != null;
        }

        private TreePath path(TreeListing.Entry<?> entry) {
            TreeNode node = entry.node();
            return node == null
                    ? directory.append(List.of(entry.name()))
                    : directory.child(entry.name(), node, depth + 1);
        }

        private boolean accepts(Path candidate) {
            try {
                return filter.accept(candidate);
            } catch (IOException e) {
                throw new DirectoryIteratorException(e);
            }
        }

        @Override
        public synchronized Path next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            Path result = next;
            next = null;
            return result;
        }
    }
}
