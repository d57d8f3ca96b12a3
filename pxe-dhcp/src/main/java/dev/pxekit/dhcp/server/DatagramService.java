package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.DhcpCodec;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.DhcpPacket;
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
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of a server. The event loop takes datagrams off them and hands each to the executor, where it is decoded,
 * answered and the reply sent, the packets of one client in their order. What cannot be decoded, fails, or comes while too many wait is dropped and counted: DHCP
 * clients ask again.
 */
final class DatagramService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatagramService.class);
    private static final int MOST_PENDING = 1024;

    /** Netty's own default, 2048 octets, would cut longer packets without a word. */
    private static final int LONGEST_DATAGRAM = 65_535;

    private static final int THREADS = 4;
    private static final int CLOSE_SECONDS = 3;
    private static final Duration ANSWER_TIME = Duration.ofSeconds(2);

    private final EventLoopGroup eventLoops;
    private final boolean ownsEventLoops;
    private final ClientOrder executor;
    private final @Nullable ThreadPoolExecutor ownExecutor;
    private final RunningAnswers answers = new RunningAnswers();
    private final SafeListener listener;
    private final List<Channel> channels = new ArrayList<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final LongAdder dropped = new LongAdder();

    DatagramService(ServerBuilder<?> settings) {
        EventLoopGroup given = settings.eventLoopGroup();
        this.ownsEventLoops = given == null;
        this.eventLoops = given == null ? newEventLoops() : given;
        Executor givenExecutor = settings.executor();
        if (givenExecutor == null) {
            ThreadPoolExecutor own = newExecutor();
            this.ownExecutor = own;
            this.executor = new ClientOrder(own, this::lost);
        } else {
            this.ownExecutor = null;
            this.executor = new ClientOrder(givenExecutor, this::lost);
        }
        this.listener = settings.safeListener();
    }

    @SuppressWarnings("deprecation") // Netty shared API: 4.1 has no other event loop group for NIO
    private static EventLoopGroup newEventLoops() {
        return new NioEventLoopGroup(1, new DefaultThreadFactory("pxekit-dhcp", true));
    }

    private static ThreadPoolExecutor newExecutor() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_PENDING),
                new DefaultThreadFactory("pxekit-dhcp-worker", true));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /**
     * Opens the sockets of one service: one on the address, and one on 0.0.0.0 that gets the broadcasts, which a socket on an
     * address does not. Replies leave by the first, whose address picks the interface for broadcasts. Loopback has no
     * broadcasts: one socket does.
     *
     * @return the address bound
     */
    InetSocketAddress listen(
            Inet4Address address, int port, boolean broadcasts, Responder responder, ReplyDestination destination)
            throws IOException {
        boolean both = broadcasts && !address.isLoopbackAddress();
        Handler handler = new Handler(responder, destination);
        int free = both ? PortProbe.check(address, port) : port;
        Channel unicast = bind(new InetSocketAddress(address, free), both, handler);
        handler.replies = unicast;
        InetSocketAddress bound = (InetSocketAddress) unicast.localAddress();
        if (both) {
            Handler second = new Handler(responder, destination);
            second.replies = unicast;
            bind(new InetSocketAddress(Ipv4.ANY, bound.getPort()), true, second);
        }
        return bound;
    }

    @SuppressWarnings("deprecation") // Netty shared API: 4.1 knows the receive buffer option by its old name only
    private Channel bind(InetSocketAddress address, boolean shared, Handler handler) throws IOException {
        ChannelFuture future = new Bootstrap()
                .group(eventLoops)
                .channel(NioDatagramChannel.class)
                .option(ChannelOption.SO_BROADCAST, true)
                .option(ChannelOption.SO_REUSEADDR, shared)
                .option(ChannelOption.RCVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(LONGEST_DATAGRAM))
                .handler(handler)
                .bind(address)
                .awaitUninterruptibly();
        if (!future.isSuccess()) {
            throw BindFailure.of(address, future.cause());
        }
        channels.add(future.channel());
        return future.channel();
    }

    long droppedPackets() {
        return dropped.sum();
    }

    /**
     * Begins no answer from now on, and waits for those that run already: what is still running after that is interrupted.
     * A thread that closes its own server from within an answer does not wait for itself.
     */
    @Override
    public void close() {
        answers.close();
        boolean inEventLoop = false;
        List<ChannelFuture> closing = new ArrayList<>();
        for (Channel channel : channels) {
            closing.add(channel.close());
            inEventLoop |= channel.eventLoop().inEventLoop();
        }
        if (!inEventLoop) {
            closing.forEach(closed -> closed.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS));
        }
        answers.await(ANSWER_TIME);
        if (ownExecutor != null) {
            ownExecutor.shutdownNow();
        }
        if (ownsEventLoops) {
            Future<?> shutdown = eventLoops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
            if (!inEventLoop) {
                shutdown.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    private void accept(byte[] octets, InetSocketAddress sender, Handler handler) {
        if (pending.incrementAndGet() > MOST_PENDING) {
            pending.decrementAndGet();
            drop(sender, "too many requests wait", null);
            return;
        }
        try {
            executor.execute(octets, () -> {
                try {
                    if (!answers.run(() -> answer(octets, sender, handler))) {
                        drop(sender, "the server is closed", null);
                    }
                } finally {
                    pending.decrementAndGet();
                }
            });
        } catch (RejectedExecutionException e) {
            pending.decrementAndGet();
            drop(sender, "the executor takes no more work", e);
        }
    }

    private void answer(byte[] octets, InetSocketAddress sender, Handler handler) {
        DhcpPacket request;
        try {
            request = DhcpCodec.decode(octets);
        } catch (DhcpFormatException e) {
            listener.tell(l -> l.malformed(sender, e));
            drop(sender, "malformed", e);
            return;
        }
        try {
            handler.responder.respond(request).ifPresent(reply -> send(request, reply, sender, handler));
        } catch (RuntimeException e) {
            // The boundary to the caller's boot policy, lease store and clock: only this client goes without an answer.
            dropped.increment();
            LOG.atWarn().addKeyValue("peer", sender).setCause(e).log("request failed: {}", request);
            listener.tell(l -> l.ignored(request, "failed: " + e));
        }
    }

    private void send(DhcpPacket request, DhcpPacket reply, InetSocketAddress sender, Handler handler) {
        InetSocketAddress target = handler.destination.of(request, reply, sender);
        LOG.atDebug().addKeyValue("peer", sender).addKeyValue("to", target).log("{} -> {}", request, reply);
        Channel channel = handler.replies;
        if (channel != null) {
            write(channel, new DatagramPacket(Unpooled.wrappedBuffer(DhcpCodec.encode(reply)), target));
        }
    }

    /** Writes on the event loop: one that is shut down says so here and not in the middle of Netty. */
    private void write(Channel channel, DatagramPacket datagram) {
        try {
            channel.eventLoop()
                    .execute(() -> channel.writeAndFlush(datagram).addListener(sent -> {
                        if (!sent.isSuccess()) {
                            drop(datagram.recipient(), "cannot send", sent.cause());
                        }
                    }));
        } catch (RejectedExecutionException e) {
            drop(datagram.recipient(), "the server is closed", e);
        }
    }

    private void lost(int requests) {
        pending.addAndGet(-requests);
        dropped.add(requests);
        LOG.atDebug().log("dropped {} requests: the executor takes no more work", requests);
    }

    private void drop(InetSocketAddress peer, String why, @Nullable Throwable cause) {
        dropped.increment();
        LOG.atDebug().addKeyValue("peer", peer).setCause(cause).log("dropped: {}", why);
    }

    private final class Handler extends SimpleChannelInboundHandler<DatagramPacket> {

        private final Responder responder;
        private final ReplyDestination destination;
        private volatile @Nullable Channel replies;

        Handler(Responder responder, ReplyDestination destination) {
            this.responder = responder;
            this.destination = destination;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
            accept(ByteBufUtil.getBytes(datagram.content()), datagram.sender(), this);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // Such as "port unreachable" from an earlier reply: the socket goes on.
            LOG.atDebug().setCause(cause).log("receiving failed");
        }
    }
}
