package dev.pxekit.dhcp.transport;

import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is dropped, counted. */
final class Drops {

    private static final Logger LOG = LoggerFactory.getLogger(Drops.class);

    private final LongAdder total = new LongAdder();

    long total() {
        return total.sum();
    }

    void drop(InetSocketAddress peer, String why, @Nullable Throwable cause) {
        total.increment();
        LOG.atDebug().addKeyValue("peer", peer).setCause(cause).log("dropped: {}", why);
    }

    /** Requests that the executor took and will not run. */
    void lost(int requests) {
        total.add(requests);
        LOG.atDebug().log("dropped {} requests: the executor takes no more work", requests);
    }
}
