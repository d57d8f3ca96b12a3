package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.HardwareAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.Inet4Address;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at offered addresses beside the conversation with the client. At most 1,024 looks wait or run; one that there is no room
 * for is left out. Safe for use by several threads.
 */
final class ConflictWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConflictWatch.class);
    private static final int MOST_PENDING = 1024;
    private static final int THREADS = 16;
    private static final long ACK_WAITS_MILLISECONDS = 100;

    private final ConflictDetector detector;
    private final ThreadPoolExecutor executor;
    /** Those that wait or run. */
    private final Map<Inet4Address, CompletableFuture<Void>> looks = new HashMap<>();

    ConflictWatch(ConflictDetector detector) {
        this.detector = detector;
        this.executor = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_PENDING),
                new DefaultThreadFactory("pxekit-dhcp-conflict", true));
        executor.allowCoreThreadTimeOut(true);
    }

    /**
     * Begins to look at an address that was offered to a client.
     *
     * @param inUse called if it is in use by another
     */
    void offered(Inet4Address address, HardwareAddress client, Runnable inUse) {
        CompletableFuture<Void> look = new CompletableFuture<>();
        synchronized (looks) {
            if (looks.size() >= MOST_PENDING || looks.putIfAbsent(address, look) != null) {
                return;
            }
        }
        try {
            executor.execute(() -> {
                try {
                    if (look(address, client)) {
                        inUse.run();
                    }
                } finally {
                    end(address, look);
                }
            });
        } catch (RejectedExecutionException e) {
            end(address, look);
        }
    }

    private void end(Inet4Address address, CompletableFuture<Void> look) {
        synchronized (looks) {
            looks.remove(address, look);
        }
        look.complete(null);
    }

    /** The boundary to the caller's detector: one that fails has found nothing. */
    private boolean look(Inet4Address address, HardwareAddress client) {
        try {
            return detector.isInUse(address, client);
        } catch (IOException | RuntimeException e) {
            LOG.atDebug().addKeyValue("address", address).setCause(e).log("conflict not looked for");
            return false;
        }
    }

    /** Waits a moment for the look at an address that a client asks for. */
    void requested(Inet4Address address) {
        CompletableFuture<Void> look;
        synchronized (looks) {
            look = looks.get(address);
        }
        if (look == null) {
            return;
        }
        try {
            look.get(ACK_WAITS_MILLISECONDS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.atDebug().addKeyValue("address", address).log("acknowledged before it was known to be free");
        } catch (ExecutionException e) {
            throw new AssertionError("a look does not fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
