package dev.pxekit.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Optional;

/**
 * A client reads a file that may be sent to many: a {@link MulticastReceiver}, if the server names a group, joined to the sockets
 * and a sink; a read like any other if it does not.
 */
final class ClientMulticastRead extends ClientRead implements MulticastReceiver.Output<IOException> {

    private final NetworkInterface network;
    private final PositionalSink sink;
    private final MulticastReceiver<IOException> receiver;
    private boolean grouped;

    private ClientMulticastRead(
            ClientSettings settings, String fileName, PositionalSink sink, GroupInterface groupInterface)
            throws IOException {
        super(settings, fileName, inOrder(sink));
        this.network = groupInterface.towards(server());
        this.sink = sink;
        this.receiver =
                new MulticastReceiver<>(settings.options(), settings.maxSize(), settings.afterFirstAnswer(), this);
    }

    /** Fetches the file. */
    static TransferResult fetch(ClientSettings settings, String fileName, PositionalSink sink, GroupInterface network)
            throws IOException {
        return new ClientMulticastRead(settings.askingForMulticast(), fileName, sink, network).run();
    }

    private static ContentSink inOrder(PositionalSink sink) {
        return new ContentSink() {
            private long position;

            @Override
            public void write(ByteBuffer content) throws IOException {
                int length = content.remaining();
                sink.write(content, position);
                position += length;
            }
        };
    }

    // ---- in

    /** The first answer tells whether there is a group. */
    @Override
    void optionAck(TftpOptions taken, long now) throws IOException {
        if (grouped) {
            receiver.optionAck(taken, now);
        } else if (!isAnswered() && taken.get(TftpOption.MULTICAST.name()).isPresent()) {
            grouped = true;
            receiver.begin(taken, super.retransmissions(), now);
        } else {
            super.optionAck(taken, now);
        }
    }

    @Override
    void data(int block, ByteBuffer content, long now) throws IOException {
        if (grouped) {
            receiver.data(block, content, now);
        } else {
            super.data(block, content, now);
        }
    }

    @Override
    void refused(TftpErrorException error) {
        if (grouped) {
            receiver.refused(error.code(), error.text());
        } else {
            super.refused(error);
        }
    }

    @Override
    void tick(long now) throws IOException {
        if (grouped) {
            receiver.tick(now);
        } else {
            super.tick(now);
        }
    }

    // ---- out

    @Override
    public void join(InetSocketAddress group) throws IOException {
        try {
            join(group, network);
        } catch (IOException e) {
            throw giveUp(e, "the client cannot join the group");
        }
    }

    @Override
    public void content(ByteBuffer bytes, long position) throws IOException {
        try {
            sink.write(bytes, position);
        } catch (IOException e) {
            throw giveUp(e, CANNOT_WRITE);
        }
    }

    // ---- state

    @Override
    long deadline() {
        return grouped ? receiver.deadline() : super.deadline();
    }

    @Override
    boolean isAnswered() {
        return grouped ? receiver.isAnswered() : super.isAnswered();
    }

    @Override
    Optional<TransferOutcome> outcome() {
        return grouped ? receiver.outcome() : super.outcome();
    }

    @Override
    boolean timedOut() {
        return grouped ? receiver.timedOut() : super.timedOut();
    }

    @Override
    TftpOptions options() {
        return grouped ? receiver.options() : super.options();
    }

    @Override
    long bytes() {
        return grouped ? receiver.receivedBytes() : super.bytes();
    }

    @Override
    long blocks() {
        return grouped ? receiver.receivedBlocks() : super.blocks();
    }

    /** Those of the request, and those in the group. */
    @Override
    long retransmissions() {
        return super.retransmissions() + receiver.retransmissions();
    }

    @Override
    int lastWireBlock() {
        return grouped ? receiver.lastBlock() : super.lastWireBlock();
    }

    /** To repeated blocks in the group the master answers, and nobody else. */
    @Override
    List<DatagramChannel> keep(List<DatagramChannel> sockets, InetSocketAddress from) {
        return super.keep(receiver.isMaster() ? sockets : sockets.subList(0, 1), from);
    }
}
