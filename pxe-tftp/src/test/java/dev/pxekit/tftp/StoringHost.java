package dev.pxekit.tftp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** A server in memory that is written to: a {@link TransferReceiver} whose disk takes its time for each window. */
final class StoringHost implements TransferReceiver.Output<RuntimeException>, LossyLink.Host {

    private final LossyLink link;
    private final AgreedOptions agreed;
    private final long diskNanos;
    private final Consumer<TftpPacket> wire;
    private final int window;
    final TransferReceiver<RuntimeException> receiver;
    final ByteArrayOutputStream stored = new ByteArrayOutputStream();
    private ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private boolean writing;
    private boolean complete;
    boolean acknowledgedBeforeStored;

    /** @param diskNanos how long the disk takes for what is handed to it at once */
    StoringHost(LossyLink link, AgreedOptions agreed, Retransmission again, long diskNanos, Consumer<TftpPacket> wire) {
        this.link = link;
        this.agreed = agreed;
        this.diskNanos = diskNanos;
        this.wire = wire;
        this.window = agreed.windowSize() * agreed.blockSize();
        this.receiver = TransferReceiver.ofServer(agreed, Long.MAX_VALUE, again, again, this);
    }

    void receive(TftpPacket packet, long now) {
        if (packet instanceof TftpPacket.Data data) {
            receiver.data(data.block(), data.content(), now);
        } else if (packet instanceof TftpPacket.Error error) {
            receiver.refused(error.code(), error.message());
        }
    }

    @Override
    public void sendOpening() {
        wire.accept(agreed.answer().isEmpty() ? new TftpPacket.Ack(0) : new TftpPacket.OptionAck(agreed.answer()));
    }

    @Override
    public void sendAck(int wireBlock) {
        acknowledgedBeforeStored |= complete && stored.size() < receiver.receivedBytes();
        wire.accept(new TftpPacket.Ack(wireBlock));
    }

    @Override
    public void sendError(TftpErrorCode code, String message) {
        wire.accept(new TftpPacket.Error(code, message));
    }

    @Override
    public void content(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        gathered.writeBytes(copy);
        if (gathered.size() > window) {
            throw new AssertionError("more than a window without a question");
        }
    }

    @Override
    public boolean accept() {
        if (gathered.size() == 0) {
            return true;
        }
        if (writing) {
            return false;
        }
        writing = true;
        byte[] full = gathered.toByteArray();
        gathered = new ByteArrayOutputStream();
        link.after(diskNanos, now -> {
            writing = false;
            stored.writeBytes(full);
            if (complete) {
                storeRest();
            } else {
                receiver.accepted(now);
            }
        });
        return true;
    }

    @Override
    public boolean end() {
        complete = true;
        if (!writing) {
            storeRest();
        }
        return false;
    }

    private void storeRest() {
        link.after(diskNanos, now -> {
            stored.writeBytes(gathered.toByteArray());
            receiver.stored();
        });
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
