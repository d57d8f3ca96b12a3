package dev.pxekit.tftp;

import java.util.concurrent.atomic.AtomicLong;

/** Memory that the transfers of a server share. Thread safe. */
final class MemoryBudget {

    private final AtomicLong free;

    MemoryBudget(long bytes) {
        this.free = new AtomicLong(bytes);
    }

    /** Takes so much, or nothing. */
    boolean reserve(long bytes) {
        if (free.addAndGet(-bytes) >= 0) {
            return true;
        }
        free.addAndGet(bytes);
        return false;
    }

    void release(long bytes) {
        free.addAndGet(bytes);
    }

    /** What is free at this moment. */
    long free() {
        return Math.max(0, free.get());
    }
}
