package dev.pxekit.tftp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SelectStrategyFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadFactory;

/** How packets get to the kernel and out of it. Thread safe. */
interface DatagramTransport {

    TftpServer.Transport kind();

    EventLoopGroup newGroup(int threads, ThreadFactory threadFactory, SelectStrategyFactory selectStrategy);

    /**
     * A channel that is not registered yet.
     *
     * @param address what it will be bound to
     * @param datagramSize the longest datagram to receive; what is longer is cut off
     */
    Channel newChannel(InetAddress address, int datagramSize);

    /** Closes a channel whose event loop has ended without doing so. */
    void closeAbandoned(Channel channel);

    /**
     * How far packets to multicast addresses go.
     *
     * @param channel open, of IPv4
     * @param hops 1..255
     */
    void multicastTimeToLive(Channel channel, int hops);

    /** Whether {@link #segmented} can be used. */
    boolean segments();

    /**
     * Several packets as one message, that the kernel cuts apart.
     *
     * @param packets all of the same length, but for the last, which may be shorter; 64 packets and 64 KiB at most
     */
    Object segmented(ByteBuf packets, int packetSize, InetSocketAddress recipient);
}
