package dev.pxekit.tftp;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.SelectStrategy;
import io.netty.channel.SelectStrategyFactory;
import io.netty.util.IntSupplier;
import java.time.Duration;

/**
 * Lets an event loop ask for packets over and over for a moment after the last one came, in place of going to sleep. In lock
 * step a transfer is as fast as its two ends wake up; this takes one of the two out. A loop that has had no packet for that
 * moment sleeps as ever.
 */
final class BusyPoll implements SelectStrategy {

    private final long moment;
    private long last = System.nanoTime();

    private BusyPoll(Duration moment) {
        this.moment = moment.toNanos();
    }

    /** For event loops that poll so long; for usual ones, if that is zero. */
    static SelectStrategyFactory factory(Duration moment) {
        return moment.isZero() ? DefaultSelectStrategyFactory.INSTANCE : () -> new BusyPoll(moment);
    }

    @Override
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        int ready = selectNow.get();
        if (ready > 0) {
            last = System.nanoTime();
        } else if (!hasTasks) {
            return System.nanoTime() - last < moment ? SelectStrategy.CONTINUE : SelectStrategy.SELECT;
        }
        return ready;
    }
}
