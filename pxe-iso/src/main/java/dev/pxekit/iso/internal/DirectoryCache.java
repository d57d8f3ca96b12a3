package dev.pxekit.iso.internal;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The directories that were read last, by the records that name them, bounded by their entries. Thread safe; directories are
 * read without the lock.
 */
final class DirectoryCache {

    private final Tree tree;
    private final long capacity;
    private final Map<Long, Directory> directories = new LinkedHashMap<>(16, 0.75f, true);
    private long entries;

    DirectoryCache(Tree tree, long capacity) {
        this.tree = tree;
        this.capacity = capacity;
    }

    Directory get(Node node) throws IOException {
        synchronized (directories) {
            Directory cached = directories.get(node.origin());
            if (cached != null) {
                return cached;
            }
        }
        Directory read = tree.read(node);
        synchronized (directories) {
            Directory other = directories.putIfAbsent(node.origin(), read);
            if (other != null) {
                return other;
            }
            entries += read.weight();
            evict();
        }
        return read;
    }

    /** Drops the least recently used directories, all but the one that came last. */
    private void evict() {
        Iterator<Directory> eldest = directories.values().iterator();
        while (entries > capacity && directories.size() > 1) {
            entries -= eldest.next().weight();
            eldest.remove();
        }
    }
}
