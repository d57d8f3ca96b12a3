package dev.pxekit.dhcp.server;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What a request leads to.
 *
 * @param reply what to send, if anything
 * @param recorded completes when it may be sent, as the leases that it tells of are kept; with an IOException if they cannot be
 * @param announcement tells the listener; to be run when the leases are kept, before the reply is sent
 * @param <M> packets or messages
 */
record Answer<M>(Optional<M> reply, CompletableFuture<Void> recorded, Runnable announcement) {

    /** Why the leases could not be kept, or nothing; waits until it is known. */
    Optional<Throwable> failure() {
        try {
            recorded.join();
            return Optional.empty();
        } catch (CompletionException e) {
            return Optional.of(e.getCause() == null ? e : e.getCause());
        }
    }

    /** An answer that tells of no lease. */
    static <M> Answer<M> of(Optional<M> reply) {
        return new Answer<>(reply, CompletableFuture.completedFuture(null), () -> {});
    }

    /** No answer, as leases cannot be kept. */
    static <M> Answer<M> failed(Throwable failure) {
        return new Answer<>(Optional.empty(), CompletableFuture.failedFuture(failure), () -> {});
    }
}
