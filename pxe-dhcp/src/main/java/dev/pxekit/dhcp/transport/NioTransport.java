package dev.pxekit.dhcp.transport;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.ThreadFactory;

/** Plain Java: a system call for each datagram, and no way to tell the interfaces apart. */
final class NioTransport implements DatagramTransport {

    private static final int MOST_READS = 64;

    // NioEventLoopGroup is deprecated in Netty 4.2, whose replacement 4.1 does not have; both have this one.
    @SuppressWarnings("deprecation")
    @Override
    public EventLoopGroup newGroup(int threads, ThreadFactory factory) {
        return new NioEventLoopGroup(threads, factory);
    }

    @Override
    public DatagramChannel newChannel(StandardProtocolFamily family) throws IOException {
        NioDatagramChannel channel =
                new NioDatagramChannel(SelectorProvider.provider().openDatagramChannel(family));
        channel.config()
                .setReceiveBufferSize(RECEIVE_BUFFER)
                .setRecvByteBufAllocator(
                        new FixedRecvByteBufAllocator(LONGEST_DATAGRAM).maxMessagesPerRead(MOST_READS));
        return channel;
    }

    @Override
    public boolean requiresInterfaces() {
        return false;
    }

    @Override
    public void bindToInterface(DatagramChannel channel, String interfaceName) throws IOException {
        throw new IOException("plain Java cannot bind a socket to interface " + interfaceName
                + "; epoll can, which needs " + Transports.EPOLL_NEEDS);
    }
}
