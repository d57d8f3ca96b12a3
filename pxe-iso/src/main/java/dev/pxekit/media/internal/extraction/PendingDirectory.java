package dev.pxekit.media.internal.extraction;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A directory that is being extracted. The walk enters it and is one of those that hold it; each file in it that waits or is
 * copied and each directory below is another one. The last one to let go finishes it. All but {@link #hold} and {@link
 * #letGo} belongs to the thread that walks, and then to the one that finishes.
 */
final class PendingDirectory {

    final @Nullable PendingDirectory parent;
    final SourceEntry source;
    final List<SourceEntry> links = new ArrayList<>();
    private final Map<String, List<String>> names = new HashMap<>();
    private final AtomicInteger holders = new AtomicInteger(1);

    /** The directory in the target, once it is needed. */
    @Nullable
    TargetDirectory target;

    /** Whether this run has made it, so that nothing was in it. */
    boolean isNew;

    /** Whether it can't be made or opened, which has been reported. */
    boolean isUnusable;

    PendingDirectory(@Nullable PendingDirectory parent, SourceEntry source) {
        this.parent = parent;
        this.source = source;
        if (parent != null) {
            parent.hold();
        }
    }

    /** The earlier names that some file system takes for this one. */
    List<String> claim(String name) {
        List<String> alike = names.computeIfAbsent(TargetNames.folded(name), folded -> new ArrayList<>(1));
        List<String> earlier = List.copyOf(alike);
        if (!earlier.contains(name)) {
            alike.add(name);
        }
        return earlier;
    }

    void hold() {
        holders.incrementAndGet();
    }

    /** Whether nobody holds it any more. */
    boolean letGo() {
        return holders.decrementAndGet() == 0;
    }
}
