package dev.pxekit.iso.internal;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The open file systems by the URI of their image, for paths that come as URIs. Of several the last opened one counts. */
final class OpenImages {

    private static final Map<URI, Deque<IsoFileSystem>> OPEN = new HashMap<>();

    private OpenImages() {}

    static void add(IsoFileSystem fileSystem) {
        URI image = fileSystem.imagePath().toUri();
        synchronized (OPEN) {
            OPEN.computeIfAbsent(image, key -> new ArrayDeque<>()).addFirst(fileSystem);
        }
    }

    static void remove(IsoFileSystem fileSystem) {
        synchronized (OPEN) {
            OPEN.values().forEach(fileSystems -> fileSystems.remove(fileSystem));
            OPEN.values().removeIf(Deque::isEmpty);
        }
    }

    static Optional<IsoFileSystem> find(URI image) {
        synchronized (OPEN) {
            Deque<IsoFileSystem> fileSystems = OPEN.get(image);
            return fileSystems == null ? Optional.empty() : Optional.of(fileSystems.getFirst());
        }
    }
}
