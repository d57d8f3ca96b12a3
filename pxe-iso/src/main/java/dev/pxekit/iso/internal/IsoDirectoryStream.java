package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The entries of a directory in the order of the image; what was wrong with it comes after the last sound one. */
final class IsoDirectoryStream implements DirectoryStream<Path> {

    private final IsoPath directory;
    private final IsoFileSystem.Listing listing;
    private final Filter<? super Path> filter;
    private boolean taken;
    private volatile boolean closed;

    IsoDirectoryStream(IsoPath directory, IsoFileSystem.Listing listing, Filter<? super Path> filter) {
        this.directory = directory;
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
        directory.fileSystem().unregister(this);
    }

    private final class Entries implements Iterator<Path> {
        private final Iterator<String> names = listing.names().iterator();
        private @Nullable Path next;
        private boolean damageTold;

        @Override
        public synchronized boolean hasNext() {
            while (next == null && !closed && names.hasNext()) {
                Path candidate = directory.resolve(names.next());
                if (accepts(candidate)) {
                    next = candidate;
                }
            }
            IsoFormatException damage = listing.damage();
            if (next == null && !closed && damage != null && !damageTold) {
                damageTold = true;
                throw new DirectoryIteratorException(damage);
            }
            return next != null;
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
