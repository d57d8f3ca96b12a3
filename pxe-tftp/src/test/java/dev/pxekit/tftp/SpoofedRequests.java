package dev.pxekit.tftp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests whose senders never answer, each from an address of its own in 127.0.0.0/8. The first of them stay to hear what
 * comes; the others are gone when the answer arrives.
 */
final class SpoofedRequests implements AutoCloseable {

    private static final int FIRST_ADDRESS = 0x7F100001; // 127.16.0.1

    private final InetSocketAddress server;
    private final byte[] request;
    private final List<DatagramChannel> witnesses = new ArrayList<>();
    private int sent;

    SpoofedRequests(InetSocketAddress server, String fileName, TftpOptions options) {
        this.server = server;
        this.request = TftpCodec.encode(new TftpPacket.ReadRequest(fileName, TransferMode.OCTET, options));
    }

    InetSocketAddress server() {
        return server;
    }

    int requestLength() {
        return request.length;
    }

    /** Sends requests whose senders stay. */
    void sendWithWitnesses(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            DatagramChannel channel = DatagramChannel.open();
            witnesses.add(channel);
            send(channel);
        }
    }

    /** Sends requests whose senders go. */
    void send(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            try (DatagramChannel channel = DatagramChannel.open()) {
                send(channel);
            }
        }
    }

    private void send(DatagramChannel channel) throws IOException {
        byte[] address = ByteBuffer.allocate(4).putInt(FIRST_ADDRESS + sent).array();
        sent++;
        channel.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0))
                .send(ByteBuffer.wrap(request), server);
        channel.configureBlocking(false);
    }

    /** What came to each that stayed: the length of each datagram. */
    List<List<Integer>> heard() throws IOException {
        List<List<Integer>> heard = new ArrayList<>();
        ByteBuffer datagram = ByteBuffer.allocate(1 << 16);
        for (DatagramChannel channel : witnesses) {
            List<Integer> lengths = new ArrayList<>();
            while (channel.receive(datagram.clear()) != null) {
                lengths.add(datagram.position());
            }
            heard.add(lengths);
        }
        return heard;
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel channel : witnesses) {
            channel.close();
        }
    }
}
