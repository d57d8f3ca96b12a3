package dev.pxekit.tftp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.ThreadFactory;

/** Plain Java: a system call for each packet. */
final class NioTransport implements DatagramTransport {

    private static final int MOST_READS = 64;

    private static final AttributeKey<DatagramChannel> SOCKET = AttributeKey.valueOf(NioTransport.class, "socket");

    @Override
    public TftpServer.Transport kind() {
        return TftpServer.Transport.NIO;
    }

    // NioEventLoopGroup is deprecated in Netty 4.2, whose replacement 4.1 does not have; both have this one.
    @SuppressWarnings("deprecation")
    @Override
    public EventLoopGroup newGroup(int threads, ThreadFactory threadFactory, SelectStrategyFactory selectStrategy) {
        return new NioEventLoopGroup(
                threads, new ThreadPerTaskExecutor(threadFactory), SelectorProvider.provider(), selectStrategy);
    }

    @Override
    public Channel newChannel(InetAddress address, int datagramSize) {
        DatagramChannel socket;
        try {
            socket = SelectorProvider.provider()
                    .openDatagramChannel(
                            address instanceof Inet6Address
                                    ? StandardProtocolFamily.INET6
                                    : StandardProtocolFamily.INET);
        } catch (IOException e) {
            throw new ChannelException("cannot open a socket: " + e.getMessage(), e);
        }
        NioDatagramChannel channel = new NioDatagramChannel(socket);
        channel.attr(SOCKET).set(socket);
        channel.config()
                .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(datagramSize).maxMessagesPerRead(MOST_READS));
        return channel;
    }

    @Override
    public void closeAbandoned(Channel channel) {
        try {
            channel.attr(SOCKET).get().close();
        } catch (IOException e) {
            // nothing more is expected of it
        }
    }

    @Override
    public void multicastTimeToLive(Channel channel, int hops) {
        channel.config().setOption(ChannelOption.IP_MULTICAST_TTL, hops);
    }

    @Override
    public boolean segments() {
        return false;
    }

    @Override
    public Object segmented(ByteBuf packets, int packetSize, InetSocketAddress recipient) {
        throw new UnsupportedOperationException("plain Java sends one packet at a time");
    }
}
