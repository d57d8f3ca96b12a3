package dev.pxekit.dhcp.transport;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs answers on the executor: those of one client in their order, and no more than there is room for: of what is too much
 * the newest is dropped, as its client asks again.
 */
final class AnswerQueue implements AutoCloseable {

    static final String FULL = "too many requests wait";

    private static final int MOST_PENDING = 4096;
    private static final int MOST_PENDING_OCTETS = 8 << 20;
    private static final int THREADS = 64;
    private static final Duration ANSWER_TIME = Duration.ofSeconds(2);

    private final Executor executor;
    private final @Nullable WorkerThreads ownThreads;
    private final ClientOrder<Request> order;
    private final RunningAnswers answers = new RunningAnswers();
    private final RateLimiter limiter;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger pendingOctets = new AtomicInteger();
    private final Drops drops;

    /**
     * A queue.
     *
     * @param timer for what is told or looked at now and then
     */
    AnswerQueue(ServiceSettings settings, ScheduledExecutorService timer) {
        Executor given = settings.executor();
        if (given == null) {
            ownThreads = new WorkerThreads(
                    THREADS, new DefaultThreadFactory("pxekit-dhcp-worker", true), timer, System::nanoTime);
            executor = ownThreads;
        } else {
            ownThreads = null;
            executor = given;
        }
        this.order = new ClientOrder<>(executor, Request::lost);
        this.limiter = new RateLimiter(settings.limits(), System::nanoTime);
        this.drops = new Drops(settings.drops(), task -> executor.execute(() -> answers.run(task)), timer);
    }

    Drops drops() {
        return drops;
    }

    /** Answers a request. */
    interface Answer {

        /** Answers; with {@code later} for what cannot be done at once. */
        void run(Later later);
    }

    /** Goes on with an answer on the executor, once: {@link DatagramHandler.Replies#after}. */
    interface Later {
        void after(CompletableFuture<?> event, Runnable rest);
    }

    /** Runs an answer after those of the same client, or drops its request. */
    void add(long client, InetSocketAddress sender, int octets, Answer answer) {
        Optional<String> excess = limiter.take(client);
        if (excess.isPresent()) {
            drops.excess(sender, excess.get());
            return;
        }
        boolean room = pending.incrementAndGet() <= MOST_PENDING;
        room &= pendingOctets.addAndGet(octets) <= MOST_PENDING_OCTETS;
        if (!room) {
            done(octets);
            drops.excess(sender, FULL);
            return;
        }
        try {
            order.execute(client, new Request(sender, octets, answer));
        } catch (RejectedExecutionException e) {
            done(octets);
            drops.drop(sender, "the executor takes no more work", e);
        }
    }

    private void done(int octets) {
        pending.decrementAndGet();
        pendingOctets.addAndGet(-octets);
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

    private final class Request implements Runnable, Later {

        private final InetSocketAddress sender;
        private final int octets;
        private final Answer answer;
        private boolean waiting;

        Request(InetSocketAddress sender, int octets, Answer answer) {
            this.sender = sender;
            this.octets = octets;
            this.answer = answer;
        }

        @Override
        public void run() {
            try {
                if (!answers.run(() -> answer.run(this))) {
                    drops.drop(sender, "the server is closed", null);
                }
            } finally {
                if (!waiting) {
                    done(octets);
                }
            }
        }

        @Override
        public void after(CompletableFuture<?> event, Runnable rest) {
            waiting = true;
            answers.defer();
            event.whenComplete((result, failure) -> {
                try {
                    executor.execute(() -> finish(rest));
                } catch (RejectedExecutionException e) {
                    answers.abandon();
                    lost();
                }
            });
        }

        private void finish(Runnable rest) {
            try {
                answers.resume(rest);
            } finally {
                done(octets);
            }
        }

        /** Was taken and will not run. */
        void lost() {
            done(octets);
            drops.drop(sender, "the executor takes no more work", null);
        }
    }
}
