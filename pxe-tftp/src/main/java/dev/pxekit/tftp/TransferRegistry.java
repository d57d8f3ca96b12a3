package dev.pxekit.tftp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The transfers of a server, one that runs a client port at most. One that has ended, or gave way to another of its client,
 * counts against the limits until its tasks on the executor have returned, so what waits there is bounded. Thread safe.
 */
final class TransferRegistry {

    /** Each has a socket. */
    private static final int MOST_LINGERING = 256;

    private final ServerSettings settings;
    private final PacketCache cache;
    private final Map<InetSocketAddress, ServerTransfer> transfers = new ConcurrentHashMap<>();

    /** Transfers that count, of each client address. */
    private final Map<InetAddress, Integer> counts = new ConcurrentHashMap<>();

    /** Transfers that have ended, and still answer a repeated last packet. */
    private final Set<ServerTransfer> lingering = ConcurrentHashMap.newKeySet();

    private final AtomicInteger count = new AtomicInteger();
    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> impatient = new CompletableFuture<>();
    private final CompletableFuture<@Nullable Void> quiet = new CompletableFuture<>();
    private volatile boolean stopped;
    private volatile boolean graceEnded;

    TransferRegistry(ServerSettings settings) {
        this.settings = settings;
        this.cache = new PacketCache(settings.capacity().maxMemory(), settings.executor());
    }

    ServerSettings settings() {
        return settings;
    }

    /** The content that transfers send. */
    PacketCache cache() {
        return cache;
    }

    /**
     * Takes up a request, unless its client has it already, or there are too many. Requests of one client come one after the
     * other.
     */
    synchronized void request(
            ServerPort port, InetSocketAddress client, TftpPacket.Request request, Supplier<ServerTransfer> begin) {
        if (stopped) {
            return;
        }
        ServerTransfer earlier = transfers.get(client);
        if (earlier != null) {
            if (earlier.isFor(request)) {
                earlier.askedAgain();
                return;
            }
            transfers.remove(client, earlier);
            earlier.supersede();
        }
        ServerCapacity capacity = settings.capacity();
        if (count.get() >= capacity.maxTransfers()) {
            refuse(port, client, ServerTransfer.BUSY);
            return;
        }
        if (counts.getOrDefault(client.getAddress(), 0) >= capacity.maxTransfersPerClient()) {
            refuse(
                    port,
                    client,
                    "too many transfers of one client (limit: " + capacity.maxTransfersPerClient()
                            + "), try again later");
            return;
        }
        ServerTransfer transfer = begin.get();
        count.incrementAndGet();
        counts.merge(client.getAddress(), 1, Integer::sum);
        transfers.put(client, transfer);
        transfer.begin();
        if (stopped) {
            transfer.cancel(TftpErrorCode.NOT_DEFINED, "server is shutting down");
        }
    }

    private static void refuse(ServerPort port, InetSocketAddress client, String reason) {
        port.send(client, new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, reason));
    }

    /** The transfer has ended, so its client may ask again; it still counts. */
    void remove(ServerTransfer transfer) {
        transfers.remove(transfer.client(), transfer);
        noteIfDrained();
    }

    /** Whether a transfer that has ended may stay on its port for a while. {@link #lingered} follows, or not, if not. */
    boolean linger(ServerTransfer transfer) {
        return !graceEnded && lingering.size() < MOST_LINGERING && lingering.add(transfer);
    }

    /** The transfer has left its port. */
    void lingered(ServerTransfer transfer) {
        lingering.remove(transfer);
        noteIfQuiet();
    }

    /** The transfer has no task any more and no longer counts. Called once for each. */
    void release(ServerTransfer transfer) {
        counts.computeIfPresent(transfer.client().getAddress(), (address, many) -> many > 1 ? many - 1 : null);
        count.decrementAndGet();
    }

    /**
     * Takes no request any more; lets the transfers that run go on for a while, and answer a repeated last packet, and then ends
     * those that are left. Returns when there are none, or a moment later.
     *
     * @param grace how long they may go on
     * @param moment how long to wait for the last ones to end
     */
    void stop(String reason, Duration grace, Duration moment) {
        stopped = true;
        noteIfDrained();
        noteIfQuiet();
        await(CompletableFuture.anyOf(quiet, impatient), grace);
        graceEnded = true;
        transfers.values().forEach(transfer -> transfer.cancel(TftpErrorCode.NOT_DEFINED, reason));
        await(drained.copy(), moment);
        lingering.forEach(ServerTransfer::stopLingering);
    }

    /** The grace of a {@link #stop} that waits is over. */
    void endGrace() {
        impatient.complete(null);
    }

    private static void await(CompletableFuture<?> something, Duration longest) {
        something
                .completeOnTimeout(null, longest.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private void noteIfDrained() {
        if (stopped && transfers.isEmpty()) {
            drained.complete(null);
        }
    }

    private void noteIfQuiet() {
        if (stopped && transfers.isEmpty() && lingering.isEmpty()) {
            quiet.complete(null);
        }
    }
}
