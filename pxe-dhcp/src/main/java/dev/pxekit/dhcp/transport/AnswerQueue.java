package dev.pxekit.dhcp.transport;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs answers on the executor: those of one client in their order, and no more at once than there is room for. */
final class AnswerQueue implements AutoCloseable {

    private static final int MOST_PENDING = 1024;
    private static final int THREADS = 64;
    private static final Duration ANSWER_TIME = Duration.ofSeconds(2);

    private final ClientOrder order;
    private final @Nullable WorkerThreads ownThreads;
    private final RunningAnswers answers = new RunningAnswers();
    private final AtomicInteger pending = new AtomicInteger();
    private final Drops drops;

    /**
     * @param executor the caller's, or null for threads of the queue's own
     */
    AnswerQueue(@Nullable Executor executor, Drops drops) {
        this.drops = drops;
        if (executor == null) {
            ownThreads = new WorkerThreads(THREADS, new DefaultThreadFactory("pxekit-dhcp-worker", true));
            order = new ClientOrder(ownThreads, this::lost);
        } else {
            ownThreads = null;
            order = new ClientOrder(executor, this::lost);
        }
    }

    /** Runs an answer after those of the same client, or drops its request. */
    void add(long client, InetSocketAddress sender, Runnable answer) {
        if (pending.incrementAndGet() > MOST_PENDING) {
            pending.decrementAndGet();
            drops.drop(sender, "too many requests wait", null);
            return;
        }
        try {
            order.execute(client, () -> {
                try {
                    if (!answers.run(answer)) {
                        drops.drop(sender, "the server is closed", null);
                    }
                } finally {
                    pending.decrementAndGet();
                }
            });
        } catch (RejectedExecutionException e) {
            pending.decrementAndGet();
            drops.drop(sender, "the executor takes no more work", e);
        }
    }

    private void lost(int requests) {
        pending.addAndGet(-requests);
        drops.lost(requests);
    }

    /** No answer begins after this returns. */
    void stop() {
        answers.close();
    }

    /** Waits a moment for the answers that run; what still runs then is interrupted, if the thread is the queue's own. */
    @Override
    public void close() {
        answers.await(ANSWER_TIME);
        if (ownThreads != null) {
            ownThreads.close();
        }
    }
}
