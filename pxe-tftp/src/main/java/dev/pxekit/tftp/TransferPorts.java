package dev.pxekit.tftp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.AttributeKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens the sockets of a server: any free port, or the ports of a range in turn. Thread safe. */
final class TransferPorts {

    /** Longer than any request, ACK or ERROR; what is longer is cut off. */
    private static final RecvByteBufAllocator RECEIVE_BUFFERS = new FixedRecvByteBufAllocator(2048);

    private static final AttributeKey<DatagramChannel> SOCKET = AttributeKey.valueOf(TransferPorts.class, "socket");

    private static final ChannelFactory<Channel> SOCKETS = TransferPorts::newSocket;

    private final InetAddress address;
    private final int first;
    private final int count;
    private final AtomicInteger next = new AtomicInteger();

    /** Ports of a range; 0 to 0 is any port. */
    TransferPorts(InetAddress address, int first, int last) {
        this.address = address;
        this.first = first;
        this.count = last - first + 1;
    }

    private static Channel newSocket() {
        DatagramChannel socket;
        try {
            socket = SelectorProvider.provider().openDatagramChannel();
        } catch (IOException e) {
            throw new ChannelException("cannot open a socket: " + e.getMessage(), e);
        }
        NioDatagramChannel channel = new NioDatagramChannel(socket);
        channel.attr(SOCKET).set(socket);
        channel.config().setRecvByteBufAllocator(RECEIVE_BUFFERS);
        return channel;
    }

    /** Closes a socket. Netty does so on the event loop only, and need not do so when the loop ends. */
    static void close(Channel channel) {
        if (!channel.eventLoop().isTerminated()) {
            channel.close();
            return;
        }
        try {
            channel.attr(SOCKET).get().close();
        } catch (IOException e) {
            // nothing more is expected of it
        }
    }

    static Bootstrap bootstrap(EventLoopGroup group, ChannelHandler handler) {
        return new Bootstrap().group(group).channelFactory(SOCKETS).handler(handler);
    }

    /**
     * Binds a socket for a transfer.
     *
     * @return the channel; fails if no port of the range is free
     */
    CompletableFuture<Channel> bind(ChannelHandler handler, EventLoopGroup loop) {
        CompletableFuture<Channel> bound = new CompletableFuture<>();
        bind(bootstrap(loop, handler), count, bound);
        return bound;
    }

    private void bind(Bootstrap bootstrap, int tries, CompletableFuture<Channel> bound) {
        int port = first + Math.floorMod(next.getAndIncrement(), count);
        bootstrap.bind(new InetSocketAddress(address, port)).addListener((ChannelFutureListener) future -> {
            if (future.isSuccess()) {
                bound.complete(future.channel());
            } else if (tries > 1) {
                bind(bootstrap, tries - 1, bound);
            } else {
                bound.completeExceptionally(future.cause());
            }
        });
    }
}
