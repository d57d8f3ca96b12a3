package dev.pxekit.dhcp.transport;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets of a server. The event loop takes datagrams off them and hands each to the executor, where its handler answers
 * it, the datagrams of one client in their order. What comes too often or while too many wait is dropped and counted, as is
 * what fails: DHCP clients ask again.
 *
 * <p>Safe for use by several threads, apart from the {@code listen} methods.
 */
public final class DatagramService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DatagramService.class);
    private static final int CLOSE_SECONDS = 3;

    private final DatagramTransport transport;
    private final EventLoopGroup eventLoops;
    private final boolean ownsEventLoops;
    private final AnswerQueue answers;
    private final List<Channel> channels = new ArrayList<>();

    /**
     * A service without sockets yet.
     *
     * @param settings what it works with
     */
    public DatagramService(ServiceSettings settings) {
        EventLoopGroup given = settings.eventLoops();
        this.transport = settings.transport();
        this.ownsEventLoops = given == null;
        this.eventLoops = given == null ? transport.newGroup(1, new DefaultThreadFactory("pxekit-dhcp", true)) : given;
        this.answers = new AnswerQueue(settings, eventLoops);
    }

    /**
     * Opens the sockets of an IPv4 service, which answers requests on the interface and from the address that they came to.
     *
     * @param addresses the server's own, each of another interface if there are to be broadcasts
     * @param port 0 for any free one, the same for all addresses
     * @param broadcasts whether requests come as broadcasts too
     * @param handler answers
     * @return the first address, and the port bound
     * @throws IOException if the port cannot be bound, or it could not be told which interface a broadcast came in by
     */
    public InetSocketAddress listen(List<Inet4Address> addresses, int port, boolean broadcasts, DatagramHandler handler)
            throws IOException {
        return new Ipv4Sockets(this, transport, answers, handler).open(addresses, port, broadcasts);
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
        Map<Integer, String> scopes = new HashMap<>();
        interfaces.forEach(each -> scopes.put(each.getIndex(), each.getName()));
        Inlet inlet = new Inlet(answers, handler, address, "", scopes);
        DatagramChannel channel =
                bind(StandardProtocolFamily.INET6, new InetSocketAddress(address, port), false, null, inlet);
        for (NetworkInterface networkInterface : interfaces) {
            for (Inet6Address group : groups) {
                join(channel, group, networkInterface);
            }
        }
        inlet.replyBy(new Outlet(channel, answers.drops()));
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

    /**
     * Opens a socket, which is closed with the service.
     *
     * @param shared whether others may have the port too
     * @param interfaceName the interface to bind it to, or null for none
     */
    DatagramChannel bind(
            StandardProtocolFamily family,
            InetSocketAddress address,
            boolean shared,
            @Nullable String interfaceName,
            ChannelHandler handler)
            throws IOException {
        DatagramChannel channel = transport.newChannel(family);
        if (interfaceName != null) {
            try {
                transport.bindToInterface(channel, interfaceName);
            } catch (IOException e) {
                channel.unsafe().closeForcibly();
                throw e;
            }
        }
        ChannelFuture future = new Bootstrap()
                .group(eventLoops)
                .channelFactory(() -> channel)
                .option(ChannelOption.SO_BROADCAST, family == StandardProtocolFamily.INET)
                .option(ChannelOption.SO_REUSEADDR, shared)
                .handler(handler)
                .bind(address)
                .awaitUninterruptibly();
        if (!future.isSuccess()) {
            throw BindFailure.of(address, future.cause());
        }
        channels.add(channel);
        return channel;
    }

    /**
     * {@return how many datagrams were dropped}
     */
    public long droppedPackets() {
        return answers.drops().total();
    }

    /**
     * Takes no datagram and begins no answer from now on, waits for the answers that run already, and sends them: what is still
     * running after two seconds is interrupted. A thread that closes its own server from within an answer does not wait for itself,
     * and its answer is lost.
     */
    @Override
    public void close() {
        answers.stop();
        channels.forEach(channel -> execute(channel, () -> channel.config().setAutoRead(false)));
        answers.close();
        boolean inEventLoop = false;
        List<ChannelFuture> closing = new ArrayList<>();
        for (Channel channel : channels) {
            // Behind the answers, which are sent by such tasks too.
            if (execute(channel, channel::close)) {
                closing.add(channel.closeFuture());
            }
            inEventLoop |= channel.eventLoop().inEventLoop();
        }
        if (!inEventLoop) {
            closing.forEach(closed -> closed.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS));
        }
        if (ownsEventLoops) {
            Future<?> shutdown = eventLoops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS);
            if (!inEventLoop) {
                shutdown.awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    /** Whether the event loop takes the task; it does not if whoever gave it has shut it down, which closes its sockets. */
    private static boolean execute(Channel channel, Runnable task) {
        try {
            channel.eventLoop().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            LOG.atDebug().setCause(e).log("the event loop was shut down before");
            return false;
        }
    }
}
