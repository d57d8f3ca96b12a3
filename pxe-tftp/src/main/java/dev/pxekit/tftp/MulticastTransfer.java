package dev.pxekit.tftp;

import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A client that asked for {@code multicast} reads a file: as a member of a {@link MulticastGroup}, or by itself like any other
 * where that cannot be, because the file has over 65,535 blocks, the policy is against it, or no address is left.
 */
final class MulticastTransfer extends ReadTransfer implements MulticastGroup.Contact {

    /** Block numbers that wrap would tell one who lacks a block too little. */
    private static final long MOST_BLOCKS = 0xFFFF;

    private final MulticastGroups groups;
    private final GroupPlace place;
    private MulticastGroup.@Nullable Member member;
    private volatile boolean stalled;

    /** The port of the group, if there is one, else the port that the transfer would have had without. */
    static final class GroupPlace implements ServerPorts.Place {

        private final ServerPorts.Place alone;

        /** Found on the executor, before the event loop opens the place. */
        private volatile @Nullable MulticastSender sender;

        /** @param alone on the event loop of the groups */
        GroupPlace(ServerPorts.Place alone) {
            this.alone = alone;
        }

        @Override
        public EventLoop loop() {
            return alone.loop();
        }

        @Override
        public CompletableFuture<ServerPort> open(int longestPacket) {
            MulticastSender shared = sender;
            return shared == null ? alone.open(longestPacket) : shared.open();
        }

        @Override
        public void leave(ServerPort port) {
            if (sender == null) {
                alone.leave(port);
            }
        }
    }

    MulticastTransfer(
            InetSocketAddress client,
            TftpPacket.Request request,
            TransferRegistry registry,
            ServerPort requestPort,
            MulticastGroups groups,
            GroupPlace place) {
        super(client, request, registry, requestPort, place);
        this.groups = groups;
        this.place = place;
    }

    // ---- begin

    /** Without {@code windowsize}, as the master acknowledges each block, and {@code rollover}, as numbers do not wrap. */
    @Override
    AgreedOptions agree(TftpOptions allowed, TftpRequest request, TftpFile opened, ServerLimits limits) {
        if (allowed.get(TftpOption.MULTICAST.name()).isPresent()) {
            TftpOptions lockStep = allowed.toBuilder()
                    .remove(TftpOption.WINDOW_SIZE)
                    .remove(TftpOption.ROLLOVER)
                    .build();
            AgreedOptions options = super.agree(lockStep, request, opened, limits);
            PacketImage.Layout layout = layoutOf(opened, options);
            if (layout.lastBlock() <= MOST_BLOCKS) {
                Optional<MulticastGroups.Joined> joined = groups.join(layout);
                if (joined.isPresent()) {
                    place.sender = joined.get().sender();
                    return options.withAnswer(TftpOption.MULTICAST, joined.get().answer());
                }
            }
        }
        return super.agree(allowed, request, opened, limits);
    }

    @Override
    void start(long now) {
        MulticastSender sender = place.sender;
        if (sender == null) {
            super.start(now);
            return;
        }
        ServerLimits limits = registry().settings().limits();
        MulticastGroup.Member joining = new MulticastGroup.Member(
                this,
                agreed().answer().get(TftpOption.TRANSFER_SIZE).isPresent(),
                limits.untilFirstAck(),
                limits.afterFirstAck(agreed()));
        member = joining;
        sender.begin(this, joining, now);
    }

    @Override
    void askedAgain() {
        onLoop(() -> {
            if (!hasEnded() && member != null) {
                group().askedAgain(member);
            }
        });
    }

    private MulticastGroup group() {
        MulticastSender sender = place.sender;
        if (sender == null) {
            throw new IllegalStateException("transfer: in no group");
        }
        return sender.group();
    }

    // ---- in

    @Override
    void acknowledged(int wireBlock) {
        if (member == null) {
            super.acknowledged(wireBlock);
        } else {
            received(new TftpPacket.Ack(wireBlock));
        }
    }

    @Override
    void take(TftpPacket packet, long now) {
        if (member == null) {
            super.take(packet, now);
        } else if (packet instanceof TftpPacket.Ack ack) {
            group().acknowledged(member, ack.block(), now);
            stalled = group().isStalled(member);
        } else if (packet instanceof TftpPacket.Error error) {
            group().refused(member, error.code(), error.message(), now);
        }
    }

    @Override
    void abandon(String reason) {
        if (member == null) {
            super.abandon(reason);
        } else {
            group().refused(member, TftpErrorCode.NOT_DEFINED, reason, System.nanoTime());
        }
    }

    @Override
    void tick(long now) {
        if (member == null) {
            super.tick(now);
        } else if (now >= deadline()) {
            group().tick(now);
            stalled = group().isStalled(member);
        }
    }

    // ---- out

    @Override
    public void sendOptionAck(boolean master) {
        MulticastSender sender = place.sender;
        if (sender != null) {
            Multicast value = new Multicast(Optional.of(sender.address()), master);
            port().send(
                            client(),
                            new TftpPacket.OptionAck(agreed().withAnswer(TftpOption.MULTICAST, value)
                                    .answer()));
        }
    }

    @Override
    public void sendError(TftpErrorCode code, String reason) {
        port().send(client(), new TftpPacket.Error(code, reason));
    }

    @Override
    public void changed() {
        follow();
    }

    // ---- state

    @Override
    long deadline() {
        return member == null ? super.deadline() : group().deadline(member);
    }

    @Override
    Optional<TransferOutcome> outcome() {
        return member == null ? super.outcome() : member.outcome();
    }

    @Override
    long bytes() {
        MulticastSender sender = place.sender;
        if (member == null || sender == null) {
            return super.bytes();
        }
        PacketImage.Layout layout = sender.layout();
        return Math.min(member.ackedBlocks() * layout.blockSize(), layout.size());
    }

    @Override
    long blocks() {
        return member == null ? super.blocks() : member.ackedBlocks();
    }

    @Override
    long retransmissions() {
        return member == null ? super.retransmissions() : member.retransmissions();
    }

    @Override
    boolean isStalled() {
        return stalled || super.isStalled();
    }

    @Override
    void stop() {
        super.stop();
        MulticastSender sender = place.sender;
        if (sender != null && member != null) {
            sender.end(this, member, System.nanoTime());
        }
    }

    @Override
    void release() {
        super.release();
        MulticastSender sender = place.sender;
        if (sender != null) {
            groups.leave(sender);
        }
    }
}
