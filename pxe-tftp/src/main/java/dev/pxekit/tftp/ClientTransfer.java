package dev.pxekit.tftp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One transfer of a client, on the calling thread: what reading and writing have in common, which is the socket, the time, and
 * the end.
 */
abstract class ClientTransfer {

    private static final long PROGRESS_NANOS = Duration.ofMillis(250).toNanos();
    private static final int LEAST_BUFFER = 64 << 10;
    private static final int LARGEST_BUFFER = 4 << 20;
    /** The pace of a group is not that of this client. */
    private static final int GROUP_BUFFER = 1 << 20;

    private final ClientSettings settings;
    private final String fileName;
    private final ListenerCalls listener;
    private final InetSocketAddress server;
    private final long startedAt = System.nanoTime();

    private boolean announced;
    private long progressAt = startedAt;
    /** That of the transfer, and behind it that of a group. */
    private final List<DatagramChannel> sockets = new ArrayList<>();

    private @Nullable SelectionKey key;
    private @Nullable InetSocketAddress peer;
    private @Nullable TftpErrorException refusal;

    ClientTransfer(ClientSettings settings, String fileName) throws IOException {
        this.settings = settings;
        this.fileName = fileName;
        this.listener = new ListenerCalls(settings.listener());
        this.server = resolved(settings.server());
    }

    private static InetSocketAddress resolved(InetSocketAddress address) throws UnknownHostException {
        InetSocketAddress resolved =
                address.isUnresolved() ? new InetSocketAddress(address.getHostString(), address.getPort()) : address;
        if (resolved.isUnresolved()) {
            throw new UnknownHostException("no address for the TFTP server " + address.getHostString());
        }
        return resolved;
    }

    // ---- what is different in reading and writing

    /** The request, as it goes out once or more. */
    abstract TftpPacket.Request request();

    /** The longest packet to receive. */
    abstract int longestPacket();

    /** Bytes of all packets that may be under way at once. */
    abstract long flight();

    abstract void start(long now) throws IOException;

    /** Whether a packet can be the first of a server's transfer, which tells its port. */
    abstract boolean begins(TftpPacket packet);

    /** Takes a packet of the server but an ERROR. */
    abstract void take(TftpPacket packet, long now) throws IOException;

    /** Takes a packet that does not need to be decoded. Returns false for any other. */
    abstract boolean takeDirectly(ByteBuffer datagram, long now) throws IOException;

    /** The server ended the transfer. */
    abstract void refused(TftpErrorException error);

    /** The time has come, or not yet. */
    abstract void tick(long now) throws IOException;

    abstract long deadline();

    /** Whether the server has answered, so that {@link #options} are settled. */
    abstract boolean isAnswered();

    /** How the transfer ended; empty while it runs. */
    abstract Optional<TransferOutcome> outcome();

    /** Whether it failed since the server fell silent. */
    abstract boolean timedOut();

    abstract TftpOptions options();

    abstract long bytes();

    abstract long blocks();

    abstract long retransmissions();

    /**
     * All is done: takes sockets over that are still needed.
     *
     * @param sockets that of the transfer, and that of a group if there is one
     * @return those that it has taken
     */
    List<DatagramChannel> keep(List<DatagramChannel> sockets, InetSocketAddress from) {
        return List.of();
    }

    // ---- for them

    final ClientSettings settings() {
        return settings;
    }

    final String fileName() {
        return fileName;
    }

    /** Where requests go to. */
    final InetSocketAddress server() {
        return server;
    }

    /** Receives what the server sends to a group, too, until the end. */
    final void join(InetSocketAddress address, NetworkInterface network) throws IOException {
        InetAddress host = address.getAddress();
        DatagramChannel joined = DatagramChannel.open(
                host instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        sockets.add(joined);
        joined.setOption(StandardSocketOptions.SO_REUSEADDR, true); // others on this machine may receive it, too
        joined.setOption(StandardSocketOptions.SO_RCVBUF, GROUP_BUFFER);
        joined.bind(anyAddress(host, address.getPort())).configureBlocking(false);
        joined.join(host, network);
        joined.register(registered().selector(), SelectionKey.OP_READ);
    }

    /** All addresses of this machine of the same family. */
    private static InetSocketAddress anyAddress(InetAddress like, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[like.getAddress().length]), port);
    }

    // ---- run

    /** Runs to the end. */
    final TransferResult run() throws IOException {
        try {
            transfer(DatagramChannel.open());
        } catch (IOException | RuntimeException e) {
            ended(new TransferOutcome.Failed(TftpErrorCode.NOT_DEFINED, String.valueOf(e.getMessage())));
            throw e;
        }
        return finished();
    }

    /** Closes the sockets, or hands them over to be closed later. */
    private void transfer(DatagramChannel socket) throws IOException {
        List<DatagramChannel> kept = List.of();
        sockets.add(socket);
        try {
            // Room for two windows and the kernel's own bookkeeping, as far as the system allows.
            int room = (int) Math.min(LARGEST_BUFFER, Math.max(4 * flight(), LEAST_BUFFER));
            socket.setOption(StandardSocketOptions.SO_RCVBUF, room);
            socket.setOption(StandardSocketOptions.SO_SNDBUF, room);
            socket.bind(null).configureBlocking(false);
            try (Selector selector = Selector.open()) {
                key = socket.register(selector, SelectionKey.OP_READ);
                exchange(selector);
            } catch (ClosedByInterruptException e) {
                throw interrupted(e);
            }
            boolean completed = outcome()
                    .filter(TransferOutcome.Completed.class::isInstance)
                    .isPresent();
            if (completed && peer != null) {
                kept = keep(List.copyOf(sockets), peer);
            }
        } finally {
            sockets.removeAll(kept);
            for (DatagramChannel unused : sockets) {
                unused.close();
            }
        }
    }

    private void exchange(Selector selector) throws IOException {
        start(System.nanoTime());
        // One byte more, so that a packet that is too long shows.
        ByteBuffer datagram = ByteBuffer.allocateDirect(longestPacket() + 1);
        while (outcome().isEmpty()) {
            if (!receive(datagram)) {
                long wait = TimeUnit.NANOSECONDS.toMillis(deadline() - System.nanoTime()) + 1;
                selector.select(Math.max(1, wait));
                selector.selectedKeys().clear();
            }
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(null);
            }
            tick(System.nanoTime());
        }
    }

    /** Takes a packet of each socket, and returns whether there was one. */
    private boolean receive(ByteBuffer datagram) throws IOException {
        boolean any = false;
        for (int i = 0; i < sockets.size() && outcome().isEmpty(); i++) {
            InetSocketAddress from = (InetSocketAddress) sockets.get(i).receive(datagram.clear());
            if (from != null) {
                any = true;
                if (i == 0) {
                    received(from, datagram.flip(), System.nanoTime());
                } else {
                    receivedInGroup(from, datagram.flip(), System.nanoTime());
                }
            }
        }
        return any;
    }

    /** Blocks of this transfer, which are known by where they come from; others may use the port, too. */
    private void receivedInGroup(InetSocketAddress from, ByteBuffer datagram, long now) throws IOException {
        if (from.equals(peer) && takeDirectly(datagram, now)) {
            announce(now);
        }
    }

    private InterruptedIOException interrupted(@Nullable Throwable cause) throws IOException {
        sayGoodbye("interrupted");
        InterruptedIOException interrupted =
                new InterruptedIOException("interrupted during the transfer of " + Printable.of(fileName));
        interrupted.initCause(cause);
        return interrupted;
    }

    private void received(InetSocketAddress from, ByteBuffer datagram, long now) throws IOException {
        boolean known = from.equals(peer);
        if (!known && (peer != null || !from.getAddress().equals(server.getAddress()))) {
            refuseStranger(from, datagram);
        } else if (!known || !takeDirectly(datagram, now)) {
            try {
                decoded(from, known, TftpCodec.decode(datagram), now);
            } catch (TftpFormatException e) {
                return; // not TFTP: as if it had not come
            }
        }
        announce(now);
    }

    private void decoded(InetSocketAddress from, boolean known, TftpPacket packet, long now) throws IOException {
        if (packet instanceof TftpPacket.Error error) {
            peer = from;
            refusal = new TftpErrorException(error.code(), error.message());
            refused(refusal);
        } else if (known || begins(packet)) {
            peer = from;
            take(packet, now);
        }
    }

    /** RFC 1350 §4: another port gets ERROR 5, and the transfer goes on. An ERROR is never answered. */
    private void refuseStranger(InetSocketAddress from, ByteBuffer datagram) throws IOException {
        try {
            if (!(TftpCodec.decode(datagram) instanceof TftpPacket.Error)) {
                send(new TftpPacket.Error(TftpErrorCode.UNKNOWN_TRANSFER_ID, "unknown transfer ID"), from);
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            // not TFTP, or from where nothing can be sent to, as port 0: as if it had not come
        }
    }

    private void announce(long now) {
        if (!isAnswered()) {
            return;
        }
        if (!announced) {
            announced = true;
            listener.started(transfer());
        }
        long bytes = bytes();
        if (bytes > 0 && now - progressAt >= PROGRESS_NANOS) {
            progressAt = now;
            listener.progress(transfer(), bytes);
        }
    }

    // ---- end

    private TransferResult finished() throws IOException {
        TransferOutcome outcome = outcome().orElseThrow();
        TransferResult result = ended(outcome);
        if (outcome instanceof TransferOutcome.Failed failed) {
            throw exceptionFor(failed);
        }
        return result;
    }

    private IOException exceptionFor(TransferOutcome.Failed failed) {
        if (refusal != null) {
            return refusal;
        }
        String message = Printable.of(fileName) + ", server " + server + ": " + failed.reason();
        return timedOut()
                ? new SocketTimeoutException(
                        message + "; check the address, that the server runs, and that no firewall drops UDP")
                : new IOException(message);
    }

    private TransferResult ended(TransferOutcome outcome) {
        TransferResult result = new TransferResult(
                transfer(),
                outcome,
                bytes(),
                blocks(),
                retransmissions(),
                Duration.ofNanos(System.nanoTime() - startedAt));
        listener.ended(result);
        return result;
    }

    private Transfer transfer() {
        return new Transfer(server, fileName, settings.mode(), options());
    }

    /** The content failed at this end: the server is told, and the caller is to throw. An interrupt has words of its own. */
    final IOException giveUp(IOException why, String text) {
        if (!(why instanceof ClosedByInterruptException)) {
            try {
                sayGoodbye(text);
            } catch (IOException e) {
                why.addSuppressed(e);
            }
        }
        return why;
    }

    /** Tells the server, if it takes part already. */
    private void sayGoodbye(String why) throws IOException {
        if (peer != null) {
            send(new TftpPacket.Error(TftpErrorCode.NOT_DEFINED, why));
        }
    }

    // ---- out

    final void sendRequest() throws IOException {
        send(request(), server);
    }

    /** Sends to the server's port of the transfer. */
    final void send(TftpPacket packet) throws IOException {
        send(packet, peer == null ? server : peer);
    }

    private void send(TftpPacket packet, InetSocketAddress to) throws IOException {
        send(ByteBuffer.wrap(TftpCodec.encode(packet)), to);
    }

    /** Sends a packet as it is, to the server's port of the transfer. */
    final void send(ByteBuffer packet) throws IOException {
        send(packet, peer == null ? server : peer);
    }

    /** Waits while the kernel has no room for the packet. */
    private void send(ByteBuffer packet, InetSocketAddress to) throws IOException {
        SelectionKey registered = registered();
        while (sockets.get(0).send(packet, to) == 0 && !Thread.currentThread().isInterrupted()) {
            registered.interestOps(SelectionKey.OP_WRITE);
            registered.selector().select();
            registered.selector().selectedKeys().clear();
            registered.interestOps(SelectionKey.OP_READ);
        }
    }

    private SelectionKey registered() {
        if (key == null) {
            throw new IllegalStateException("transfer: has not started");
        }
        return key;
    }
}
