package dev.pxekit.tftp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client of RFC 1350 and no more, block after block. What does not come from the transfer's port it passes over, and what
 * does not come within a fifth of a second it asks for again.
 */
final class PlainClient implements AutoCloseable {

    private static final int BLOCK = 512;
    private static final int PATIENCE_MILLIS = 200;
    private static final long BUSY_NANOS = Duration.ofMillis(50).toNanos();
    private static final long LONGEST_NANOS = Duration.ofSeconds(40).toNanos();

    private final DatagramSocket socket;
    private final InetSocketAddress server;
    private final DatagramPacket datagram = new DatagramPacket(new byte[BLOCK + 4], BLOCK + 4);
    private @Nullable InetSocketAddress transfer;

    PlainClient(InetSocketAddress server) throws IOException {
        this.server = server;
        this.socket = new DatagramSocket(Addresses.loopback());
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** Fetches a file, trying again for a while when the server refuses, as a busy one does. */
    byte[] fetchPatiently(String name) throws IOException {
        for (long end = System.nanoTime() + LONGEST_NANOS; ; LockSupport.parkNanos(BUSY_NANOS)) {
            try {
                return fetch(name, transfer -> {});
            } catch (TftpErrorException e) {
                if (System.nanoTime() >= end) {
                    throw e;
                }
            }
        }
    }

    /**
     * Fetches a file.
     *
     * @param began told the address of the transfer's port as soon as it is known
     * @throws TftpErrorException if the server answers with an ERROR
     */
    byte[] fetch(String name, Consumer<InetSocketAddress> began) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        TftpPacket turn = new TftpPacket.ReadRequest(name, TransferMode.OCTET, TftpOptions.none());
        transfer = null;
        int wanted = 1;
        for (long end = System.nanoTime() + LONGEST_NANOS; System.nanoTime() < end; ) {
            send(turn, transfer == null ? server : transfer);
            ByteBuffer block = receive(wanted);
            if (block == null) {
                continue;
            }
            if (transfer == null) {
                transfer = (InetSocketAddress) datagram.getSocketAddress();
                began.accept(transfer);
            }
            int length = block.remaining();
            content.write(datagram.getData(), block.position(), length);
            turn = new TftpPacket.Ack(wanted);
            wanted = (wanted + 1) & 0xFFFF;
            if (length < BLOCK) {
                send(turn, transfer);
                return content.toByteArray();
            }
        }
        throw new AssertionError("the transfer did not end in time; it got " + content.size() + " bytes");
    }

    private void send(TftpPacket packet, InetSocketAddress to) throws IOException {
        byte[] bytes = TftpCodec.encode(packet);
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    /** The content of the block, or nothing if it does not come. */
    private @Nullable ByteBuffer receive(int wanted) throws IOException {
        try {
            while (true) {
                socket.receive(datagram);
                ByteBuffer packet = ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength());
                boolean ours = transfer == null || transfer.equals(datagram.getSocketAddress());
                if (!ours || packet.remaining() < 4) {
                    continue;
                }
                int opcode = packet.getShort();
                if (opcode == 5) {
                    throw new TftpErrorException(TftpErrorCode.of(packet.getShort()), "the server refuses");
                }
                if (opcode == 3 && (packet.getShort() & 0xFFFF) == wanted) {
                    return packet;
                }
            }
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
