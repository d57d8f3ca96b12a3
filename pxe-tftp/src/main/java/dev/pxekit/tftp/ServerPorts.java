package dev.pxekit.tftp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Opens the ports of transfers. A transfer is told from others by its port and its client's address and port together, so many
 * may share a port: then few sockets stay open, and one system call moves packets of many clients. They take the ports in turn,
 * so that a client that begins again does so with another port (RFC 1350 §4). Thread safe.
 */
final class ServerPorts {

    /** More than the longest ACK or ERROR that is of interest; what is longer is cut off. */
    static final int ANSWER = 128;

    /** How much may wait in a socket while its event loop is busy elsewhere. */
    private static final int SOCKET_BUFFER = 4 << 20;

    private static final int SHARED_PORTS = 8;

    private final DatagramTransport transport;
    private final List<EventLoop> loops;
    private final TftpServer.Ports mode;
    private final int firstPort;
    private final int portCount;
    private final int sharedPorts;
    private final AtomicInteger nextPort = new AtomicInteger();
    private final AtomicInteger nextTransfer = new AtomicInteger();

    /** Where a transfer will run, before its port is open. */
    interface Place {

        EventLoop loop();

        /**
         * The port, open.
         *
         * @param longestPacket bytes that are of interest; what is longer may be cut off. A port that is shared is as it is
         */
        CompletableFuture<ServerPort> open(int longestPacket);

        /** Nothing is sent from the port any more. */
        void leave(ServerPort port);
    }

    /**
     * @param firstPort 0, as is the last, for any port
     * @param others whether some transfers need ports that are not shared: they get half of them
     */
    ServerPorts(
            DatagramTransport transport,
            List<EventLoop> loops,
            TftpServer.Ports mode,
            int firstPort,
            int lastPort,
            boolean others) {
        this.transport = transport;
        this.loops = List.copyOf(loops);
        this.mode = mode;
        this.firstPort = firstPort;
        this.portCount = lastPort - firstPort + 1;
        int most = Math.max(SHARED_PORTS, loops.size());
        int free = Math.max(1, others ? portCount / 2 : portCount);
        this.sharedPorts = firstPort == 0 ? most : Math.min(most, free);
    }

    /** The ports of one address. */
    final class OfAddress {

        private final ServerPort requestPort;
        private final InetAddress address;
        private final @Nullable CompletableFuture<ServerPort>[] shared;

        @SuppressWarnings({"unchecked", "rawtypes"})
        OfAddress(ServerPort requestPort) {
            this.requestPort = requestPort;
            this.address = requestPort.address().getAddress();
            this.shared = new CompletableFuture[sharedPorts];
        }

        /** A place for one more transfer that receives blocks, which ports for ACKs have no room for. */
        Place nextForWriting() {
            int number = nextTransfer.getAndIncrement();
            return mode == TftpServer.Ports.SERVER
                    ? new ServersOwn()
                    : new TransfersOwn(Math.floorMod(number, loops.size()));
        }

        /** A place for one more transfer. */
        Place next() {
            int number = nextTransfer.getAndIncrement();
            return switch (mode) {
                case SERVER -> new ServersOwn();
                case TRANSFER -> new TransfersOwn(Math.floorMod(number, loops.size()));
                case SHARED -> new Shared(Math.floorMod(number, shared.length));
            };
        }

        /** A place for one more transfer, on the event loop of the requests. */
        Place nextWithRequests() {
            int number = Math.floorMod(nextTransfer.getAndIncrement(), shared.length);
            return switch (mode) {
                case SERVER -> new ServersOwn();
                case TRANSFER -> new TransfersOwn(requestPort.loopNumber());
                case SHARED -> new Shared(number - number % loops.size() + requestPort.loopNumber());
            };
        }

        /** A place that nothing else is at, if the server may have more than one, on the event loop of the requests. */
        Place own() {
            return mode == TftpServer.Ports.SERVER ? new ServersOwn() : new TransfersOwn(requestPort.loopNumber());
        }

        /** Closes the ports that transfers share. */
        void close() {
            synchronized (shared) {
                for (CompletableFuture<ServerPort> port : shared) {
                    if (port != null) {
                        port.thenAccept(ServerPort::close);
                    }
                }
            }
        }

        private final class ServersOwn implements Place {

            @Override
            public EventLoop loop() {
                return requestPort.loop();
            }

            @Override
            public CompletableFuture<ServerPort> open(int longestPacket) {
                return CompletableFuture.completedFuture(requestPort);
            }

            @Override
            public void leave(ServerPort port) {}
        }

        private final class TransfersOwn implements Place {

            private final int loop;

            TransfersOwn(int loop) {
                this.loop = loop;
            }

            @Override
            public EventLoop loop() {
                return loops.get(loop);
            }

            @Override
            public CompletableFuture<ServerPort> open(int longestPacket) {
                return bind(address, loop, longestPacket);
            }

            @Override
            public void leave(ServerPort port) {
                port.close();
            }
        }

        private final class Shared implements Place {

            private final int number;

            Shared(int number) {
                this.number = number;
            }

            @Override
            public EventLoop loop() {
                return loops.get(number % loops.size());
            }

            @Override
            public CompletableFuture<ServerPort> open(int longestPacket) {
                synchronized (shared) {
                    CompletableFuture<ServerPort> port = shared[number];
                    if (port == null || port.isCompletedExceptionally()) {
                        port = bind(address, number % loops.size(), ANSWER);
                        shared[number] = port;
                    }
                    return port;
                }
            }

            @Override
            public void leave(ServerPort port) {}
        }
    }

    private CompletableFuture<ServerPort> bind(InetAddress address, int loop, int longestPacket) {
        CompletableFuture<ServerPort> bound = new CompletableFuture<>();
        bind(address, loop, longestPacket, portCount, bound);
        return bound;
    }

    private void bind(
            InetAddress address, int loop, int longestPacket, int tries, CompletableFuture<ServerPort> bound) {
        ServerPort port = new ServerPort(transport, null, loop);
        int number = firstPort + Math.floorMod(nextPort.getAndIncrement(), portCount);
        bootstrap(transport, loops.get(loop), port, address, longestPacket + 1)
                .bind(new InetSocketAddress(address, number))
                .addListener((ChannelFutureListener) future -> {
                    if (future.isSuccess()) {
                        bound.complete(port);
                    } else if (tries > 1) {
                        bind(address, loop, longestPacket, tries - 1, bound);
                    } else {
                        bound.completeExceptionally(future.cause());
                    }
                });
    }

    static Bootstrap bootstrap(
            DatagramTransport transport, EventLoop loop, ServerPort port, InetAddress address, int datagramSize) {
        return new Bootstrap()
                .group(loop)
                .channelFactory(() -> transport.newChannel(address, datagramSize))
                .option(ChannelOption.SO_RCVBUF, SOCKET_BUFFER)
                .option(ChannelOption.SO_SNDBUF, SOCKET_BUFFER)
                .option(ChannelOption.MAX_MESSAGES_PER_WRITE, Integer.MAX_VALUE)
                .handler(port);
    }
}
