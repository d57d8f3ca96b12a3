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
 * A client of RFC 1350 and no more, block after block. What does not come from the transfer's port it passes over. A block that
 * does not come within a fifth of a second it asks for again; the first one within 3 seconds, as a request that is repeated and
 * held up on the way would be taken for a client that starts over.
 */
final class PlainClient implements AutoCloseable {

    private static final int BLOCK = 512;
    private static final int PATIENCE_MILLIS = 200;
    private static final int REQUEST_PATIENCE_MILLIS = 3000;
    private static final long BUSY_NANOS = Duration.ofMillis(50).toNanos();

    /** How long no new block may come, or nothing but refusals. A whole transfer may take longer on a busy machine. */
    private static final long LONGEST_NANOS = Duration.ofSeconds(40).toNanos();

    /** How long no new block may come before it is asked for the file anew, if it is. */
    private static final long SILENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final int ERROR = 5;
    private static final int UNKNOWN_TRANSFER_ID = 5;

    private final DatagramSocket socket;
    private final InetSocketAddress server;
    private final DatagramPacket datagram = new DatagramPacket(new byte[BLOCK + 4], BLOCK + 4);
    private @Nullable InetSocketAddress transfer;

    /** What to send until the wanted block comes; at the end that is the last one, once more. */
    private TftpPacket turn = new TftpPacket.Ack(0);

    private int wanted;

    PlainClient(InetSocketAddress server) throws IOException {
        this.server = server;
        this.socket = new DatagramSocket(Addresses.loopback());
    }

    InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /**
     * Fetches a file, trying again for a while when the server refuses, as a busy one does, or falls silent amid the file, as one
     * that has given this client up does.
     */
    byte[] fetchPatiently(String name) throws IOException {
        for (long end = System.nanoTime() + LONGEST_NANOS; ; LockSupport.parkNanos(BUSY_NANOS)) {
            try {
                return fetch(name, transfer -> {}, SILENCE_NANOS);
            } catch (TftpErrorException | SocketTimeoutException e) {
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
     * @throws SocketTimeoutException if no new block comes for long
     */
    byte[] fetch(String name, Consumer<InetSocketAddress> began) throws IOException {
        return fetch(name, began, LONGEST_NANOS);
    }

    private byte[] fetch(String name, Consumer<InetSocketAddress> began, long longestSilence) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        turn = new TftpPacket.ReadRequest(name, TransferMode.OCTET, TftpOptions.none());
        transfer = null;
        wanted = 1;
        for (long end = System.nanoTime() + LONGEST_NANOS; System.nanoTime() < end; ) {
            send(turn, transfer == null ? server : transfer);
            ByteBuffer block = receive();
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
            if (length < BLOCK) {
                send(turn, transfer);
                return content.toByteArray();
            }
            wanted = (wanted + 1) & 0xFFFF;
            end = System.nanoTime() + longestSilence;
        }
        throw new SocketTimeoutException("no new block came for long, after " + content.size() + " bytes");
    }

    /** Waits a moment for the last block to come again, as it does if the last ACK was lost, and acknowledges it (RFC 1350 §6). */
    void dally() throws IOException {
        if (transfer == null) {
            throw new IllegalStateException("nothing has been fetched");
        }
        try {
            if (receive() != null) {
                send(turn, transfer);
            }
        } catch (TftpErrorException e) {
            // It had that ACK, and does not know the transfer any more.
        }
    }

    private void send(TftpPacket packet, InetSocketAddress to) throws IOException {
        byte[] bytes = TftpCodec.encode(packet);
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    /** The content of the wanted block, or nothing if it does not come. */
    private @Nullable ByteBuffer receive() throws IOException {
        socket.setSoTimeout(transfer == null ? REQUEST_PATIENCE_MILLIS : PATIENCE_MILLIS);
        try {
            while (true) {
                socket.receive(datagram);
                ByteBuffer packet = ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength());
                boolean ours = transfer == null || transfer.equals(datagram.getSocketAddress());
                if (!ours || packet.remaining() < 4) {
                    continue;
                }
                int opcode = packet.getShort();
                if (opcode == ERROR) {
                    int code = packet.getShort();
                    if (transfer == null && code == UNKNOWN_TRANSFER_ID) {
                        continue; // of an earlier transfer
                    }
                    throw new TftpErrorException(TftpErrorCode.of(code), "the server refuses");
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
