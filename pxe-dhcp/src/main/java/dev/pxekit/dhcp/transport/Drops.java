package dev.pxekit.dhcp.transport;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is dropped, counted; what is dropped for being too much, or for a fault that may last, is told at once, and then no more
 * than once in a period.
 */
final class Drops {

    static final int PERIOD_SECONDS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(Drops.class);

    private final DropListener listener;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final LongAdder total = new LongAdder();
    private final Map<String, Excess> excesses = new ConcurrentHashMap<>();

    /**
     * @param executor where the listener is called
     * @param timer ends periods
     */
    Drops(DropListener listener, Executor executor, ScheduledExecutorService timer) {
        this.listener = listener;
        this.executor = executor;
        this.timer = timer;
    }

    long total() {
        return total.sum();
    }

    /** One that is of no use, or comes at the wrong time. */
    void drop(InetSocketAddress peer, String why, @Nullable Throwable cause) {
        total.increment();
        LOG.atDebug().addKeyValue("peer", peer).setCause(cause).log("dropped: {}", why);
    }

    /**
     * One that is too much.
     *
     * @param reason one of a few
     */
    void excess(InetSocketAddress peer, String reason) {
        excess(peer, reason, null);
    }

    /**
     * One that cannot be answered, for something that may last.
     *
     * @param reason one of a few
     */
    void fail(InetSocketAddress peer, String reason, Throwable cause) {
        LOG.atDebug().addKeyValue("peer", peer).setCause(cause).log("dropped: {}", reason);
        excess(peer, reason, cause);
    }

    private void excess(InetSocketAddress peer, String reason, @Nullable Throwable cause) {
        total.increment();
        excesses.computeIfAbsent(reason, key -> new Excess(key, peer)).add(peer, cause);
    }

    private final class Excess {

        private final String reason;
        private InetSocketAddress lastPeer;
        private @Nullable Throwable lastCause;
        private long untold;
        private boolean inPeriod;

        Excess(String reason, InetSocketAddress peer) {
            this.reason = reason;
            this.lastPeer = peer;
        }

        synchronized void add(InetSocketAddress peer, @Nullable Throwable cause) {
            lastPeer = peer;
            lastCause = cause;
            untold++;
            if (!inPeriod) {
                tell();
            }
        }

        private synchronized void endPeriod() {
            inPeriod = false;
            if (untold > 0) {
                tell();
            }
        }

        private void tell() {
            long packets = untold;
            InetSocketAddress peer = lastPeer;
            untold = 0;
            inPeriod = true;
            LOG.atWarn()
                    .addKeyValue("peer", peer)
                    .addKeyValue("packets", packets)
                    .setCause(lastCause)
                    .log("dropped: {}; the next message of this kind comes in {} seconds", reason, PERIOD_SECONDS);
            try {
                timer.schedule(this::endPeriod, PERIOD_SECONDS, TimeUnit.SECONDS);
                executor.execute(() -> listener.dropped(reason, packets, peer));
            } catch (RejectedExecutionException e) {
                LOG.atDebug().setCause(e).log("the executor takes no more work");
            }
        }
    }
}
