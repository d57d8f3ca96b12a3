package dev.pxekit.dhcp.transport;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Sends by a socket, on its event loop: what has come together until it runs goes out with one flush. */
final class Outlet {

    private final Channel channel;
    private final Drops drops;
    private final Queue<DatagramPacket> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();

    Outlet(Channel channel, Drops drops) {
        this.channel = channel;
        this.drops = drops;
    }

    /** An event loop that is shut down says so here and not in the middle of Netty. */
    void send(byte[] octets, InetSocketAddress target) {
        waiting.add(new DatagramPacket(Unpooled.wrappedBuffer(octets), target));
        if (scheduled.compareAndSet(false, true)) {
            try {
                channel.eventLoop().execute(this::flush);
            } catch (RejectedExecutionException e) {
                drops.drop(target, "the server is closed", e);
            }
        }
    }

    private void flush() {
        scheduled.set(false);
        for (DatagramPacket datagram = waiting.poll(); datagram != null; datagram = waiting.poll()) {
            InetSocketAddress target = datagram.recipient();
            if (!hasRoom()) {
                datagram.release();
                drops.drop(target, "replies wait to be sent", null);
                continue;
            }
            channel.write(datagram).addListener(sent -> {
                if (!sent.isSuccess()) {
                    drops.drop(target, "cannot send", sent.cause());
                }
            });
        }
        channel.flush();
    }

    /** The system takes no more while it looks for the hardware addresses of those that do not answer. */
    private boolean hasRoom() {
        if (!channel.isWritable()) {
            channel.flush();
        }
        return channel.isWritable();
    }
}
