package dev.pxekit.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of clients whose transfers have completed: for a moment they still answer a repeated last block, as the ACK may have
 * been lost and the server would report a failure (RFC 1350 §6, "dallying"); and an OACK that makes a client of a group the
 * master, as a server may pass over the ACK of one who is not. One daemon thread for all; it ends with the last
 * socket. Thread safe.
 */
final class LingeringSockets {

    static final LingeringSockets SHARED = new LingeringSockets(256);

    private static final int DATA = 3;
    private static final int HEADER = 4;
    private static final int LONGEST = 516;

    private final int most;
    private final Queue<Lingering> arrivals = new ArrayDeque<>();
    private int count;
    private @Nullable Selector selector;

    /** @param sockets the first of them answers for all */
    private record Lingering(List<DatagramChannel> sockets, InetSocketAddress server, int block, long until) {}

    /** @param most transfers at once; the sockets of another one are closed at once */
    LingeringSockets(int most) {
        this.most = most;
    }

    /**
     * Takes over the sockets of a transfer, and closes them in the end.
     *
     * @param sockets not blocking, registered with no selector; the first of them answers for all
     * @param block the number of the last block, as on the wire
     * @return whether they were taken
     */
    boolean take(List<DatagramChannel> sockets, InetSocketAddress server, int block, long nanos) throws IOException {
        synchronized (arrivals) {
            if (count >= most) {
                return false;
            }
            Selector waking = selector;
            if (waking == null) {
                waking = start();
                selector = waking;
            }
            count++;
            arrivals.add(new Lingering(sockets, server, block, System.nanoTime() + nanos));
            waking.wakeup();
            return true;
        }
    }

    private Selector start() throws IOException {
        Selector opened = Selector.open();
        Thread thread = new Thread(() -> run(opened), "pxekit-tftp-linger");
        thread.setDaemon(true);
        boolean started = false;
        try {
            thread.start();
            started = true;
        } finally {
            if (!started) {
                opened.close();
            }
        }
        return opened;
    }

    private void run(Selector mine) {
        ByteBuffer datagram = ByteBuffer.allocate(LONGEST); // what is longer is cut off
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
                    for (DatagramChannel socket : next.sockets()) {
                        socket.register(mine, SelectionKey.OP_READ, next);
                    }
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
            answerAll((DatagramChannel) key.channel(), lingering, datagram);
            if (over) {
                close(key);
            }
        } catch (IOException e) {
            close(key);
        }
    }

    private static void answerAll(DatagramChannel socket, Lingering lingering, ByteBuffer datagram) throws IOException {
        // A bound, so that a server that repeats without end does not keep the thread from the other sockets.
        for (int i = 0; i < 64; i++) {
            datagram.clear();
            InetSocketAddress from = (InetSocketAddress) socket.receive(datagram);
            if (from == null) {
                return;
            }
            datagram.flip();
            if (from.equals(lingering.server()) && (isBlock(datagram, lingering.block()) || makesMaster(datagram))) {
                byte[] ack = TftpCodec.encode(new TftpPacket.Ack(lingering.block()));
                lingering.sockets().get(0).send(ByteBuffer.wrap(ack), from);
            }
        }
    }

    private static boolean isBlock(ByteBuffer datagram, int block) {
        return datagram.remaining() >= HEADER
                && datagram.getShort(0) == DATA
                && (datagram.getShort(2) & 0xFFFF) == block;
    }

    private static boolean makesMaster(ByteBuffer datagram) {
        try {
            return TftpCodec.decode(datagram) instanceof TftpPacket.OptionAck optionAck
                    && optionAck
                            .options()
                            .get(TftpOption.MULTICAST)
                            .filter(Multicast::master)
                            .isPresent();
        } catch (TftpFormatException e) {
            return false;
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
        for (DatagramChannel socket : lingering.sockets()) {
            try {
                socket.close();
            } catch (IOException e) {
                // nothing more is expected of it
            }
        }
    }
}
