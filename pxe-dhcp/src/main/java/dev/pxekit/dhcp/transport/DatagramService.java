package dev.pxekit.dhcp.transport;

import dev.pxekit.dhcp.internal.Ipv4;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of a server. The event loop takes datagrams off them and hands each to the executor, where its handler answers
 * it, the datagrams of one client in their order. What comes while too many wait is dropped and counted, as is what fails:
 * DHCP clients ask again.
 *
 * <p>Safe for use by several threads, apart from the {@code listen} methods.
 */
public final class DatagramService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatagramService.class);

    /** Netty's own default, 2048 octets, would cut longer packets without a word. */
    private static final int LONGEST_DATAGRAM = 65_535;

    private static final int CLOSE_SECONDS = 3;

    private final EventLoopGroup eventLoops;
    private final boolean ownsEventLoops;
    private final Drops drops = new Drops();
    private final AnswerQueue answers;
    private final List<Channel> channels = new ArrayList<>();

    /**
     * A service without sockets yet.
     *
     * @param settings what it works with
     */
    public DatagramService(ServiceSettings settings) {
        EventLoopGroup given = settings.eventLoops();
        this.ownsEventLoops = given == null;
        this.eventLoops = given == null ? newEventLoops() : given;
        this.answers = new AnswerQueue(settings.executor(), drops);
    }

    @SuppressWarnings("deprecation") // Netty shared API: 4.1 has no other event loop group for NIO
    private static EventLoopGroup newEventLoops() {
        return new NioEventLoopGroup(1, new DefaultThreadFactory("pxekit-dhcp", true));
    }

    /**
     * Opens the sockets of an IPv4 service: one on the address, and one on 0.0.0.0 that gets the broadcasts, which a socket on
     * an address does not. Replies leave by the first, whose address picks the interface for broadcasts. Loopback has no
     * broadcasts: one socket does.
     *
     * @param addresses the server's own
     * @param port 0 for any free one
     * @param broadcasts whether requests come as broadcasts too
     * @param handler answers
     * @return the first address, and the port bound
     * @throws IOException if the port cannot be bound
     */
    public InetSocketAddress listen(List<Inet4Address> addresses, int port, boolean broadcasts, DatagramHandler handler)
            throws IOException {
        Inet4Address address = addresses.get(0);
        boolean both = broadcasts && !address.isLoopbackAddress();
        Inlet inlet = new Inlet(handler, address, interfaceName(address));
        int free = both ? PortProbe.check(address, port) : port;
        Channel unicast = bind(StandardProtocolFamily.INET, new InetSocketAddress(address, free), both, inlet);
        inlet.replies = unicast;
        InetSocketAddress bound = (InetSocketAddress) unicast.localAddress();
        if (both) {
            Inlet second = new Inlet(handler, address, inlet.interfaceName);
            second.replies = unicast;
            bind(StandardProtocolFamily.INET, new InetSocketAddress(Ipv4.ANY, bound.getPort()), true, second);
        }
        return bound;
    }

    /**
     * Opens the socket of an IPv6 service and joins multicast groups. The scope of a link-local sender tells the interface;
     * what comes from one by another interface is ignored.
     *
     * @param address {@code ::}, or one address
     * @param port 0 for any free one
     * @param groups to join on each interface
     * @param interfaces where to join, and whose link-local senders are answered; none for a service without groups, which
     *     answers all
     * @param handler answers
     * @return the address and port bound
     * @throws IOException if the port cannot be bound or a group not be joined
     */
    public InetSocketAddress listen(
            Inet6Address address,
            int port,
            List<Inet6Address> groups,
            List<NetworkInterface> interfaces,
            DatagramHandler handler)
            throws IOException {
        Inlet inlet = new Inlet(handler, address, "");
        for (NetworkInterface networkInterface : interfaces) {
            inlet.scopes.put(networkInterface.getIndex(), networkInterface.getName());
        }
        DatagramChannel channel =
                bind(StandardProtocolFamily.INET6, new InetSocketAddress(address, port), false, inlet);
        inlet.replies = channel;
        for (NetworkInterface networkInterface : interfaces) {
            for (Inet6Address group : groups) {
                join(channel, group, networkInterface);
            }
        }
        return channel.localAddress();
    }

    private static void join(DatagramChannel channel, Inet6Address group, NetworkInterface networkInterface)
            throws IOException {
        ChannelFuture joined = channel.joinGroup(new InetSocketAddress(group, 0), networkInterface)
                .awaitUninterruptibly();
        if (!joined.isSuccess()) {
            throw new IOException(
                    "cannot join " + group.getHostAddress() + " on " + networkInterface.getName() + ": "
                            + joined.cause().getMessage() + "; is the interface up, with an IPv6 address?",
                    joined.cause());
        }
    }

    private static String interfaceName(InetAddress address) throws IOException {
        NetworkInterface networkInterface = NetworkInterface.getByInetAddress(address);
        return networkInterface == null ? "" : networkInterface.getName();
    }

    @SuppressWarnings("deprecation") // Netty shared API: 4.1 knows the receive buffer option by its old name only
    private DatagramChannel bind(StandardProtocolFamily family, InetSocketAddress address, boolean shared, Inlet inlet)
            throws IOException {
        java.nio.channels.DatagramChannel socket = SelectorProvider.provider().openDatagramChannel(family);
        ChannelFuture future = new Bootstrap()
                .group(eventLoops)
                .channelFactory(() -> new NioDatagramChannel(socket))
                .option(ChannelOption.SO_BROADCAST, family == StandardProtocolFamily.INET)
                .option(ChannelOption.SO_REUSEADDR, shared)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LONGEST_DATAGRAM))
                .handler(inlet)
                .bind(address)
                .awaitUninterruptibly();
        if (!future.isSuccess()) {
            throw BindFailure.of(address, future.cause());
        }
        channels.add(future.channel());
        return (DatagramChannel) future.channel();
    }

    /**
     * {@return how many datagrams were dropped}
     */
    public long droppedPackets() {
        return drops.total();
    }

    /**
     * Begins no answer from now on, and waits for those that run already: what is still running after that is interrupted.
     * A thread that closes its own server from within an answer does not wait for itself.
     */
    @Override
    public void close() {
        answers.stop();
        boolean inEventLoop = false;
        List<ChannelFuture> closing = new ArrayList<>();
        for (Channel channel : channels) {
            closing.add(channel.close());
            inEventLoop |= channel.eventLoop().inEventLoop();
        }
        if (!inEventLoop) {
            closing.forEach(closed -> closed.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS));
        }
        answers.close();
        if (ownsEventLoops) {
            Future<?> shutdown = eventLoops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
            if (!inEventLoop) {
                shutdown.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    /** Writes on the event loop: one that is shut down says so here and not in the middle of Netty. */
    private void write(Channel channel, DatagramPacket datagram) {
        try {
            channel.eventLoop()
                    .execute(() -> channel.writeAndFlush(datagram).addListener(sent -> {
                        if (!sent.isSuccess()) {
                            drops.drop(datagram.recipient(), "cannot send", sent.cause());
                        }
                    }));
        } catch (RejectedExecutionException e) {
            drops.drop(datagram.recipient(), "the server is closed", e);
        }
    }

    /** What comes in by one socket. */
    private final class Inlet extends SimpleChannelInboundHandler<DatagramPacket> {

        private final DatagramHandler handler;
        private final InetAddress address;
        private final String interfaceName;
        private final Map<Integer, String> scopes = new HashMap<>();
        private volatile @Nullable Channel replies;

        Inlet(DatagramHandler handler, InetAddress address, String interfaceName) {
            this.handler = handler;
            this.address = address;
            this.interfaceName = interfaceName;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
            InetSocketAddress sender = datagram.sender();
            Optional<String> arrived = arrivedBy(sender);
            if (arrived.isPresent()) {
                byte[] octets = ByteBufUtil.getBytes(datagram.content());
                Received received = new Received(octets, sender, address, arrived.get());
                answers.add(handler.client(octets, sender), sender, () -> answer(received));
            }
        }

        /** The interface that a datagram came in by, "" if that is not known; empty for one that is not served. */
        private Optional<String> arrivedBy(InetSocketAddress sender) {
            if (scopes.isEmpty() || !(sender.getAddress() instanceof Inet6Address from) || !from.isLinkLocalAddress()) {
                return Optional.of(interfaceName);
            }
            return Optional.ofNullable(scopes.get(from.getScopeId()));
        }

        private void answer(Received received) {
            try {
                handler.answer(received, new ReplyChannel(this, received.sender()));
            } catch (RuntimeException e) {
                drops.drop(received.sender(), "failed", e);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // Such as "port unreachable" from an earlier reply: the socket goes on.
            LOG.atDebug().setCause(cause).log("receiving failed");
        }
    }

    private final class ReplyChannel implements DatagramHandler.Replies {

        private final Inlet inlet;
        private final InetSocketAddress sender;

        ReplyChannel(Inlet inlet, InetSocketAddress sender) {
            this.inlet = inlet;
            this.sender = sender;
        }

        @Override
        public void send(byte[] octets, InetSocketAddress target) {
            Channel channel = inlet.replies;
            if (channel != null) {
                write(channel, new DatagramPacket(Unpooled.wrappedBuffer(octets), target));
            }
        }

        @Override
        public void drop(String why, @Nullable Throwable cause) {
            drops.drop(sender, why, cause);
        }
    }
}
