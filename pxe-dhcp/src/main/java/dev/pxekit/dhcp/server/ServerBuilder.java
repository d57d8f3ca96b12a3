package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.transport.DatagramTransport;
import dev.pxekit.dhcp.transport.RateLimits;
import dev.pxekit.dhcp.transport.ServiceSettings;
import dev.pxekit.dhcp.transport.Transports;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What every server is told.
 *
 * @param <B> the builder
 * @param <L> its listener
 */
abstract class ServerBuilder<B extends ServerBuilder<B, L>, L> {

    private final int defaultPort;
    private int port;
    private int clientPort;
    private boolean replyToSender;
    private BootPolicy policy = BootPolicy.always(BootDecision.ignore());
    private @Nullable EventLoopGroup eventLoopGroup;
    private @Nullable Executor executor;
    private Transport transport = Transport.AUTO;
    private RateLimits limits = RateLimits.DEFAULT;
    private ListenerBoundary<L> listener;

    /**
     * @param port the protocol's for servers
     * @param clientPort the protocol's for clients
     * @param deaf a listener that does nothing
     */
    ServerBuilder(int port, int clientPort, L deaf) {
        this.defaultPort = port;
        this.port = port;
        this.clientPort = clientPort;
        this.listener = new ListenerBoundary<>(deaf);
    }

    abstract B self();

    /** Tells the listener of datagrams that were too many. */
    abstract void tellDropped(String reason, long packets, InetSocketAddress sender);

    /** Copies what every server is told, so that a built server keeps its settings. */
    final void copyFrom(ServerBuilder<?, L> other) {
        port = other.port;
        clientPort = other.clientPort;
        replyToSender = other.replyToSender;
        policy = other.policy;
        eventLoopGroup = other.eventLoopGroup;
        executor = other.executor;
        transport = other.transport;
        limits = other.limits;
        listener = other.listener;
    }

    /**
     * Sets the port to listen on; 67, or 547 with DHCPv6, unless set.
     *
     * @param port 0 to 65535; 0 for any free one
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public B port(int port) {
        this.port = checkedPort("port", port, 0);
        return self();
    }

    /**
     * Sets the port that clients listen on; 68, or 546 with DHCPv6, unless set.
     *
     * @param port 1 to 65535
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public B clientPort(int port) {
        this.clientPort = checkedPort("client port", port, 1);
        return self();
    }

    /**
     * Sends replies to the address and port that requests come from, in place of where RFC 2131 §4.1 or RFC 8415 §18.3.10 sends
     * them, and takes requests by unicast: for tests and health checks over loopback, without privileges. Clients that have no
     * address yet do not get them.
     *
     * @return this builder
     */
    public B replyToSender() {
        this.replyToSender = true;
        return self();
    }

    /**
     * Sets what clients boot; nothing unless set.
     *
     * @param policy asked for every request of a client that wants to boot
     * @return this builder
     */
    public B policy(BootPolicy policy) {
        this.policy = policy;
        return self();
    }

    /**
     * Sets who hears of decisions.
     *
     * @param listener called on the executor
     * @return this builder
     */
    public B listener(L listener) {
        this.listener = new ListenerBoundary<>(listener);
        return self();
    }

    /**
     * Sets the event loops for the sockets, which fit the {@link #transport}: with {@link Transport#AUTO} an
     * {@code EpollEventLoopGroup} or a group for NIO. The server starts a thread of its own unless set.
     *
     * @param eventLoopGroup the caller's, who shuts it down
     * @return this builder
     */
    public B eventLoopGroup(EventLoopGroup eventLoopGroup) {
        this.eventLoopGroup = eventLoopGroup;
        return self();
    }

    /**
     * Sets where requests are answered, and so where the boot policy, the lease store and the listener are called, apart from
     * what a conflict detector finds; the server starts up to 64 threads of its own, as many as have to wait at once, unless
     * set. The requests of one client are answered one after the other.
     *
     * @param executor the caller's, who shuts it down
     * @return this builder
     */
    public B executor(Executor executor) {
        this.executor = executor;
        return self();
    }

    /**
     * Sets how datagrams are moved; {@link Transport#AUTO} unless set.
     *
     * @param transport which
     * @return this builder
     */
    public B transport(Transport transport) {
        this.transport = transport;
        return self();
    }

    /**
     * Limits how many packets of one client, told apart by its hardware address or DUID, are answered: 10 a second unless set, and
     * 50 at once after a time without any. That is far above what a machine sends that boots and installs; a client that comes
     * back in a loop is held down to it, and leaves the server to the others. The clients seen last, some 16,000, are
     * remembered.
     *
     * @param perSecond 1 to 1,000,000, in the long run
     * @param burst 1 to 1,000,000, at once
     * @return this builder
     * @throws IllegalArgumentException if a number is out of range
     */
    public B clientRateLimit(int perSecond, int burst) {
        limits = new RateLimits(
                checkedRate("packets a second of a client", perSecond),
                checkedRate("packets of a client at once", burst),
                limits.totalPerSecond());
        return self();
    }

    /**
     * Limits how many packets of all clients are answered; 50,000 a second unless set, which is more than a few cores can do.
     * Beyond 4,096 that wait for an answer, the newest are dropped in any case.
     *
     * @param perSecond 1 to 1,000,000; as many may come at once
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public B totalRateLimit(int perSecond) {
        limits = new RateLimits(
                limits.clientPerSecond(), limits.clientBurst(), checkedRate("packets a second", perSecond));
        return self();
    }

    private static int checkedRate(String what, int rate) {
        if (rate < 1 || rate > 1_000_000) {
            throw new IllegalArgumentException(what + ": " + rate + " (expected: 1..1000000)");
        }
        return rate;
    }

    static int checkedPort(String what, int port, int lowest) {
        if (port < lowest || port > 65535) {
            throw new IllegalArgumentException(what + ": " + port + " (expected: " + lowest + "..65535)");
        }
        return port;
    }

    int port() {
        return port;
    }

    BootPolicy policy() {
        return policy;
    }

    ListenerBoundary<L> boundary() {
        return listener;
    }

    ServiceSettings service() throws IOException {
        DatagramTransport chosen = switch (transport) {
            case AUTO -> Transports.auto(eventLoopGroup);
            case NIO -> Transports.nio();
            case EPOLL -> Transports.epoll();
        };
        return new ServiceSettings(chosen, eventLoopGroup, executor, limits, this::tellDropped);
    }

    /** Relay agents listen on the server port; a server on a port of its own expects them there too. */
    int relayPort() {
        return port == 0 ? defaultPort : port;
    }

    int clientPort() {
        return clientPort;
    }

    boolean isReplyToSender() {
        return replyToSender;
    }
}
