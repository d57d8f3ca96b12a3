package dev.pxekit.tftp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A client in memory: a {@link TransferReceiver} that gathers bytes. */
final class ReceivingHost implements TransferReceiver.Output<RuntimeException>, LossyLink.Host {

    private final Consumer<TftpPacket> wire;
    private final TftpOptions asked;
    private final Retransmission again;
    private long closedAt = Long.MAX_VALUE;
    final TransferReceiver<RuntimeException> receiver;
    final ByteArrayOutputStream content = new ByteArrayOutputStream();
    final List<TftpPacket> sent = new ArrayList<>();

    ReceivingHost(TftpOptions asked, long maxSize, Retransmission again, Consumer<TftpPacket> wire) {
        this.wire = wire;
        this.asked = asked;
        this.again = again;
        this.receiver = TransferReceiver.ofClient(asked, maxSize, again, again, this);
    }

    /** Takes a packet; for a while after the end too, then the socket is closed. */
    void receive(TftpPacket packet, long now) {
        if (now >= closedAt) {
            return;
        }
        if (packet instanceof TftpPacket.Data data) {
            receiver.data(data.block(), data.content(), now);
        } else if (packet instanceof TftpPacket.OptionAck optionAck) {
            receiver.optionAck(optionAck.options(), now);
        } else if (packet instanceof TftpPacket.Error error) {
            receiver.refused(error.code(), error.message());
        }
        if (receiver.outcome().isPresent() && closedAt == Long.MAX_VALUE) {
            closedAt = now + again.lingerNanos();
        }
    }

    @Override
    public void sendOpening() {
        send(new TftpPacket.ReadRequest("file", TransferMode.OCTET, asked));
    }

    @Override
    public void sendAck(int wireBlock) {
        send(new TftpPacket.Ack(wireBlock));
    }

    @Override
    public void sendError(TftpErrorCode code, String message) {
        send(new TftpPacket.Error(code, message));
    }

    private void send(TftpPacket packet) {
        sent.add(packet);
        wire.accept(packet);
    }

    @Override
    public void content(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        content.writeBytes(copy);
    }

    @Override
    public boolean accept() {
        return true;
    }

    @Override
    public boolean end() {
        return true;
    }

    @Override
    public void tick(long now) {
        receiver.tick(now);
    }

    @Override
    public long deadline() {
        return receiver.deadline();
    }
}
