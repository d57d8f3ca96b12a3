package dev.pxekit.tftp;

import java.time.Duration;
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

    /** The next result, as soon as it is there: within a minute. */
    TransferResult result() throws InterruptedException {
        return result(Duration.ofMinutes(1));
    }

    /** The next result, as soon as it is there. */
    TransferResult result(Duration patience) throws InterruptedException {
        TransferResult result = results.poll(patience.toSeconds(), TimeUnit.SECONDS);
        if (result == null) {
            throw new AssertionError("no transfer ended within " + patience.toSeconds() + " seconds");
        }
        return result;
    }

    boolean isEmpty() {
        return results.isEmpty();
    }
}
