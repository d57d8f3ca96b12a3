package dev.pxekit.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of clients whose transfers have completed: for a moment they still answer a repeated last block, as the ACK may have
 * been lost and the server would report a failure (RFC 1350 §6, "dallying"). One daemon thread for all; it ends with the last
 * socket. Thread safe.
 */
final class LingeringSockets {

    static final LingeringSockets SHARED = new LingeringSockets(256);

    private static final int DATA = 3;
    private static final int HEADER = 4;

    private final int most;
    private final Queue<Lingering> arrivals = new ArrayDeque<>();
    private int count;
    private @Nullable Selector selector;

    private record Lingering(DatagramChannel socket, InetSocketAddress server, int block, long until) {}

    /** @param most sockets at once; another one is closed at once */
    LingeringSockets(int most) {
        this.most = most;
    }

    /**
     * Takes over a socket, and closes it in the end.
     *
     * @param socket not blocking, registered with no selector
     * @param block the number of the last block, as on the wire
     * @return whether it was taken
     */
    boolean take(DatagramChannel socket, InetSocketAddress server, int block, long nanos) throws IOException {
        synchronized (arrivals) {
            if (count >= most) {
                return false;
            }
            Selector waking = selector;
            if (waking == null) {
                Selector opened = Selector.open();
                selector = opened;
                waking = opened;
                Thread thread = new Thread(() -> run(opened), "pxekit-tftp-linger");
                thread.setDaemon(true);
                thread.start();
            }
            count++;
            arrivals.add(new Lingering(socket, server, block, System.nanoTime() + nanos));
            waking.wakeup();
            return true;
        }
    }

    private void run(Selector mine) {
        ByteBuffer datagram = ByteBuffer.allocate(HEADER); // what is longer is cut off
        while (goesOn(mine)) {
            try {
                mine.select(nextWait(mine));
            } catch (IOException e) {
                mine.keys().forEach(this::close);
            }
            mine.selectedKeys().clear();
            for (SelectionKey key : mine.keys()) {
                if (key.isValid()) {
                    serve(key, datagram);
                }
            }
        }
    }

    /** Takes in the sockets that have come; ends, under the same lock, when there are none. */
    private boolean goesOn(Selector mine) {
        synchronized (arrivals) {
            for (Lingering next = arrivals.poll(); next != null; next = arrivals.poll()) {
                try {
                    next.socket().register(mine, SelectionKey.OP_READ, next);
                } catch (IOException e) {
                    close(next);
                }
            }
            if (count > 0) {
                return true;
            }
            selector = null;
        }
        try {
            mine.close();
        } catch (IOException e) {
            // nothing is left in it
        }
        return false;
    }

    private static long nextWait(Selector mine) {
        long now = System.nanoTime();
        long wait = TimeUnit.SECONDS.toNanos(1);
        for (SelectionKey key : mine.keys()) {
            if (key.isValid()) {
                wait = Math.min(wait, ((Lingering) key.attachment()).until() - now);
            }
        }
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait) + 1);
    }

    /** What has come before the end is answered even if it is looked at later. */
    private void serve(SelectionKey key, ByteBuffer datagram) {
        Lingering lingering = (Lingering) key.attachment();
        try {
            boolean over = System.nanoTime() - lingering.until() >= 0;
            answerAll(lingering, datagram);
            if (over) {
                close(key);
            }
        } catch (IOException e) {
            close(key);
        }
    }

    private static void answerAll(Lingering lingering, ByteBuffer datagram) throws IOException {
        // A bound, so that a server that repeats without end does not keep the thread from the other sockets.
        for (int i = 0; i < 64; i++) {
            datagram.clear();
            InetSocketAddress from = (InetSocketAddress) lingering.socket().receive(datagram);
            if (from == null) {
                return;
            }
            datagram.flip();
            if (from.equals(lingering.server())
                    && datagram.remaining() == HEADER
                    && datagram.getShort(0) == DATA
                    && (datagram.getShort(2) & 0xFFFF) == lingering.block()) {
                byte[] ack = TftpCodec.encode(new TftpPacket.Ack(lingering.block()));
                lingering.socket().send(ByteBuffer.wrap(ack), from);
            }
        }
    }

    private void close(SelectionKey key) {
        if (key.isValid()) {
            close((Lingering) key.attachment());
        }
    }

    private void close(Lingering lingering) {
        synchronized (arrivals) {
            count--;
        }
        try {
            lingering.socket().close();
        } catch (IOException e) {
            // nothing more is expected of it
        }
    }
}
