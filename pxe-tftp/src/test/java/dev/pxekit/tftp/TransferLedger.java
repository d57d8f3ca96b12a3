package dev.pxekit.tftp;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Which transfers of a server run: those that have started and not ended. */
final class TransferLedger implements TransferListener {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final List<Transfer> running = new ArrayList<>();
    private int mostAtOnce;
    private int total;

    @Override
    public synchronized void started(Transfer transfer) {
        running.add(transfer);
        total++;
        mostAtOnce = Math.max(mostAtOnce, running.size());
    }

    @Override
    public synchronized void ended(TransferResult result) {
        running.remove(result.transfer()); // not there if the request was refused
        notifyAll();
    }

    /** How many ran at the same time. */
    synchronized int mostAtOnce() {
        return mostAtOnce;
    }

    /** How many have started. */
    synchronized int total() {
        return total;
    }

    /** Returns when all that have started have ended. */
    synchronized void awaitEnds() throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!running.isEmpty()) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError(running.size() + " of " + total + " transfers have not ended: " + running);
            }
            wait(left);
        }
    }
}
