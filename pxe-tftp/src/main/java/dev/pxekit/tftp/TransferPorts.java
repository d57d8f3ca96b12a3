package dev.pxekit.tftp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens the sockets of a server: any free port, or the ports of a range in turn. Thread safe. */
final class TransferPorts {

    /** Longer than any request, ACK or ERROR; what is longer is cut off. */
    private static final RecvByteBufAllocator RECEIVE_BUFFERS = new FixedRecvByteBufAllocator(2048);

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
        NioDatagramChannel channel = new NioDatagramChannel();
        channel.config().setRecvByteBufAllocator(RECEIVE_BUFFERS);
        return channel;
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
