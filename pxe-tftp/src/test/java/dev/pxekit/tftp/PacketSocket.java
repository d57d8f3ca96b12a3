package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** A socket that speaks packets: a client or a server made by hand. */
class PacketSocket implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MOST_BYTES = 2000;

    private final DatagramSocket socket;
    private InetSocketAddress from = Addresses.loopback();

    /** On a free port of the loopback interface. */
    PacketSocket() throws IOException {
        this(new DatagramSocket(Addresses.loopback()));
    }

    PacketSocket(DatagramSocket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Where the last packet came from. */
    InetSocketAddress from() {
        return from;
    }

    void send(InetSocketAddress to, TftpPacket packet) throws IOException {
        send(to, TftpCodec.encode(packet));
    }

    void send(InetSocketAddress to, byte[] bytes) throws IOException {
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    /** Sends to where the last packet came from. */
    void answer(TftpPacket packet) throws IOException {
        send(from, packet);
    }

    TftpPacket receive() throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
        socket.receive(datagram);
        from = (InetSocketAddress) datagram.getSocketAddress();
        return TftpCodec.decode(ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength()));
    }

    /** The next packet from there; what comes from elsewhere is passed over. */
    TftpPacket receiveFrom(InetSocketAddress sender) throws IOException {
        TftpPacket packet = receive();
        while (!from.equals(sender)) {
            packet = receive();
        }
        return packet;
    }

    /** No packet is there. */
    void expectNothing() throws IOException {
        socket.setSoTimeout(1);
        assertThatThrownBy(this::receive).isInstanceOf(SocketTimeoutException.class);
    }

    @Override
    public void close() {
        socket.close();
    }
}
