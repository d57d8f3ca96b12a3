package dev.pxekit.tftp;

import java.net.InetSocketAddress;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a file to a {@link MulticastGroup}: joins it to a port and to the packets of a {@link PacketImage}, which it takes part in
 * as one transfer does. Belongs to the event loop of its port, but for {@link #open} and {@link #close}.
 */
final class MulticastSender implements MulticastGroup.Content {

    private static final Logger logger = LoggerFactory.getLogger(MulticastSender.class);

    private final PacketImage.Layout layout;
    private final InetSocketAddress address;
    private final int timeToLive;
    private final ServerPorts.Place place;
    private final PacketCache cache;
    private final MulticastGroup group;
    private final Set<MulticastTransfer> transfers = new LinkedHashSet<>();

    /** Transfers that refer to it, also before they begin and after they end; belongs to {@link MulticastGroups}. */
    int users;

    private @Nullable CompletableFuture<ServerPort> port;
    private @Nullable PacketImage image;
    private @Nullable PacketChunk chunk;

    /** @param place a port for nothing but this group, as its packets are known by where they come from (RFC 2090 §3) */
    MulticastSender(
            PacketImage.Layout layout,
            InetSocketAddress address,
            int timeToLive,
            ServerPorts.Place place,
            PacketCache cache) {
        this.layout = layout;
        this.address = address;
        this.timeToLive = timeToLive;
        this.place = place;
        this.cache = cache;
        this.group = new MulticastGroup(layout.lastBlock(), this);
    }

    PacketImage.Layout layout() {
        return layout;
    }

    InetSocketAddress address() {
        return address;
    }

    MulticastGroup group() {
        return group;
    }

    // ---- the port

    /** The port, opened for the first transfer that begins. Any thread. */
    synchronized CompletableFuture<ServerPort> open() {
        CompletableFuture<ServerPort> opened = port;
        if (opened == null || opened.isCompletedExceptionally()) {
            opened = place.open(ServerPorts.ANSWER).thenApply(open -> {
                open.multicastTimeToLive(timeToLive);
                return open;
            });
            port = opened;
        }
        return opened;
    }

    /** No transfer refers to it any more. Any thread. */
    synchronized void close() {
        if (port != null) {
            port.thenAccept(place::leave);
        }
    }

    private ServerPort port() {
        return open().join();
    }

    // ---- transfers

    void begin(MulticastTransfer transfer, MulticastGroup.Member member, long now) {
        transfers.add(transfer);
        group.join(member, now);
    }

    /** A transfer has ended; with the last one the memory is free again. */
    void end(MulticastTransfer transfer, MulticastGroup.Member member, long now) {
        transfers.remove(transfer);
        group.leave(member, now);
        if (transfers.isEmpty()) {
            unpin();
            PacketImage unused = image;
            image = null;
            if (unused != null) {
                cache.leave(unused);
            }
        }
    }

    // ---- blocks

    @Override
    public boolean load(long block) {
        PacketImage shared = image == null ? join() : image;
        if (shared == null) {
            later(() -> group.fail(TftpErrorCode.NOT_DEFINED, ServerTransfer.BUSY));
            return false;
        }
        long number = shared.chunkOf(block);
        PacketChunk at = chunk;
        if (at == null || shared.chunkOf(at.firstBlock()) != number) {
            at = cache.pin(shared, number, () -> later(this::chunkRead));
            unpin();
            chunk = at;
        }
        if (at.isFailed()) {
            later(() -> group.fail(TftpErrorCode.NOT_DEFINED, ServerTransfer.CANNOT_READ));
        }
        return at.isReady();
    }

    /** Any of the files that were opened will do: they have the same identity. */
    private @Nullable PacketImage join() {
        for (MulticastTransfer transfer : transfers) {
            Optional<PacketImage> joined = transfer.joinImage();
            if (joined.isPresent()) {
                image = joined.get();
                break;
            }
        }
        return image;
    }

    private void unpin() {
        PacketChunk pinned = chunk;
        chunk = null;
        if (pinned != null) {
            cache.unpin(pinned);
        }
    }

    private void chunkRead() {
        group.loaded(System.nanoTime());
        port().flush();
    }

    @Override
    public void send(long block) {
        PacketChunk from = chunk;
        if (from == null) {
            throw new IllegalStateException("block " + block + " is not loaded");
        }
        port().write(address, from, block, block);
    }

    /** Any thread. A step that throws, as for want of memory, is the last of the group. */
    private void later(Runnable task) {
        try {
            port().loop().execute(() -> {
                boolean returned = false;
                try {
                    task.run();
                    returned = true;
                } finally {
                    if (!returned) {
                        transfers.stream().toList().forEach(ServerTransfer::failed);
                    }
                }
            });
        } catch (RejectedExecutionException e) {
            logger.atDebug().addKeyValue("group", address).log("event loop has ended");
        }
    }
}
