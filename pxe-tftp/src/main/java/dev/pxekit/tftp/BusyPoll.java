package dev.pxekit.tftp;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.SelectStrategy;
import io.netty.channel.SelectStrategyFactory;
import io.netty.util.IntSupplier;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Lets an event loop ask for packets over and over for a moment after the last one came, in place of going to sleep. In lock
 * step a transfer is as fast as its two ends wake up; this takes one of the two out. A loop that has had no packet for that
 * moment sleeps as ever.
 */
final class BusyPoll implements SelectStrategy {

    /** As long as a client on the same machine takes to wake up and answer; not at all if that would keep it from doing so. */
    static final Duration USUAL =
            Runtime.getRuntime().availableProcessors() > 1 ? Duration.ofNanos(50_000) : Duration.ZERO;

    private final long moment;
    private final LongSupplier nanoTime;
    private long last;
    private boolean slept;

    /** @param nanoTime the clock */
    BusyPoll(Duration moment, LongSupplier nanoTime) {
        this.moment = moment.toNanos();
        this.nanoTime = nanoTime;
        this.last = nanoTime.getAsLong();
    }

    /** For event loops that poll so long; for usual ones, if that is zero. */
    static SelectStrategyFactory factory(Duration moment) {
        return moment.isZero() ? DefaultSelectStrategyFactory.INSTANCE : () -> new BusyPoll(moment, System::nanoTime);
    }

    @Override
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        int ready = selectNow.get();
        if (ready > 0 || slept) {
            last = nanoTime.getAsLong(); // what ended the sleep was a packet, too, or a timeout of a transfer
            slept = false;
        } else if (!hasTasks) {
            slept = nanoTime.getAsLong() - last >= moment;
            return slept ? SelectStrategy.SELECT : SelectStrategy.CONTINUE;
        }
        return ready;
    }
}
