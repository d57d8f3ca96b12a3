package dev.pxekit.dhcp.transport;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Netty's native transport for Linux: many datagrams with one system call (recvmmsg, sendmmsg), and sockets that are bound to
 * an interface. Only to be loaded when Netty's classes for it are there.
 */
final class EpollTransport implements DatagramTransport {

    private static final int DATAGRAMS_AT_ONCE = 8;

    private static final int SOL_SOCKET = 1;
    private static final int SO_BINDTODEVICE = 25;

    /** As SO_RCVBUF, but not held down by net.core.rmem_max, for processes with CAP_NET_ADMIN. */
    private static final IntegerUnixChannelOption FORCED_RECEIVE_BUFFER =
            new IntegerUnixChannelOption("SO_RCVBUFFORCE", SOL_SOCKET, 33);

    private final boolean required;

    /**
     * A transport.
     *
     * @param required whether a socket that cannot be bound to its interface is of no use
     */
    EpollTransport(boolean required) {
        this.required = required;
    }

    /** Why it cannot be used, for a message; nothing if it can. */
    static Optional<Throwable> unavailability() {
        return Optional.ofNullable(Epoll.unavailabilityCause());
    }

    @SuppressWarnings("deprecation") // as below
    static boolean isOf(EventLoopGroup group) {
        return group instanceof EpollEventLoopGroup;
    }

    // EpollEventLoopGroup is deprecated in Netty 4.2, whose replacement 4.1 does not have; both have this one.
    @SuppressWarnings("deprecation")
    @Override
    public EventLoopGroup newGroup(int threads, ThreadFactory factory) {
        return new EpollEventLoopGroup(threads, factory);
    }

    @SuppressWarnings("deprecation") // as above
    @Override
    public DatagramChannel newChannel(StandardProtocolFamily family) {
        EpollDatagramChannel channel = new EpollDatagramChannel(
                family == StandardProtocolFamily.INET6 ? InternetProtocolFamily.IPv6 : InternetProtocolFamily.IPv4);
        channel.config()
                .setAllocator(PooledByteBufAllocator.DEFAULT)
                .setReceiveBufferSize(RECEIVE_BUFFER)
                .setMaxDatagramPayloadSize(LONGEST_DATAGRAM)
                .setRecvByteBufAllocator(
                        new FixedRecvByteBufAllocator(DATAGRAMS_AT_ONCE * LONGEST_DATAGRAM).maxMessagesPerRead(1));
        try {
            channel.config().setOption(FORCED_RECEIVE_BUFFER, RECEIVE_BUFFER);
        } catch (ChannelException e) {
            // Without the privilege it is as large as the system allows everybody.
        }
        return channel;
    }

    @Override
    public boolean requiresInterfaces() {
        return required;
    }

    @Override
    public void bindToInterface(DatagramChannel channel, String interfaceName) throws IOException {
        byte[] name = (interfaceName + '\0').getBytes(StandardCharsets.UTF_8);
        ByteBuffer value = ByteBuffer.allocateDirect(name.length).put(name).flip();
        try {
            channel.config()
                    .setOption(
                            new RawUnixChannelOption("SO_BINDTODEVICE", SOL_SOCKET, SO_BINDTODEVICE, name.length),
                            value);
        } catch (ChannelException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(
                    "cannot bind a socket to interface " + interfaceName + ": " + cause.getMessage()
                            + "; it needs the capability CAP_NET_RAW",
                    e);
        }
    }
}
