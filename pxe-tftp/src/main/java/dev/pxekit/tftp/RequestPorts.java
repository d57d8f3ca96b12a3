package dev.pxekit.tftp;

import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ports on which a server takes requests. For the wildcard address there is one for each address of this machine, since
 * only a socket that is bound to an address sends from it for certain, and clients take no answer from another. Addresses that
 * come later are found by looking again every few seconds. Thread safe.
 */
final class RequestPorts {

    private static final Logger logger = LoggerFactory.getLogger(RequestPorts.class);

    private static final long LOOK_AGAIN_SECONDS = 5;
    private static final int PORT_TRIES = 8;
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);

    private final DatagramTransport transport;
    private final EventLoop loop;
    private final TransferRegistry registry;
    private final ServerPorts ports;
    private final int datagramSize;
    private final Executor executor;
    private final Map<InetAddress, Open> open = new LinkedHashMap<>();
    private @Nullable ScheduledFuture<?> lookingAgain;
    private boolean closed;

    private record Open(ServerPort port, RequestHandler requests) {}

    /**
     * @param loop moves the packets
     * @param datagramSize of the longest request, and of the longest packet of any transfer on the same port
     * @param executor where addresses are looked up
     */
    RequestPorts(
            DatagramTransport transport,
            EventLoop loop,
            TransferRegistry registry,
            ServerPorts ports,
            int datagramSize,
            Executor executor) {
        this.transport = transport;
        this.loop = loop;
        this.registry = registry;
        this.ports = ports;
        this.datagramSize = datagramSize;
        this.executor = executor;
    }

    /**
     * Opens the port, on one address or on all.
     *
     * @return the address, with the port chosen if 0 was given
     * @throws IOException if it cannot be opened; the message says what to do
     */
    synchronized InetSocketAddress open(InetSocketAddress address) throws IOException {
        if (!address.getAddress().isAnyLocalAddress()) {
            return bind(address);
        }
        int port = openAll(address.getPort());
        lookingAgain = loop.scheduleWithFixedDelay(
                () -> lookAgain(port), LOOK_AGAIN_SECONDS, LOOK_AGAIN_SECONDS, TimeUnit.SECONDS);
        return new InetSocketAddress(address.getAddress(), port);
    }

    /** All addresses have the same port, also if any will do. */
    private int openAll(int wanted) throws IOException {
        for (int tries = 1; ; tries++) {
            int port = wanted;
            try {
                for (InetAddress address : localAddresses()) {
                    port = bindIfUsable(new InetSocketAddress(address, port));
                }
                if (open.isEmpty()) {
                    throw new IOException("none of this machine's addresses can be used (ip address lists them)");
                }
                return port;
            } catch (IOException e) {
                closeAll();
                if (wanted != 0 || tries == PORT_TRIES) {
                    throw e;
                }
            }
        }
    }

    /** Returns the port. An IPv6 address cannot be used until it has proved to be unique: it is tried again later. */
    private int bindIfUsable(InetSocketAddress address) throws IOException {
        try {
            return bind(address).getPort();
        } catch (IOException e) {
            if (!BindFailure.isOfAddress(e)) {
                throw e;
            }
            logger.atDebug().addKeyValue("address", address).setCause(e).log("address cannot be used yet");
            return address.getPort();
        }
    }

    private InetSocketAddress bind(InetSocketAddress address) throws IOException {
        RequestHandler requests = new RequestHandler(registry, ports);
        ServerPort port = new ServerPort(transport, requests, 0);
        ChannelFuture bound = ServerPorts.bootstrap(transport, loop, port, address.getAddress(), datagramSize)
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw BindFailure.of(address, bound.cause());
        }
        open.put(address.getAddress(), new Open(port, requests));
        return port.address();
    }

    private static Set<InetAddress> localAddresses() throws IOException {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        // Also where no cable is plugged in: an address stays usable, and transfers outlast that.
        NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .forEach(addresses::add);
        if (addresses.isEmpty()) {
            throw new IOException("this machine has no network address (ip address lists them)");
        }
        return addresses;
    }

    private void lookAgain(int port) {
        try {
            executor.execute(() -> follow(port));
        } catch (RejectedExecutionException e) {
            logger.atDebug().log("executor takes no more");
        }
    }

    private synchronized void follow(int port) {
        if (closed) {
            return;
        }
        try {
            Set<InetAddress> present = localAddresses();
            for (InetAddress address : present) {
                if (!open.containsKey(address)) {
                    bindLater(new InetSocketAddress(address, port));
                }
            }
            for (InetAddress address : Set.copyOf(open.keySet())) {
                if (!present.contains(address)) {
                    close(open.remove(address));
                    logger.atInfo().addKeyValue("address", address).log("address has gone");
                }
            }
        } catch (IOException e) {
            logger.atDebug().setCause(e).log("addresses of this machine not found");
        }
    }

    private void bindLater(InetSocketAddress address) {
        try {
            bind(address);
            logger.atInfo().addKeyValue("address", address).log("address has come");
        } catch (IOException e) {
            logger.atDebug().addKeyValue("address", address).setCause(e).log("address cannot be used");
        }
    }

    synchronized void close() {
        closed = true;
        if (lookingAgain != null) {
            lookingAgain.cancel(false);
        }
        closeAll();
    }

    private void closeAll() {
        open.values().forEach(RequestPorts::close);
        long end = System.nanoTime() + LONGEST_CLOSE.toNanos();
        open.values().forEach(opened -> opened.port().awaitClosed(end));
        open.clear();
        try {
            // Java frees the port of a closed channel when its selector is next asked, which an event loop does before
            // this.
            loop.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly(LONGEST_CLOSE.toMillis());
        } catch (RejectedExecutionException e) {
            // the loop is about to end, which frees all ports
        }
    }

    private static void close(@Nullable Open opened) {
        if (opened != null) {
            opened.requests().close();
            opened.port().close();
        }
    }
}
