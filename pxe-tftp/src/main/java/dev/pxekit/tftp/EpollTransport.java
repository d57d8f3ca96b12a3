package dev.pxekit.tftp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SelectStrategyFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollEventLoopGroup;
import io.netty.channel.socket.InternetProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Netty's native transport for Linux: many packets in and out with one system call (recvmmsg, sendmmsg), and whole windows
 * by UDP segmentation offload where the kernel has it. Only to be loaded when Netty's classes for it are there.
 */
final class EpollTransport implements DatagramTransport {

    /**
     * Packets to take with one system call. Room for each is made ready every time, which a transfer in lock step, whose packets
     * come one by one, pays for in full.
     */
    private static final int PACKETS_AT_ONCE = 16;

    /** No more than this at once, for ports that take large packets. */
    private static final int MOST_BYTES_AT_ONCE = 64 << 10;

    /** IP_MULTICAST_TTL of IPPROTO_IP. Netty's own option of that name sets the one of packets to a single address. */
    private static final ChannelOption<Integer> MULTICAST_TIME_TO_LIVE =
            new IntegerUnixChannelOption("IP_MULTICAST_TTL", 0, 33);

    private final boolean segments = EpollDatagramChannel.isSegmentedDatagramPacketSupported();

    /** Why it cannot be used, for a message; nothing if it can. */
    static Optional<Throwable> unavailability() {
        return Optional.ofNullable(Epoll.unavailabilityCause());
    }

    @SuppressWarnings("deprecation") // as below
    static boolean isOf(EventLoopGroup group) {
        return group instanceof EpollEventLoopGroup;
    }

    @Override
    public TftpServer.Transport kind() {
        return TftpServer.Transport.EPOLL;
    }

    // EpollEventLoopGroup is deprecated in Netty 4.2, whose replacement 4.1 does not have; both have this one.
    @SuppressWarnings("deprecation")
    @Override
    public EventLoopGroup newGroup(int threads, ThreadFactory threadFactory, SelectStrategyFactory selectStrategy) {
        return new EpollEventLoopGroup(threads, threadFactory, selectStrategy);
    }

    @SuppressWarnings("deprecation") // as above
    @Override
    public Channel newChannel(InetAddress address, int datagramSize) {
        EpollDatagramChannel channel = new EpollDatagramChannel(
                address instanceof Inet6Address ? InternetProtocolFamily.IPv6 : InternetProtocolFamily.IPv4);
        channel.config().setMaxDatagramPayloadSize(datagramSize);
        int packets = Math.max(1, Math.min(PACKETS_AT_ONCE, MOST_BYTES_AT_ONCE / datagramSize));
        // One call each time, without another to learn that there is no more: epoll tells if there is.
        channel.config()
                .setRecvByteBufAllocator(new FixedRecvByteBufAllocator(packets * datagramSize).maxMessagesPerRead(1));
        return channel;
    }

    @Override
    public void closeAbandoned(Channel channel) {
        try {
            ((EpollDatagramChannel) channel).fd().close();
        } catch (IOException e) {
            // nothing more is expected of it
        }
    }

    @Override
    public void multicastTimeToLive(Channel channel, int hops) {
        channel.config().setOption(MULTICAST_TIME_TO_LIVE, hops);
    }

    @Override
    public boolean segments() {
        return segments;
    }

    @Override
    public Object segmented(ByteBuf packets, int packetSize, InetSocketAddress recipient) {
        return new SegmentedDatagramPacket(packets, packetSize, recipient);
    }
}
