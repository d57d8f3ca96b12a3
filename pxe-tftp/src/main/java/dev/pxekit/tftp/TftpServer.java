package dev.pxekit.tftp;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TFTP server.
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
 * <p>Octet and netascii; {@code blksize}, {@code timeout}, {@code tsize}, {@code windowsize} and tftp-hpa's {@code blksize2},
 * {@code utimeout} and {@code rollover} as asked for, within the limits of the builder and its {@link OptionPolicy}. Writing
 * ({@link Builder#uploads}) and multicast ({@link Builder#multicast}) are off by default. Answers
 * leave from the address that was asked: on the wildcard address the server opens a port on each address of the machine, and
 * looks for new ones every 5 seconds.
 *
 * <p>Packets of a file are made once for all transfers that read it at the same time in the same block size. In all they take no
 * more than {@link Builder#maxMemory}, outside the heap; what transfers need at once is reserved when they begin to send:
 * twice the larger of the window and 32 KiB for each, but never more than {@link Builder#maxTransferMemory} nor, together, than
 * the files have. As the memory runs out, new clients get smaller windows and then an ERROR, and running transfers go on. The
 * same holds when the JVM has no such memory left. What is not reserved is used to read ahead.
 *
 * <p>A request may bear a forged address. Until a client has acknowledged something it holds no such memory (without options: 64
 * KiB), and is given up after 3 retransmissions or 10 seconds, whatever {@code timeout} it asked for (after
 * {@link Builder#retransmissionTimeout}, if that is longer). {@link Builder#maxTransfersPerClient} limits each address.
 *
 * <p>The number of threads and, unless {@link Ports#TRANSFER} is chosen, of sockets does not depend on how many transfers run.
 *
 * <p>Thread safe. {@link #start} and {@link #close} block for a moment and so must not be called from an event loop. Files are
 * opened and read, and the listener is called, on the executor, never on an event loop.
 */
public final class TftpServer implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(TftpServer.class);

    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_GRACE = Duration.ofDays(365);

    /** Longer than any request that makes sense; what is longer is cut off. */
    private static final int REQUEST = 2048;

    /** The largest block that stays whole on Ethernet, and fits where requests come in. */
    private static final int BLOCK_ON_SERVERS_PORT = 1468;

    private final Builder settings;
    private @Nullable EventLoopGroup ownGroup;
    private final List<ExecutorService> ownExecutors = new ArrayList<>();
    private @Nullable RequestPorts requestPorts;
    private volatile @Nullable TransferRegistry registry;
    private volatile @Nullable Transport transportInUse;
    private boolean started;
    private boolean closed;

    /** How packets get to the kernel and back. The protocol is the same with all of them. */
    public enum Transport {
        /** Epoll where it can be used, else plain Java. */
        AUTO,
        /** Plain Java: works everywhere, a system call for each packet. */
        NIO,
        /**
         * Netty's native transport for Linux: many packets with a system call, whole windows by UDP segmentation offload. Needs
         * {@code io.netty:netty-transport-native-epoll} on the class path, with the classifier of the machine.
         */
        EPOLL
    }

    /** The port that a transfer is on, besides its client's: in the words of RFC 1350 §4 the server's transfer identifier. */
    public enum Ports {
        /**
         * One of a few that stay open, in turn: 8 for each address, or one for each event loop if those are more. A transfer is
         * known by its client's address and port as well, so they can be shared; and few sockets move the packets of many
         * clients together, which is what makes this the fastest. Uploads and groups have a port of their own.
         */
        SHARED,
        /** One for each transfer, opened and closed with it. */
        TRANSFER,
        /** The one that the request came to, for firewalls and containers that let a single port through. */
        SERVER
    }

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
        boolean bound = false;
        try {
            InetSocketAddress address = open();
            bound = true;
            logger.atInfo().addKeyValue("address", address).log("TFTP server started");
            return address;
        } finally {
            if (!bound) {
                close();
            }
        }
    }

    /**
     * How packets are moved: what {@link Transport#AUTO} has come to on this machine.
     *
     * @return the transport in use; what the builder was told, before {@link #start}
     */
    public Transport transport() {
        Transport used = transportInUse;
        return used == null ? settings.transport : used;
    }

    private InetSocketAddress open() throws IOException {
        DatagramTransport transport = Transports.of(settings.transport, settings.group);
        transportInUse = transport.kind();
        EventLoopGroup group = settings.group == null ? newGroup(transport) : settings.group;
        List<EventLoop> loops = new ArrayList<>();
        group.forEach(loop -> loops.add((EventLoop) loop));
        Executor executor = settings.executor == null ? newExecutor("pxekit-tftp-files") : settings.executor;
        // A disk that takes its time to store keeps nobody from reading.
        Executor writing =
                settings.executor == null && settings.uploads != null ? newExecutor("pxekit-tftp-uploads") : executor;
        TransferRegistry transfers = new TransferRegistry(new ServerSettings(
                settings.files,
                Optional.ofNullable(settings.uploads),
                settings.optionPolicy,
                executor,
                writing,
                settings.listener,
                settings.limits,
                settings.writeLimits(),
                settings.capacity,
                Optional.ofNullable(settings.multicast).map(MulticastAddresses::new)));
        registry = transfers;
        ServerPorts ports = new ServerPorts(
                transport, loops, settings.ports, settings.firstPort, settings.lastPort, settings.hasOthersThanReads());
        RequestPorts requests = new RequestPorts(transport, loops.get(0), transfers, ports, REQUEST, executor);
        requestPorts = requests;
        return requests.open(settings.address);
    }

    private EventLoopGroup newGroup(DatagramTransport transport) {
        EventLoopGroup group = transport.newGroup(
                settings.eventLoops, new DefaultThreadFactory("pxekit-tftp"), BusyPoll.factory(settings.busyPoll));
        ownGroup = group;
        return group;
    }

    private Executor newExecutor(String name) {
        int threads = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                threads,
                threads,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory(name, true));
        executor.allowCoreThreadTimeOut(true);
        ownExecutors.add(executor);
        return executor;
    }

    /**
     * Stops serving: running transfers end with an ERROR. Waits until they have, for a few seconds at most, and ends the threads
     * that the server made. An executor or event loop group given to the builder goes on. Does nothing the second time.
     */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    /**
     * Stops serving: takes no request any more, and lets the transfers that run go on for a while. Those that are left then end
     * with an ERROR, as in {@link #close()}. A {@link #close()} meanwhile ends them at once. Does nothing the second time.
     *
     * @param grace how long to wait for running transfers, a year at most
     */
    public void close(Duration grace) {
        TransferRegistry transfers = registry;
        if (transfers != null && grace.isZero()) {
            transfers.endGrace();
        }
        stop(grace.compareTo(LONGEST_GRACE) > 0 ? LONGEST_GRACE : grace);
    }

    private synchronized void stop(Duration grace) {
        if (closed) {
            return;
        }
        closed = true;
        try {
            TransferRegistry transfers = registry;
            if (transfers != null) {
                transfers.stop("server is shutting down", grace, LONGEST_CLOSE);
            }
        } finally {
            closePorts();
        }
    }

    private void closePorts() {
        try {
            if (requestPorts != null) {
                requestPorts.close();
                logger.atInfo().addKeyValue("address", settings.address).log("TFTP server stopped");
            }
        } finally {
            endThreads();
        }
    }

    private void endThreads() {
        if (ownGroup != null) {
            ownGroup.shutdownGracefully(0, LONGEST_CLOSE.toMillis(), TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly(2 * LONGEST_CLOSE.toMillis());
        }
        ownExecutors.forEach(TftpServer::endExecutor);
        TransferRegistry transfers = registry;
        if (transfers != null) {
            transfers.cache().close();
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

        private static final Duration LONGEST_BUSY_POLL = Duration.ofMillis(10);

        private InetSocketAddress address = new InetSocketAddress(69);
        private TftpFiles files = TftpFiles.none();
        private @Nullable TftpUploads uploads;
        private TransferListener listener = new TransferListener() {};
        private @Nullable Executor executor;
        private @Nullable EventLoopGroup group;
        private ServerLimits limits = ServerLimits.DEFAULT;
        private ServerCapacity capacity = ServerCapacity.DEFAULT;
        private OptionPolicy optionPolicy = OptionPolicy.all();
        private Transport transport = Transport.AUTO;
        private Ports ports = Ports.SHARED;
        private int eventLoops = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors() / 2));
        private Duration busyPoll = BusyPoll.USUAL;
        private @Nullable MulticastRange multicast;
        private int firstPort;
        private int lastPort;

        private Builder() {}

        private Builder(Builder other) {
            this.address = other.address;
            this.files = other.files;
            this.uploads = other.uploads;
            this.listener = other.listener;
            this.executor = other.executor;
            this.group = other.group;
            this.limits = other.limits;
            this.capacity = other.capacity;
            this.optionPolicy = other.optionPolicy;
            this.transport = other.transport;
            this.ports = other.ports;
            this.eventLoops = other.eventLoops;
            this.busyPoll = other.busyPoll;
            this.multicast = other.multicast;
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
         * Where clients may write to. Default: nowhere, write requests get ERROR 2.
         *
         * <p>A transfer that is written has a port of its own, also with {@link Ports#SHARED}. With {@link Ports#SERVER} its blocks
         * have 1468 bytes at most. It takes memory as others do, twice the larger of its window and 32 KiB, from its first block
         * on; windows are acknowledged as they are written, and the last block when the file is complete. From then on it answers
         * repetitions of that block for up to 1.5 seconds.
         *
         * @param uploads asked once a request, on the executor
         * @return this
         */
        public Builder uploads(TftpUploads uploads) {
            this.uploads = uploads;
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
         * Where files are opened, read and written and the listener is called. Default: a few daemon threads of the server's own,
         * and as many for uploads.
         *
         * @param executor goes on after {@link TftpServer#close}; must not run tasks on the thread that hands them in
         * @return this
         */
        public Builder executor(Executor executor) {
            this.executor = executor;
            return this;
        }

        /**
         * Which options are taken into account. Default: all.
         *
         * @param policy asked once a request, on the executor
         * @return this
         */
        public Builder optionPolicy(OptionPolicy policy) {
            this.optionPolicy = policy;
            return this;
        }

        /**
         * Sends a file once to all clients that ask for it by the option {@code multicast} (RFC 2090), and are after the same
         * content in the same block size. Default: not at all, the option is not answered.
         *
         * <p>One of them, the master, asks for block after block, so a slow one slows the others down; no {@code windowsize} is agreed
         * to. Files have 65,535 blocks at most and are sent as they are: larger ones, and netascii, go to each client
         * by itself, as do all on an IPv6 address. Packets leave through the network interface that has the address of the request. With
         * {@link Ports#SERVER} they come from the server's one port, else each group has a port of its own.
         *
         * <p>A client that has not been master yet has not proved that its address is its own. A forged one can hold up a group for
         * a few times the {@link #retransmissionTimeout}, so this is for networks that are trusted.
         *
         * @param range the addresses of the groups, such as {@link MulticastRange#DEFAULT}
         * @return this
         */
        public Builder multicast(MulticastRange range) {
            this.multicast = range;
            return this;
        }

        /**
         * How packets are moved. Default: {@link Transport#AUTO}.
         *
         * @param transport which
         * @return this
         */
        public Builder transport(Transport transport) {
            this.transport = transport;
            return this;
        }

        /**
         * Which ports transfers are on. Default: {@link Ports#SHARED}.
         *
         * @param ports which
         * @return this
         */
        public Builder ports(Ports ports) {
            this.ports = ports;
            return this;
        }

        /**
         * How many threads move packets, unless {@link #eventLoopGroup} is given. One fills a network of 10 Gbit/s with epoll.
         * Default: half of the processors, 1 at least and 4 at most.
         *
         * @param threads 1..1024
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder eventLoops(int threads) {
            this.eventLoops = inRange("eventLoops", threads, 1, 1024);
            return this;
        }

        /**
         * How long an event loop of the server's own goes on asking for packets after the last one came, before it sleeps. Without
         * windows a transfer is as fast as its two ends wake up. A client that answers within this moment does not have to wait for
         * this end; an idle server sleeps. 200 microseconds or so serve clients on a network too, at the price of a
         * processor that is busy while a transfer runs. Default: 50 microseconds, or 0 where there is a single processor.
         *
         * @param moment 0 to 10 milliseconds
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder busyPoll(Duration moment) {
            if (moment.isNegative() || moment.compareTo(LONGEST_BUSY_POLL) > 0) {
                throw new IllegalArgumentException("busyPoll: " + moment + " (expected: 0 to 10 milliseconds)");
            }
            this.busyPoll = moment;
            return this;
        }

        /**
         * Where packets are moved. Default: a group of the server's own.
         *
         * @param group for the channels of the {@link #transport}: with {@link Transport#AUTO}, an {@code EpollEventLoopGroup}
         *     means epoll and any other NIO; goes on after {@link TftpServer#close}
         * @return this
         */
        public Builder eventLoopGroup(EventLoopGroup group) {
            this.group = group;
            return this;
        }

        /**
         * The ports of the transfers, for firewalls. With {@link Ports#TRANSFER} as many transfers run at once as there are ports; with
         * {@link Ports#SHARED} uploads and groups get at least half of them, one each.
         * Default: any free port.
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
         * ERROR. Clients behind one address translator share it. Default: 1024.
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
         * The most memory for content, outside the heap: what all transfers have in flight, and what is read ahead. While little is
         * left, new clients get smaller windows; when nothing is left, an ERROR. Keep it below what the JVM allows
         * ({@code -XX:MaxDirectMemorySize}). Default: 256 MiB, or half of the
         * largest heap if that is less.
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
         * The most memory that is reserved for one transfer, twice what it has in flight. A larger window is agreed to as far as it
         * fits; a window of one block always does. Default: 2 MiB.
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
         * How long to wait for the first ACK. From then on a client's {@code timeout} option counts, or else the time that its
         * answers take, but never less than 200 milliseconds. Each further wait is twice as long, up to 8 seconds. Default: 1 second.
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
         * For a client that repeats its last ACK, and nothing else, twice as many. Default: 5.
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

        /**
         * How long a client that has answered may be silent, or only repeat its last ACK, before its transfer fails, however often
         * it is sent to and whatever {@code timeout} it asked for. Default: 2 minutes.
         *
         * @param longest 1 second to 1 day
         * @return this
         * @throws IllegalArgumentException if out of range
         */
        public Builder maxSilence(Duration longest) {
            inRange(
                    "maxSilence in milliseconds",
                    longest.toMillis(),
                    1000,
                    Duration.ofDays(1).toMillis());
            limits = limits.withMaxSilence(longest);
            return this;
        }

        /** Requests and blocks come to the same port, which has room for requests. */
        private ServerLimits writeLimits() {
            return ports == Ports.SERVER
                    ? limits.withMaxBlockSize(Math.min(limits.maxBlockSize(), BLOCK_ON_SERVERS_PORT))
                    : limits;
        }

        private static int inRange(String what, long value, long least, long most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException(what + ": " + value + " (expected: " + least + ".." + most + ")");
            }
            return (int) value;
        }

        /**
         * The server, not started yet.
         *
         * @return a new server
         * @throws IllegalArgumentException if uploads or multicast and {@link Ports#SHARED} have to do with one port
         */
        public TftpServer build() {
            if (ports == Ports.SHARED && firstPort != 0 && firstPort == lastPort && hasOthersThanReads()) {
                throw new IllegalArgumentException("port range: " + firstPort + ".." + lastPort
                        + " (expected: more than one port, as uploads and groups have their own; or Ports.SERVER)");
            }
            return new TftpServer(new Builder(this));
        }

        private boolean hasOthersThanReads() {
            return uploads != null || multicast != null;
        }
    }
}
