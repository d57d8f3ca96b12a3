package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.transport.ServiceSettings;
import io.netty.channel.EventLoopGroup;
import java.net.Inet4Address;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What both servers are told. */
abstract class ServerBuilder<B extends ServerBuilder<B>> {

    private @Nullable Inet4Address address;
    private int port = 67;
    private int clientPort = 68;
    private boolean replyToSender;
    private BootPolicy policy = BootPolicy.always(BootDecision.ignore());
    private SafeListener listener = new SafeListener(new DhcpServerListener() {});
    private @Nullable EventLoopGroup eventLoopGroup;
    private @Nullable Executor executor;

    ServerBuilder() {}

    abstract B self();

    /** Copies what both servers are told, so that a built server keeps its settings. */
    final void copyFrom(ServerBuilder<?> other) {
        address = other.address;
        port = other.port;
        clientPort = other.clientPort;
        replyToSender = other.replyToSender;
        policy = other.policy;
        listener = other.listener;
        eventLoopGroup = other.eventLoopGroup;
        executor = other.executor;
    }

    /**
     * Sets the address of the server, which is also its server identifier and the next server of boot files: one of this
     * machine's own, on the interface that clients are reached by, or a loopback address for a test. Must be set.
     *
     * @param address the address, not 0.0.0.0
     * @return this builder
     * @throws IllegalArgumentException if it is 0.0.0.0
     */
    public B bind(Inet4Address address) {
        if (address.isAnyLocalAddress()) {
            throw new IllegalArgumentException(
                    "server address: 0.0.0.0 (expected: the address of the interface that clients are reached by)");
        }
        this.address = address;
        return self();
    }

    /**
     * Sets the address of the server, as {@link #bind(Inet4Address)}.
     *
     * @param address such as {@code 10.77.0.1}
     * @return this builder
     * @throws IllegalArgumentException if it is no IPv4 address or 0.0.0.0
     */
    public B bind(String address) {
        return bind(Ipv4.parse(address));
    }

    /**
     * Sets the port to listen on; 67 unless set.
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
     * Sets the port that clients listen on; 68 unless set.
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
     * Sends replies to the address and port that requests come from, in place of where RFC 2131 §4.1 sends them: for tests and
     * health checks over loopback, without privileges. Clients that have no address yet do not get them.
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
    public B listener(DhcpServerListener listener) {
        this.listener = new SafeListener(listener);
        return self();
    }

    /**
     * Sets the event loops for the sockets, NIO ones; the server starts a thread of its own unless set.
     *
     * @param eventLoopGroup the caller's, who shuts it down
     * @return this builder
     */
    public B eventLoopGroup(EventLoopGroup eventLoopGroup) {
        this.eventLoopGroup = eventLoopGroup;
        return self();
    }

    /**
     * Sets where requests are answered, and so where the boot policy, the lease store and the listener are called; the server
     * starts up to 64 threads of its own, as many as have to wait at once, unless set. The requests of one client are answered one after the other.
     *
     * @param executor the caller's, who shuts it down
     * @return this builder
     */
    public B executor(Executor executor) {
        this.executor = executor;
        return self();
    }

    static int checkedPort(String what, int port, int lowest) {
        if (port < lowest || port > 65535) {
            throw new IllegalArgumentException(what + ": " + port + " (expected: " + lowest + "..65535)");
        }
        return port;
    }

    Inet4Address address() {
        if (address == null) {
            throw new IllegalArgumentException("no server address: set it with bind(address)");
        }
        return address;
    }

    /** The addresses of the server on the networks that it serves. */
    List<Inet4Address> addresses() {
        return List.of(address());
    }

    int port() {
        return port;
    }

    BootPolicy policy() {
        return policy;
    }

    SafeListener safeListener() {
        return listener;
    }

    ServiceSettings service() {
        return new ServiceSettings(eventLoopGroup, executor);
    }

    /** Relay agents listen on the server port; a server on a port of its own expects them there too. */
    ReplyDestination destination() {
        return replyToSender ? ReplyDestination.sender() : ReplyDestination.rfc2131(port == 0 ? 67 : port, clientPort);
    }
}
