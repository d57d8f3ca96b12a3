package dev.pxekit.dhcp.lease;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the addresses of a pool that were never given, in windows of neighbours, by a cursor that goes round the pool. Each
 * find goes on behind the one before, so that threads do not get the same address, and those found but not claimed come again
 * with the next round. Leases are never deleted: once a whole round finds nothing, nothing is left for ever.
 */
final class FreshAddresses {

    private static final int FIRST_WINDOW = 64;
    private static final int LARGEST_WINDOW = 1024;
    private static final int GROWTH = 4;

    private final AddressPool pool;
    private long cursor;

    /** How many addresses before the cursor, one after the other, are known to be given. */
    private long given;

    FreshAddresses(AddressPool pool, long start) {
        this.pool = pool;
        this.cursor = start;
    }

    /** Which addresses of a range were given. */
    interface Given {
        Set<InetAddress> between(InetAddress first, InetAddress last) throws IOException;
    }

    /** @param most about how many addresses to look at */
    Optional<InetAddress> find(Given source, long most) throws IOException {
        long size = FIRST_WINDOW;
        for (long looked = 0; looked < most && !isExhausted(); ) {
            long start = cursor();
            long end = Math.min(start + size, pool.span());
            Set<InetAddress> taken = source.between(pool.address(start), pool.address(end - 1));
            Optional<InetAddress> found = advance(start, end, taken);
            if (found.isPresent()) {
                return found;
            }
            looked += end - start;
            size = Math.min(size * GROWTH, LARGEST_WINDOW);
        }
        return Optional.empty();
    }

    private synchronized boolean isExhausted() {
        return given >= pool.span();
    }

    private synchronized long cursor() {
        return cursor;
    }

    /** Moves the cursor behind the first address of a window that was not given; other threads may have moved it meanwhile. */
    private synchronized Optional<InetAddress> advance(long start, long end, Set<InetAddress> taken) {
        if (cursor < start) {
            return Optional.empty();
        }
        for (; cursor < end; cursor++) {
            InetAddress address = pool.address(cursor);
            if (pool.contains(address) && !taken.contains(address)) {
                cursor = (cursor + 1) % pool.span();
                given = 0;
                return Optional.of(address);
            }
            given++;
        }
        cursor %= pool.span();
        return Optional.empty();
    }
}
