package dev.pxekit.tftp;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A call on an executor whose thread is interrupted when its future is completed by someone else. Thread safe. */
final class InterruptibleCall<T> implements Runnable {

    private final Callable<T> call;
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private @Nullable Thread thread;
    private boolean interrupted;

    private InterruptibleCall(Callable<T> call) {
        this.call = call;
    }

    static <T> CompletableFuture<T> start(Executor executor, Callable<T> call) {
        InterruptibleCall<T> started = new InterruptibleCall<>(call);
        started.future.whenComplete((result, failure) -> started.interrupt());
        executor.execute(started);
        return started.future;
    }

    @Override
    public void run() {
        if (!begin()) {
            return;
        }
        T result = null;
        Throwable failure = null;
        try {
            result = call.call();
        } catch (Throwable e) {
            failure = e; // whatever it is, it belongs to who waits for the result
        } finally {
            end();
        }
        if (failure == null) {
            future.complete(result);
        } else {
            future.completeExceptionally(failure);
        }
    }

    private synchronized boolean begin() {
        thread = future.isDone() ? null : Thread.currentThread();
        return thread != null;
    }

    /** The interrupt was for the call, not for what the thread does next. */
    private synchronized void end() {
        thread = null;
        if (interrupted) {
            Thread.interrupted();
        }
    }

    private synchronized void interrupt() {
        if (thread != null) {
            interrupted = true;
            thread.interrupt();
        }
    }
}
