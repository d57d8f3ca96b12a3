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
    private long ahead;

    SendingHost(LossyLink link, byte[] content, AgreedOptions agreed, Retransmission again, Consumer<TftpPacket> wire) {
        this.link = link;
        this.content = content;
        this.agreed = agreed;
        this.wire = wire;
        this.sender = new TransferSender(agreed, again, again, this);
    }

    void start() {
        sender.start(link.now());
        loadAhead();
    }

    void receive(TftpPacket packet, long now) {
        if (packet instanceof TftpPacket.Ack ack) {
            sender.acknowledged(ack.block(), now);
        } else if (packet instanceof TftpPacket.Error error) {
            sender.refused(error.code(), error.message());
        }
        loadAhead();
    }

    /** As the server does: one load at a time, up to a window ahead of the one in flight. */
    private void loadAhead() {
        long last = content.length / agreed.blockSize() + 1L;
        long to = Math.min(sender.ackedBlocks() + 2L * agreed.windowSize(), last);
        if (!sender.awaitsOptionAck()
                && to > ahead
                && ahead == sender.loadedBlocks()
                && sender.outcome().isEmpty()) {
            ahead = Math.min(to, ahead + agreed.windowSize());
            long loaded = ahead;
            link.after(LossyLink.MILLISECOND / 10, now -> {
                sender.loaded(loaded, loaded == last, now);
                loadAhead();
            });
        }
    }

    @Override
    public void sendOptionAck() {
        send(new TftpPacket.OptionAck(agreed.answer()));
    }

    @Override
    public void sendData(long block) {
        if (block > sender.loadedBlocks() || block <= sender.ackedBlocks()) {
            throw new AssertionError("block " + block + " is not in memory");
        }
        int from = (int) ((block - 1) * agreed.blockSize());
        int length = Math.min(agreed.blockSize(), content.length - from);
        send(new TftpPacket.Data((int) (block & 0xFFFF), ByteBuffer.wrap(content, from, length)));
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
        loadAhead();
    }

    @Override
    public long deadline() {
        return sender.deadline();
    }
}
