package dev.pxekit.tftp;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TFTP server, read only.
 *
 * <pre>{@code
 * try (TftpServer server = TftpServer.builder()
 *         .bind(new InetSocketAddress("192.0.2.1", 69))
 *         .files(TftpFiles.under(Path.of("/srv/boot")))
 *         .build()) {
 *     InetSocketAddress address = server.start();
 *     ...
 * }
 * }</pre>
 *
 * <p>Octet and netascii; {@code blksize}, {@code timeout}, {@code tsize} and {@code windowsize} as asked for, within the limits
 * of the builder. Each transfer has a port of its own on the address that the server is bound to. Bound to the wildcard
 * address, the system chooses the address of the answers by its routes, which on a machine with several addresses can be
 * another than the one that was asked: bind one server for each address there.
 *
 * <p>A transfer takes, outside the heap, twice its window times the block size (one window in flight, one read ahead), and
 * never more than {@link Builder#maxTransferMemory}; less for a file that is smaller. It is allocated on the executor, once
 * the client has acknowledged the options; without options, when the first block is read. All transfers together take no more
 * than {@link Builder#maxMemory}: as that runs out, new clients get smaller windows and then an ERROR, and running transfers
 * go on. The same holds when the JVM has no such memory left.
 *
 * <p>A request may bear a forged address. Until a client has acknowledged something it holds no such memory (without options: that of two
 * blocks of 512 bytes), and is given up
 * after 3 retransmissions or 10 seconds, whatever {@code timeout} it asked for (after
 * {@link Builder#retransmissionTimeout}, if that is longer). {@link Builder#maxTransfersPerClient} limits each address.
 *
 * <p>Thread safe. {@link #start} and {@link #close} block for a moment and so must not be called from an event loop. Files are
 * opened and read, and the listener is called, on the executor, never on an event loop.
 */
public final class TftpServer implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(TftpServer.class);

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);
    private static final int REQUEST_BUFFER = 1 << 20;

    private final Builder settings;
    private @Nullable EventLoopGroup ownGroup;
    private @Nullable ExecutorService ownExecutor;
    private @Nullable Channel channel;
    private @Nullable RequestHandler handler;
    private boolean started;
    private boolean closed;

    private TftpServer(Builder settings) {
        this.settings = settings;
    }

    /**
     * A server to be configured.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Binds the port and serves from now on.
     *
     * @return the address bound, with the port chosen if the builder's was 0
     * @throws IOException if the address cannot be bound; the message says what to do. The server is closed then
     * @throws IllegalStateException if the server has been started or closed before
     */
    public synchronized InetSocketAddress start() throws IOException {
        if (started || closed) {
            throw new IllegalStateException("server: " + (closed ? "closed" : "started") + " (expected: new)");
        }
        started = true;
        EventLoopGroup group = settings.group == null ? newGroup() : settings.group;
        Executor executor = settings.executor == null ? newExecutor() : settings.executor;
        TransferPorts ports = new TransferPorts(settings.address.getAddress(), settings.firstPort, settings.lastPort);
        RequestHandler requests = new RequestHandler(new ServerSettings(
                settings.files, executor, settings.listener, settings.limits, settings.capacity, ports));
        ChannelFuture bound = TransferPorts.bootstrap(group, requests)
                .option(ChannelOption.SO_RCVBUF, REQUEST_BUFFER)
                .bind(settings.address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            IOException failure = BindFailure.of(settings.address, bound.cause());
            close();
            throw failure;
        }
        channel = bound.channel();
        handler = requests;
        InetSocketAddress address = (InetSocketAddress) bound.channel().localAddress();
        logger.atInfo().addKeyValue("address", address).log("TFTP server started");
        return address;
    }

    // NioEventLoopGroup is deprecated in Netty 4.2, whose replacement 4.1 does not have; both have this one.
    @SuppressWarnings("deprecation")
    private EventLoopGroup newGroup() {
        EventLoopGroup group = new NioEventLoopGroup(
                Runtime.getRuntime().availableProcessors(), new DefaultThreadFactory("pxekit-tftp"));
        ownGroup = group;
        return group;
    }

    private Executor newExecutor() {
        int threads = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("pxekit-tftp-files", true));
        executor.allowCoreThreadTimeOut(true);
        ownExecutor = executor;
        return executor;
    }

    /**
     * Stops serving: running transfers end with an ERROR. Waits until they have, for a few seconds at most, and ends the threads
     * that the server made. An executor or event loop group given to the builder goes on. Does nothing the second time.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stop();
        } finally {
            endThreads();
        }
    }

    private void stop() {
        if (channel != null) {
            TransferRegistry transfers = handler == null ? null : handler.registry();
            if (transfers != null) {
                transfers.stop("server is shutting down", LONGEST_CLOSE);
            }
            if (channel.eventLoop().isTerminated()) {
                TransferPorts.close(channel);
            } else {
                channel.close().awaitUninterruptibly(LONGEST_CLOSE.toMillis());
            }
            logger.atInfo().addKeyValue("address", settings.address).log("TFTP server stopped");
        }
    }

    private void endThreads() {
        if (ownGroup != null) {
            ownGroup.shutdownGracefully(0, LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly(2 * LONGEST_CLOSE.toMillis());
        }
        if (ownExecutor != null) {
            endExecutor(ownExecutor);
        }
    }

    private static void endExecutor(ExecutorService executor) {
        executor.shutdown();
        boolean interrupted = false;
        try {
            if (!executor.awaitTermination(LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                logger.atWarn().log("a file or a listener still blocks a thread of the closed TFTP server");
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Configures a server. Not thread safe. */
    public static final class Builder {

        private InetSocketAddress address = new InetSocketAddress(69);
        private TftpFiles files = TftpFiles.none();
        private TransferListener listener = new TransferListener() {};
        private @Nullable Executor executor;
        private @Nullable EventLoopGroup group;
        private ServerLimits limits = ServerLimits.DEFAULT;
        private ServerCapacity capacity = ServerCapacity.DEFAULT;
        private int firstPort;
        private int lastPort;

        private Builder() {}

        private Builder(Builder other) {
            this.address = other.address;
            this.files = other.files;
            this.listener = other.listener;
            this.executor = other.executor;
            this.group = other.group;
            this.limits = other.limits;
            this.capacity = other.capacity;
            this.firstPort = other.firstPort;
            this.lastPort = other.lastPort;
        }

        /**
         * Where to listen. Default: port 69 of the wildcard address.
         *
         * @param address resolved; port 0 takes any free port
         * @return this
         * @throws IllegalArgumentException if the address is not resolved
         */
        public Builder bind(InetSocketAddress address) {
            if (address.isUnresolved()) {
                throw new IllegalArgumentException("address: " + address + " (expected: an address of this machine)");
            }
            this.address = address;
            return this;
        }

        /**
         * What to serve. Default: nothing.
         *
         * @param files asked once a request, on the executor
         * @return this
         */
        public Builder files(TftpFiles files) {
            this.files = files;
            return this;
        }

        /**
         * Who watches the transfers. Default: nobody.
         *
         * @param listener called on the executor
         * @return this
         */
        public Builder listener(TransferListener listener) {
            this.listener = listener;
            return this;
        }

        /**
         * Where files are opened and read and the listener is called. Default: a few daemon threads of the server's own.
         *
         * @param executor goes on after {@link TftpServer#close}; must not run tasks on the thread that hands them in
         * @return this
         */
        public Builder executor(Executor executor) {
            this.executor = executor;
            return this;
        }

        /**
         * Where packets are moved. Default: a group of the server's own with one thread a processor.
         *
         * @param group a group for NIO channels; goes on after {@link TftpServer#close}
         * @return this
         */
        public Builder eventLoopGroup(EventLoopGroup group) {
            this.group = group;
            return this;
        }

        /**
         * The ports of the transfers, for firewalls. As many transfers run at once as there are ports. Default: any free port.
         *
         * @param first the first port, 1..65535
         * @param last the last port, from first on
         * @return this
         * @throws IllegalArgumentException if the range is empty or not in 1..65535
         */
        public Builder portRange(int first, int last) {
            if (first < 1 || last > 0xFFFF || last < first) {
                throw new IllegalArgumentException(
                        "port range: " + first + ".." + last + " (expected: first <= last, in 1..65535)");
            }
            this.firstPort = first;
            this.lastPort = last;
            return this;
        }

        /**
         * The largest block agreed to. Default: 65464, whatever the client asks for; 1468 keeps packets whole on Ethernet.
         *
         * @param bytes 512..65464
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxBlockSize(int bytes) {
            limits = limits.withMaxBlockSize(inRange("maxBlockSize", bytes, 512, TftpPacket.Data.MOST_CONTENT));
            return this;
        }

        /**
         * The largest window agreed to. Default: 64.
         *
         * @param blocks 1..65535
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxWindowSize(int blocks) {
            limits = limits.withMaxWindowSize(inRange("maxWindowSize", blocks, 1, 0xFFFF));
            return this;
        }

        /**
         * The most transfers at once; further clients get an ERROR. A transfer counts from its request until its file is
         * closed and the listener has heard of its end. Default: 4096.
         *
         * @param transfers 1 or more
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxTransfers(int transfers) {
            capacity = capacity.withMaxTransfers(inRange("maxTransfers", transfers, 1, Integer.MAX_VALUE));
            return this;
        }

        /**
         * The most transfers at once of one client address, counted as for {@link #maxTransfers}; beyond that the client gets an
         * ERROR. Clients behind one address translator share it. Default: 256.
         *
         * @param transfers 1 or more
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxTransfersPerClient(int transfers) {
            capacity = capacity.withMaxTransfersPerClient(
                    inRange("maxTransfersPerClient", transfers, 1, Integer.MAX_VALUE));
            return this;
        }

        /**
         * The most memory of all transfers together for blocks in flight and read ahead, outside the heap. While little is
         * left, new clients get smaller windows; when nothing is left, an ERROR. Keep it below what the JVM allows
         * ({@code -XX:MaxDirectMemorySize}). Default: 256 MiB.
         *
         * @param bytes 1024 or more
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxMemory(long bytes) {
            if (bytes < 1024) {
                throw new IllegalArgumentException("maxMemory: " + bytes + " (expected: 1024 or more)");
            }
            capacity = capacity.withMaxMemory(bytes);
            return this;
        }

        /**
         * The most memory of one transfer for blocks in flight and read ahead. A larger window is agreed to as far as it fits;
         * a window of one block always does. Default: 2 MiB.
         *
         * @param bytes 1024 to 1 GiB
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxTransferMemory(int bytes) {
            limits = limits.withMaxTransferMemory(inRange("maxTransferMemory", bytes, 1024, 1 << 30));
            return this;
        }

        /**
         * How long to wait for an ACK at first; each further wait is twice as long, up to 8 seconds. A client's
         * {@code timeout} option takes its place from its first ACK on. Default: 1 second.
         *
         * @param timeout 10 milliseconds to 255 seconds
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder retransmissionTimeout(Duration timeout) {
            inRange("retransmissionTimeout in milliseconds", timeout.toMillis(), 10, 255_000);
            limits = limits.withRetransmission(timeout, limits.maxRetransmissions());
            return this;
        }

        /**
         * The most retransmissions in a row without an ACK before a transfer fails; until the first ACK of a client 3 at most.
         * Default: 5.
         *
         * @param retransmissions 0..100
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxRetransmissions(int retransmissions) {
            limits = limits.withRetransmission(
                    limits.retransmissionTimeout(), inRange("maxRetransmissions", retransmissions, 0, 100));
            return this;
        }

        private static int inRange(String what, long value, int least, int most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(what + ": " + value + " (expected: " + least + ".." + most + ")");
            }
            return (int) value;
        }

        /**
         * The server, not started yet.
         *
         * @return a new server
         */
        public TftpServer build() {
            return new TftpServer(new Builder(this));
        }
    }
}
