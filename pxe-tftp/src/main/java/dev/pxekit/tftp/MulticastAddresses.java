package dev.pxekit.tftp;

import java.net.InetSocketAddress;
import java.util.BitSet;
import java.util.Optional;

/**
 * The addresses of a server's groups: no two groups have one at the same time, and one that was given back is the last to be
 * used again, as packets of its group may still be under way. Thread safe.
 */
final class MulticastAddresses {

    private final MulticastRange range;
    private final BitSet taken = new BitSet();
    private int next;

    MulticastAddresses(MulticastRange range) {
        this.range = range;
    }

    int timeToLive() {
        return range.timeToLive();
    }

    /** An address that no group has; empty if there is none. */
    synchronized Optional<InetSocketAddress> take() {
        int number = taken.nextClearBit(next);
        if (number >= range.addresses()) {
            number = taken.nextClearBit(0);
        }
        if (number >= range.addresses()) {
            return Optional.empty();
        }
        taken.set(number);
        next = number + 1;
        return Optional.of(range.group(number));
    }

    synchronized void giveBack(InetSocketAddress group) {
        for (int number = taken.nextSetBit(0); number >= 0; number = taken.nextSetBit(number + 1)) {
            if (range.group(number).equals(group)) {
                taken.clear(number);
                return;
            }
        }
    }
}
