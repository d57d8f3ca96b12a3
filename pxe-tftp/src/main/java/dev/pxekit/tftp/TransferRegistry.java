package dev.pxekit.tftp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The running transfers of a server, one a client port at most. Thread safe. */
final class TransferRegistry {

    private final ServerSettings settings;
    private final Channel requests;
    private final Map<InetSocketAddress, ServerTransfer> transfers = new ConcurrentHashMap<>();

    private final CompletableFuture<@Nullable Void> drained = new CompletableFuture<>();
    private volatile boolean stopped;

    /** @param requests the channel of the server's own port */
    TransferRegistry(ServerSettings settings, Channel requests) {
        this.settings = settings;
        this.requests = requests;
    }

    ServerSettings settings() {
        return settings;
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
        if (transfers.size() >= settings.limits().maxTransfers()) {
            sendError(client, TftpErrorCode.NOT_DEFINED, "server busy, try again later");
            return;
        }
        ServerTransfer transfer = new ServerTransfer(
                client, request, this, requests.eventLoop().parent().next());
        transfers.put(client, transfer);
        transfer.begin();
    }

    void remove(ServerTransfer transfer) {
        transfers.remove(transfer.client(), transfer);
        noteIfDrained();
    }

    /**
     * Takes no request any more and ends the transfers that run. Waits until they have ended, or so long and no longer.
     */
    void stop(String reason, Duration longest) {
        requests.eventLoop().execute(() -> {
            stopped = true;
            transfers.values().forEach(transfer -> transfer.cancel(TftpErrorCode.NOT_DEFINED, reason));
            noteIfDrained();
        });
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

    void send(Channel channel, InetSocketAddress peer, TftpPacket packet) {
        ByteBuf encoded = channel.alloc().ioBuffer(TftpCodec.encodedLength(packet));
        TftpCodec.encode(packet, encoded);
        channel.writeAndFlush(new DatagramPacket(encoded, peer), channel.voidPromise());
    }
}
