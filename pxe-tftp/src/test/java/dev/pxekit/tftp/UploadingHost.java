package dev.pxekit.tftp;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A client in memory that writes: a {@link TransferSender} over bytes. */
final class UploadingHost implements TransferSender.Output, LossyLink.Host {

    private final byte[] content;
    private final TftpOptions asked;
    private final Consumer<TftpPacket> wire;
    final TransferSender sender;
    private AgreedOptions agreed = AgreedOptions.NONE;
    long dataPackets;

    UploadingHost(byte[] content, TftpOptions asked, Retransmission again, Consumer<TftpPacket> wire) {
        this.content = content;
        this.asked = asked;
        this.wire = wire;
        this.sender = new TransferSender(AgreedOptions.NONE, true, again, again, this);
    }

    void receive(TftpPacket packet, long now) {
        if (packet instanceof TftpPacket.Ack ack) {
            sender.acknowledged(ack.block(), now);
        } else if (packet instanceof TftpPacket.OptionAck optionAck && sender.awaitsOpeningAnswer()) {
            agreed = AgreedOptions.taken(optionAck.options());
            sender.agree(agreed);
            sender.acknowledged(0, now);
        } else if (packet instanceof TftpPacket.Error error) {
            sender.refused(error.code(), error.message());
        }
    }

    @Override
    public void sendOpening() {
        wire.accept(new TftpPacket.WriteRequest("file", TransferMode.OCTET, asked));
    }

    @Override
    public long load(long first, long last) {
        long end = content.length / agreed.blockSize() + 1L;
        sender.endsAt(end);
        return Math.min(last, end);
    }

    @Override
    public void sendData(long first, long last, boolean again) {
        for (long block = first; block <= last; block++) {
            int from = (int) ((block - 1) * agreed.blockSize());
            int length = Math.min(agreed.blockSize(), content.length - from);
            dataPackets++;
            wire.accept(new TftpPacket.Data(agreed.rollover().wire(block), ByteBuffer.wrap(content, from, length)));
        }
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
