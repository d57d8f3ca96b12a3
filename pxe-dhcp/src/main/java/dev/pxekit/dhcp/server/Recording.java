package dev.pxekit.dhcp.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The leases of one request on their way into the store, and what is told when they are there. For one thread at a time. */
final class Recording {

    private final List<Runnable> announcements = new ArrayList<>(2);
    private CompletableFuture<Void> recorded = CompletableFuture.completedFuture(null);

    /** Another lease is on its way. */
    void add(CompletableFuture<Void> written) {
        recorded = recorded.isDone() && !recorded.isCompletedExceptionally()
                ? written
                : CompletableFuture.allOf(recorded, written);
    }

    /** What to do, in this order, when all leases are in the store. */
    void whenKept(Runnable told) {
        announcements.add(told);
    }

    /** The answer to the request. */
    <M> Answer<M> answer(Optional<M> reply) {
        return new Answer<>(reply, recorded, () -> announcements.forEach(Runnable::run));
    }
}
