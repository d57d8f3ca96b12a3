package dev.pxekit.dhcp.lease;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Lets the threads that wait for something to be written share the cost: while one group is written, all that comes makes up
 * the next, which the first thread of it then writes for all. An interrupt of a thread that waits or writes changes nothing.
 *
 * @param <T> what is written
 */
final class GroupCommit<T> {

    /** Where groups are written. */
    interface Log<T> {

        /** Writes a group: called by one thread at a time, without the monitor. */
        void write(List<T> group) throws IOException;

        /** Called with the monitor held when a group was written, before anyone is told. */
        void written(List<T> group);

        /** Called with the monitor held when a group was not written, and will not be, before anyone is told. */
        void failed(List<T> group, IOException failure);

        /** Called when those who wait for a group were told, before another is written. */
        void afterwards(List<T> group);
    }

    /** A place in a group; the thread that has it must {@link #await}. */
    final class Place {

        private final Group<T> group;
        private final boolean first;

        private Place(Group<T> group) {
            this.group = group;
            first = group.items.size() == 1;
        }

        /**
         * Returns when the group was written.
         *
         * @throws IOException if it was not, or one before it was not
         */
        void await() throws IOException {
            if (first) {
                lead(group);
            }
            group.told.join();
            if (group.failure != null) {
                throw new IOException(group.failure.getMessage(), group.failure);
            }
        }
    }

    private static final class Group<T> {

        final List<T> items = new ArrayList<>();
        final CompletableFuture<@Nullable Void> before;
        final CompletableFuture<@Nullable Void> told = new CompletableFuture<>();
        final CompletableFuture<@Nullable Void> finished = new CompletableFuture<>();

        /** Read after {@link #told} only. */
        @Nullable
        IOException failure;

        Group(CompletableFuture<@Nullable Void> before) {
            this.before = before;
        }
    }

    private final Object monitor;
    private final Log<T> log;
    private Group<T> open = new Group<>(CompletableFuture.completedFuture(null));

    GroupCommit(Object monitor, Log<T> log) {
        this.monitor = monitor;
        this.log = log;
    }

    /** Puts an item into the next group, with the monitor held: that makes the order. */
    Place add(T item) {
        open.items.add(item);
        return new Place(open);
    }

    /** What to wait for, without the monitor, until all is written that was added; to be called with the monitor held. */
    CompletableFuture<@Nullable Void> last() {
        return open.items.isEmpty() ? open.before : open.finished;
    }

    private void lead(Group<T> group) {
        group.before.join();
        synchronized (monitor) {
            if (group.told.isDone()) {
                return;
            }
            open = new Group<>(group.finished);
        }
        IOException failure = new IOException("the writing ended with an error that is none of the disk");
        try {
            log.write(group.items);
            failure = null;
        } catch (IOException e) {
            failure = e;
        } finally {
            tell(group, failure);
            try {
                log.afterwards(group.items);
            } finally {
                group.finished.complete(null);
            }
        }
    }

    /** What was added after a group that failed builds on it, and fails as well. */
    private void tell(Group<T> group, @Nullable IOException failure) {
        Group<T> next;
        synchronized (monitor) {
            next = open;
            if (failure == null) {
                log.written(group.items);
            } else {
                fail(group, failure);
                fail(next, failure);
                open = new Group<>(group.finished);
            }
        }
        group.told.complete(null);
        if (failure != null) {
            next.told.complete(null);
            next.finished.complete(null);
        }
    }

    private void fail(Group<T> group, IOException failure) {
        group.failure = failure;
        log.failed(group.items, failure);
    }
}
