package dev.pxekit.tftp;

import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client reads a file: a {@link TransferSender} joined to a port and to the packets of a {@link PacketImage}. */
class ReadTransfer extends ServerTransfer implements TransferSender.Output {

    /** Belongs to the executor until the event loop gives it to an image. */
    private volatile @Nullable TftpFile file;

    private @Nullable AgreedOptions agreed;
    private PacketImage.@Nullable Layout layout;
    private @Nullable TransferSender sender;
    private @Nullable PacketImage image;

    /** What has packets in flight, or is waited for: two chunks where a window begins amid one. */
    private @Nullable PacketChunk chunk;

    private @Nullable PacketChunk nextChunk;
    private boolean segments;
    private volatile boolean stalled;

    ReadTransfer(
            InetSocketAddress client,
            TftpPacket.Request request,
            TransferRegistry registry,
            ServerPort requestPort,
            ServerPorts.Place place) {
        super(client, request, registry, requestPort, place, registry.settings().executor());
    }

    @Override
    TftpOptions open(TftpRequest request) throws IOException {
        ServerSettings settings = registry().settings();
        TftpFile opened = settings.files().open(request);
        file = opened;
        if (opened.size() < 0) {
            throw new IOException("size: " + opened.size() + " (expected: 0 or more)");
        }
        ServerLimits limits = settings.limits();
        // What is agreed now, and taken once the client has answered, has to fit what others have left.
        long free = Math.min(limits.maxTransferMemory(), registry().cache().free());
        AgreedOptions options = agree(
                settings.optionPolicy().allow(request), request, opened, limits.withMaxTransferMemory((int) free));
        agreed = options;
        layout = layoutOf(opened, options);
        return options.answer();
    }

    /** Agrees on options, on the executor. */
    AgreedOptions agree(TftpOptions allowed, TftpRequest request, TftpFile opened, ServerLimits limits) {
        return AgreedOptions.agree(allowed, request, opened.size(), limits);
    }

    final PacketImage.Layout layoutOf(TftpFile opened, AgreedOptions options) {
        ServerSettings settings = registry().settings();
        long most = Math.min(
                settings.limits().maxTransferMemory(), settings.capacity().maxMemory());
        return PacketImage.Layout.of(opened, request().mode(), options, (int) most);
    }

    final AgreedOptions agreed() {
        AgreedOptions options = agreed;
        if (options == null) {
            throw new IllegalStateException("transfer: not opened");
        }
        return options;
    }

    @Override
    void start(long now) {
        AgreedOptions options = agreed;
        PacketImage.Layout shared = layout;
        if (options == null || shared == null) {
            throw new IllegalStateException("transfer: not opened");
        }
        ServerLimits limits = registry().settings().limits();
        TransferSender machine = new TransferSender(
                options, !options.answer().isEmpty(), limits.untilFirstAck(), limits.afterFirstAck(options), this);
        if (!shared.isText()) {
            machine.endsAt(shared.lastBlock());
        }
        sender = machine;
        segments = options.windowSize() > 1 && port().segments();
        machine.start(now);
        port().flush();
    }

    private TransferSender sender() {
        TransferSender machine = sender;
        if (machine == null) {
            throw new IllegalStateException("transfer: has not started");
        }
        return machine;
    }

    // ---- in

    @Override
    void acknowledged(int wireBlock) {
        if (hasEnded()) {
            return;
        }
        boolean returned = false;
        try {
            sender().acknowledged(wireBlock, System.nanoTime());
            follow();
            stalled = sender().isStalled();
            returned = true;
        } finally {
            if (!returned) {
                failed();
            }
        }
    }

    @Override
    void take(TftpPacket packet, long now) {
        if (packet instanceof TftpPacket.Error error) {
            sender().refused(error.code(), error.message());
        }
    }

    @Override
    void abandon(String reason) {
        // As if the client had said that it is done: its ERROR may be lost, or still on its way.
        sender().refused(TftpErrorCode.NOT_DEFINED, reason);
    }

    @Override
    void tick(long now) {
        sender().tick(now);
        stalled = sender().isStalled();
    }

    private void chunkReadSomewhere() {
        onLoop(this::chunkRead);
    }

    private void chunkRead() {
        if (!hasEnded()) {
            sender().loaded(System.nanoTime());
            port().flush();
            follow();
        }
    }

    private void segmentedPacketsSent(ChannelFuture sent) {
        if (!sent.isSuccess() && segments && !hasEnded()) {
            segments = false;
            sender().resend(System.nanoTime());
            port().flush();
            follow();
        }
    }

    // ---- out

    @Override
    public void sendOpening() {
        AgreedOptions options = agreed;
        if (options != null) {
            port().send(client(), new TftpPacket.OptionAck(options.answer()));
        }
    }

    @Override
    public long load(long first, long last) {
        PacketImage shared = image == null ? join() : image;
        if (shared == null) {
            return 0;
        }
        long number = shared.chunkOf(first);
        PacketChunk at = pin(shared, number, last);
        if (at == null) {
            return 0;
        }
        if (at.isEnd()) {
            sender().endsAt(at.lastBlock());
        }
        if (last <= at.lastBlock() || at.isEnd()) {
            return Math.min(last, at.lastBlock());
        }
        PacketChunk next = nextChunk;
        if (next == null || !isReady(next)) {
            return 0;
        }
        if (next.isEnd()) {
            sender().endsAt(next.lastBlock());
        }
        return Math.min(last, next.lastBlock());
    }

    /** Pins what the blocks from the chunk of this number on are in, and nothing else. */
    private @Nullable PacketChunk pin(PacketImage shared, long number, long last) {
        PacketChunk at = chunk;
        if (at == null || shared.chunkOf(at.firstBlock()) != number) {
            PacketChunk before = at;
            PacketChunk next = nextChunk;
            if (next != null && shared.chunkOf(next.firstBlock()) == number) {
                at = next;
                nextChunk = null;
            } else {
                at = registry().cache().pin(shared, number, this::chunkReadSomewhere);
            }
            chunk = at;
            unpin(before);
        }
        if (!isReady(at)) {
            return null;
        }
        boolean needsNext = last > at.lastBlock() && !at.isEnd();
        if (needsNext && nextChunk == null) {
            nextChunk = registry().cache().pin(shared, number + 1, this::chunkReadSomewhere);
        } else if (!needsNext && nextChunk != null) {
            unpin(nextChunk);
            nextChunk = null;
        }
        return at;
    }

    /** Whether a chunk can be sent; if it could not be read, the transfer is over. */
    private boolean isReady(PacketChunk wanted) {
        if (wanted.isFailed()) {
            onLoop(() -> refuse(TftpErrorCode.NOT_DEFINED, cannot()));
        }
        return wanted.isReady();
    }

    private void unpin(@Nullable PacketChunk pinned) {
        if (pinned != null) {
            registry().cache().unpin(pinned);
        }
    }

    /** The client has answered, or there is nothing for it to answer: from now on the transfer takes memory. */
    private @Nullable PacketImage join() {
        Optional<PacketImage> joined = joinImage();
        if (joined.isPresent()) {
            image = joined.get();
        } else {
            onLoop(() -> refuse(TftpErrorCode.NOT_DEFINED, BUSY));
        }
        return image;
    }

    /** Gives the file to its image, which the caller takes part in; empty if there is no memory for that. */
    final Optional<PacketImage> joinImage() {
        TftpFile opened = file;
        PacketImage.Layout shared = layout;
        if (opened == null || shared == null) {
            return Optional.empty();
        }
        Optional<PacketImage> joined = registry().cache().join(shared, opened);
        if (joined.isPresent()) {
            file = null;
        }
        return joined;
    }

    @Override
    public void sendData(long first, long last, boolean again) {
        PacketChunk at = chunk;
        if (at == null) {
            throw new IllegalStateException("block " + first + " is not loaded");
        }
        send(at, first, Math.min(last, at.lastBlock()), again);
        if (last > at.lastBlock() && nextChunk != null) {
            send(nextChunk, nextChunk.firstBlock(), last, again);
        }
    }

    /** A packet that is sent again goes by itself: what did not arrive may have been too much for something on the way. */
    private void send(PacketChunk from, long first, long last, boolean again) {
        if (segments && !again && last > first) {
            port().writeSegmented(client(), from, first, last, this::segmentedPacketsSent);
        } else {
            port().write(client(), from, first, last);
        }
    }

    // ---- state

    @Override
    long deadline() {
        return sender().deadline();
    }

    @Override
    Optional<TransferOutcome> outcome() {
        return sender().outcome();
    }

    @Override
    long bytes() {
        PacketImage shared = image;
        if (shared == null) {
            return 0;
        }
        PacketImage.Layout layout = shared.layout();
        long acked = sender().ackedBlocks();
        boolean whole = sender().outcome()
                .filter(TransferOutcome.Completed.class::isInstance)
                .isPresent();
        if (!whole) {
            return acked * layout.blockSize();
        }
        PacketChunk at = nextChunk == null ? chunk : nextChunk;
        return layout.isText() && at != null ? at.contentUpTo(acked) : layout.size();
    }

    @Override
    long blocks() {
        return sender().ackedBlocks();
    }

    @Override
    long retransmissions() {
        return sender().retransmissions();
    }

    @Override
    boolean isStalled() {
        return stalled;
    }

    @Override
    void stop() {
        unpin(chunk);
        unpin(nextChunk);
        if (image != null) {
            registry().cache().leave(image);
        }
    }

    @Override
    void release() {
        TftpFile unused = file;
        if (unused != null) {
            try {
                unused.close();
            } catch (IOException | RuntimeException e) {
                logFailure(e);
            }
        }
    }
}
