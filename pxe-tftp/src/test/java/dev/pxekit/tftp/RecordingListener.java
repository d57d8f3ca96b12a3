package dev.pxekit.tftp;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps results for a test to wait for. */
final class RecordingListener implements TransferListener {

    final AtomicInteger started = new AtomicInteger();
    private final BlockingQueue<TransferResult> results = new LinkedBlockingQueue<>();

    @Override
    public void started(Transfer transfer) {
        started.incrementAndGet();
    }

    @Override
    public void ended(TransferResult result) {
        results.add(result);
    }

    /** The next result, as soon as it is there. */
    TransferResult result() throws InterruptedException {
        TransferResult result = results.poll(60, TimeUnit.SECONDS);
        if (result == null) {
            throw new AssertionError("no transfer ended within 60 seconds");
        }
        return result;
    }

    boolean isEmpty() {
        return results.isEmpty();
    }
}
