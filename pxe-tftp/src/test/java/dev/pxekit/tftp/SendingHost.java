package dev.pxekit.tftp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A server in memory: a {@link TransferSender} over bytes, its blocks loaded some time after they are wanted. */
final class SendingHost implements TransferSender.Output, LossyLink.Host {

    private final LossyLink link;
    private final byte[] content;
    private final AgreedOptions agreed;
    private final Consumer<TftpPacket> wire;
    final TransferSender sender;
    final List<TftpPacket> sent = new ArrayList<>();
    private long loaded;
    private long loading;

    SendingHost(LossyLink link, byte[] content, AgreedOptions agreed, Retransmission again, Consumer<TftpPacket> wire) {
        this.link = link;
        this.content = content;
        this.agreed = agreed;
        this.wire = wire;
        this.sender = new TransferSender(agreed, !agreed.answer().isEmpty(), again, again.adapting(), this);
    }

    void start() {
        sender.start(link.now());
    }

    void receive(TftpPacket packet, long now) {
        if (packet instanceof TftpPacket.Ack ack) {
            sender.acknowledged(ack.block(), now);
        } else if (packet instanceof TftpPacket.Error error) {
            sender.refused(error.code(), error.message());
        }
    }

    /** As the server does with a file that it has to read: what is asked for, and a window ahead, comes later. */
    @Override
    public long load(long first, long last) {
        long end = content.length / agreed.blockSize() + 1L;
        long wanted = Math.min(last, end);
        long ahead = Math.min(wanted + agreed.windowSize(), end);
        if (loading < ahead) {
            loading = ahead;
            link.after(LossyLink.MILLISECOND / 10, now -> {
                loaded = Math.max(loaded, ahead);
                sender.loaded(now);
            });
        }
        if (loaded < wanted) {
            return 0;
        }
        if (loaded >= end) {
            sender.endsAt(end);
        }
        return wanted;
    }

    @Override
    public void sendOpening() {
        send(new TftpPacket.OptionAck(agreed.answer()));
    }

    @Override
    public void sendData(long first, long last, boolean again) {
        if (last > loaded || first <= sender.ackedBlocks()) {
            throw new AssertionError("blocks " + first + " to " + last + " are not in memory");
        }
        for (long block = first; block <= last; block++) {
            int from = (int) ((block - 1) * agreed.blockSize());
            int length = Math.min(agreed.blockSize(), content.length - from);
            send(new TftpPacket.Data(agreed.rollover().wire(block), ByteBuffer.wrap(content, from, length)));
        }
    }

    private void send(TftpPacket packet) {
        sent.add(packet);
        wire.accept(packet);
    }

    long dataPackets() {
        return sent.stream().filter(TftpPacket.Data.class::isInstance).count();
    }

    @Override
    public void tick(long now) {
        sender.tick(now);
    }

    @Override
    public long deadline() {
        return sender.deadline();
    }
}
