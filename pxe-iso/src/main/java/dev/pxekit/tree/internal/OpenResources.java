package dev.pxekit.tree.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.file.ClosedFileSystemException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What a file system has opened and closes at its own end. Channels that do not tell when they are closed are forgotten when
 * others come: at most twice as many are kept as are open, and 64. Thread safe.
 */
final class OpenResources {

    private static final int MINIMUM_SWEEP = 64;

    private final Set<Closeable> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int nextSweep = MINIMUM_SWEEP;
    private boolean closed;

    /** Keeps a resource; once the file system is closed, it closes it and throws. */
    void add(Closeable resource) {
        synchronized (open) {
            if (!closed) {
                open.add(resource);
                sweep();
                return;
            }
        }
        ClosedFileSystemException tooLate = new ClosedFileSystemException();
        try {
            resource.close();
        } catch (IOException e) {
            tooLate.addSuppressed(e);
        }
        throw tooLate;
    }

    private void sweep() {
        if (open.size() >= nextSweep) {
            open.removeIf(resource -> resource instanceof Channel channel && !channel.isOpen());
            nextSweep = Math.max(MINIMUM_SWEEP, 2 * open.size());
        }
    }

    void remove(Closeable resource) {
        synchronized (open) {
            open.remove(resource);
        }
    }

    /** Closes everything, the rest too if one fails. */
    void close() throws IOException {
        List<Closeable> rest;
        synchronized (open) {
            closed = true;
            rest = new ArrayList<>(open);
            open.clear();
        }
        IOException failure = null;
        for (Closeable resource : rest) {
            try {
                resource.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
