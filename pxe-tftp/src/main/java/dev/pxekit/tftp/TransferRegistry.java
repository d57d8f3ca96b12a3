package dev.pxekit.tftp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transfers of a server, one that runs a client port at most. One that has ended, or gave way to another of its client,
 * counts against the limits until its tasks on the executor have returned, so what waits there is bounded. Thread safe.
 */
final class TransferRegistry {

    private static final Logger logger = LoggerFactory.getLogger(TransferRegistry.class);

    private final ServerSettings settings;
    private final Channel requests;
    private final Map<InetSocketAddress, ServerTransfer> transfers = new ConcurrentHashMap<>();

    /** Transfers that count, of each client address. */
    private final Map<InetAddress, Integer> counts = new ConcurrentHashMap<>();

    private final AtomicInteger count = new AtomicInteger();
    private final MemoryBudget memory;

    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
    private volatile boolean stopped;

    /** @param requests the channel of the server's own port */
    TransferRegistry(ServerSettings settings, Channel requests) {
        this.settings = settings;
        this.requests = requests;
        this.memory = new MemoryBudget(settings.capacity().maxMemory());
    }

    ServerSettings settings() {
        return settings;
    }

    /** For the blocks of all transfers. */
    MemoryBudget memory() {
        return memory;
    }

    /**
     * Takes up a request, unless its client has it already, or there are too many. Called by the event loop of the server's
     * port only.
     */
    void request(InetSocketAddress client, TftpPacket.ReadRequest request) {
        if (stopped) {
            return;
        }
        ServerTransfer earlier = transfers.get(client);
        if (earlier != null) {
            if (earlier.isFor(request)) {
                return;
            }
            transfers.remove(client, earlier);
            earlier.supersede();
        }
        ServerCapacity capacity = settings.capacity();
        if (count.get() >= capacity.maxTransfers()) {
            sendError(client, TftpErrorCode.NOT_DEFINED, "server busy, try again later");
            return;
        }
        if (counts.getOrDefault(client.getAddress(), 0) >= capacity.maxTransfersPerClient()) {
            sendError(
                    client,
                    TftpErrorCode.NOT_DEFINED,
                    "too many transfers of one client (limit: " + capacity.maxTransfersPerClient()
                            + "), try again later");
            return;
        }
        ServerTransfer transfer = new ServerTransfer(
                client, request, this, requests.eventLoop().parent().next());
        count.incrementAndGet();
        counts.merge(client.getAddress(), 1, Integer::sum);
        transfers.put(client, transfer);
        transfer.begin();
    }

    /** The transfer has ended, so its client may ask again; it still counts. */
    void remove(ServerTransfer transfer) {
        transfers.remove(transfer.client(), transfer);
        noteIfDrained();
    }

    /** The transfer has no task any more and no longer counts. Called once for each. */
    void release(ServerTransfer transfer) {
        counts.computeIfPresent(transfer.client().getAddress(), (address, many) -> many > 1 ? many - 1 : null);
        count.decrementAndGet();
    }

    /**
     * Takes no request any more and ends the transfers that run. Waits until they have ended, or so long and no longer.
     */
    void stop(String reason, Duration longest) {
        try {
            requests.eventLoop().execute(() -> {
                stopped = true;
                transfers.values().forEach(transfer -> transfer.cancel(TftpErrorCode.NOT_DEFINED, reason));
                noteIfDrained();
            });
        } catch (RejectedExecutionException e) {
            // The caller has ended the event loop: nothing comes in any more.
            stopped = true;
            transfers.values().forEach(transfer -> transfer.cancel(TftpErrorCode.NOT_DEFINED, reason));
            noteIfDrained();
        }
        drained.completeOnTimeout(null, longest.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private void noteIfDrained() {
        if (stopped && transfers.isEmpty()) {
            drained.complete(null);
        }
    }

    /** Answers from the server's own port. */
    void sendError(InetSocketAddress client, TftpErrorCode code, String message) {
        sendError(requests, client, code, message);
    }

    void sendError(Channel channel, InetSocketAddress peer, TftpErrorCode code, String message) {
        send(channel, peer, new TftpPacket.Error(code, message));
    }

    /** Sends a packet; one for which there is no memory is as good as lost on the way. */
    void send(Channel channel, InetSocketAddress peer, TftpPacket packet) {
        try {
            ByteBuf encoded = channel.alloc().ioBuffer(TftpCodec.encodedLength(packet));
            TftpCodec.encode(packet, encoded);
            channel.writeAndFlush(new DatagramPacket(encoded, peer), channel.voidPromise());
        } catch (OutOfMemoryError e) {
            logger.atWarn()
                    .addKeyValue("peer", peer)
                    .setCause(e)
                    .log("no memory for a packet: lower maxMemory, or raise -XX:MaxDirectMemorySize");
        }
    }
}
