package dev.pxekit.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;

/**
 * A client reads a file that may be sent to many: a {@link MulticastReceiver}, if the server names a group, joined to the sockets
 * and a sink; a read like any other if it does not.
 */
final class ClientMulticastRead extends ClientRead implements MulticastReceiver.Output<IOException> {

    private final NetworkInterface network;
    private final PositionalSink sink;
    private final MulticastReceiver<IOException> group;
    private boolean grouped;

    private ClientMulticastRead(
            ClientSettings settings, String fileName, PositionalSink sink, GroupInterface groupInterface)
            throws IOException {
        super(settings, fileName, inOrder(sink));
        this.network = groupInterface.towards(server());
        this.sink = sink;
        this.group = new MulticastReceiver<>(settings.options(), settings.maxSize(), settings.afterFirstAnswer(), this);
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

    @Override
    ReceivingMachine<IOException> receiver() {
        return grouped ? group : super.receiver();
    }

    /** The first answer tells whether there is a group. */
    @Override
    void optionAck(TftpOptions taken, long now) throws IOException {
        if (!isAnswered() && taken.get(TftpOption.MULTICAST.name()).isPresent()) {
            grouped = true;
            group.begin(taken, super.receiver().retransmissions(), now);
        } else {
            super.optionAck(taken, now);
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
    long bytes() {
        return grouped ? group.receivedBytes() : super.bytes();
    }

    /** Those of the request, and those in the group. */
    @Override
    long retransmissions() {
        return super.receiver().retransmissions() + group.retransmissions();
    }

    /** To repeated blocks in the group the master answers, and nobody else. */
    @Override
    List<DatagramChannel> keep(List<DatagramChannel> sockets, InetSocketAddress from) {
        return super.keep(group.isMaster() ? sockets : sockets.subList(0, 1), from);
    }
}
