package dev.pxekit.tftp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One transfer of a client: a {@link TransferReceiver} joined to a socket and a sink, on the calling thread. */
final class ClientTransfer implements TransferReceiver.Output {

    private static final int DATA = 3;
    private static final int HEADER = 4;
    private static final long PROGRESS_NANOS = Duration.ofMillis(250).toNanos();
    private static final int LARGEST_BUFFER = 4 << 20;

    private final ClientSettings settings;
    private final String fileName;
    private final ContentSink sink;
    private final ListenerCalls listener;
    private final TransferReceiver receiver;
    private final InetSocketAddress server;
    private final int blockSize;
    private final long startedAt = System.nanoTime();

    private boolean probing;
    private boolean announced;
    private long progressAt = startedAt;
    private @Nullable DatagramChannel channel;
    private @Nullable InetSocketAddress peer;
    private @Nullable TftpErrorException refusal;

    ClientTransfer(ClientSettings settings, String fileName, ContentSink sink) throws IOException {
        this.settings = settings;
        this.fileName = fileName;
        this.sink = settings.mode().equals(TransferMode.NETASCII) ? new NetasciiDecoder(sink) : sink;
        this.listener = new ListenerCalls(settings.listener());
        this.receiver = new TransferReceiver(settings.options(), settings.maxSize(), settings.retransmission(), this);
        this.server = resolved(settings.server());
        this.blockSize =
                Math.max(512, settings.options().get(TftpOption.BLOCK_SIZE).orElse(512));
    }

    private static InetSocketAddress resolved(InetSocketAddress address) throws UnknownHostException {
        InetSocketAddress resolved =
                address.isUnresolved() ? new InetSocketAddress(address.getHostString(), address.getPort()) : address;
        if (resolved.isUnresolved()) {
            throw new UnknownHostException("no address for the TFTP server " + address.getHostString());
        }
        return resolved;
    }

    /** Fetches the file. */
    TransferResult run() throws IOException {
        try {
            transfer(DatagramChannel.open());
        } catch (IOException | RuntimeException e) {
            ended(new TransferOutcome.Failed(TftpErrorCode.NOT_DEFINED, String.valueOf(e.getMessage())));
            throw e;
        }
        return finished();
    }

    /** Closes the socket, or hands it over to be closed later. */
    private void transfer(DatagramChannel socket) throws IOException {
        boolean lingers = false;
        try {
            channel = socket;
            int window = settings.options().get(TftpOption.WINDOW_SIZE).orElse(1);
            // Room for two windows and the kernel's own bookkeeping, as far as the system allows.
            long room = 4L * window * (blockSize + HEADER);
            socket.setOption(StandardSocketOptions.SO_RCVBUF, (int) Math.min(LARGEST_BUFFER, Math.max(room, 65536)));
            socket.bind(null).configureBlocking(false);
            try (Selector selector = Selector.open()) {
                socket.register(selector, SelectionKey.OP_READ);
                receiver.start(System.nanoTime());
                receiveAll(socket, selector);
            }
            lingers = linger(socket);
        } finally {
            if (!lingers) {
                socket.close();
            }
        }
    }

    /** The last ACK may get lost: the socket answers a repeated last block for a while, without holding up the caller. */
    private boolean linger(DatagramChannel socket) {
        boolean completed = receiver.outcome()
                .filter(TransferOutcome.Completed.class::isInstance)
                .isPresent();
        if (!completed || peer == null) {
            return false;
        }
        try {
            int block = (int) (receiver.receivedBlocks() & 0xFFFF);
            long nanos = settings.retransmission().lingerNanos();
            return LingeringSockets.SHARED.take(socket, peer, block, nanos);
        } catch (IOException e) {
            return false; // all content is here: not a failure
        }
    }

    /** Asks for the OACK only. */
    TransferResult probe() throws IOException {
        probing = true;
        return run();
    }

    private void receiveAll(DatagramChannel socket, Selector selector) throws IOException {
        // One byte more than a block, so that a block that is too long shows.
        ByteBuffer datagram = ByteBuffer.allocateDirect(blockSize + HEADER + 1);
        while (isRunning()) {
            datagram.clear();
            InetSocketAddress from = (InetSocketAddress) socket.receive(datagram);
            long now = System.nanoTime();
            if (from == null) {
                long wait = TimeUnit.NANOSECONDS.toMillis(receiver.deadline() - now) + 1;
                selector.select(Math.max(1, wait));
                selector.selectedKeys().clear();
            } else {
                received(from, datagram.flip(), now);
            }
            if (Thread.currentThread().isInterrupted()) {
                sayGoodbye("interrupted");
                throw new InterruptedIOException("interrupted while " + Printable.of(fileName) + " was fetched");
            }
            receiver.tick(System.nanoTime());
        }
    }

    private boolean isRunning() {
        return receiver.outcome().isEmpty() && !(probing && receiver.isAnswered());
    }

    private void received(InetSocketAddress from, ByteBuffer datagram, long now) throws IOException {
        boolean known = from.equals(peer);
        if (!known && (peer != null || !from.getAddress().equals(server.getAddress()))) {
            refuseStranger(from, datagram);
            return;
        }
        TftpPacket packet = null;
        if (!known || datagram.remaining() < HEADER || datagram.getShort(0) != DATA) {
            try {
                packet = TftpCodec.decode(datagram);
            } catch (TftpFormatException e) {
                return; // not TFTP: as if it had not come
            }
        }
        if (!known && !beginsTransfer(packet)) {
            return;
        }
        peer = from;
        if (packet instanceof TftpPacket.Error error) {
            refusal = new TftpErrorException(error.code(), error.message());
            receiver.refused(error.code(), error.message());
        } else if (packet instanceof TftpPacket.OptionAck optionAck) {
            receiver.optionAck(optionAck.options(), now);
        } else if (packet instanceof TftpPacket.Data data) {
            receiver.data(data.block(), data.content(), now);
        } else if (packet == null) {
            int block = datagram.getShort(2) & 0xFFFF;
            receiver.data(block, datagram.position(HEADER), now);
        }
        announce(now);
    }

    private static boolean beginsTransfer(@Nullable TftpPacket packet) {
        return packet instanceof TftpPacket.Error
                || packet instanceof TftpPacket.OptionAck
                || (packet instanceof TftpPacket.Data data && data.block() == 1);
    }

    /** RFC 1350 §4: another port gets ERROR 5, and the transfer goes on. An ERROR is never answered. */
    private void refuseStranger(InetSocketAddress from, ByteBuffer datagram) throws IOException {
        try {
            if (!(TftpCodec.decode(datagram) instanceof TftpPacket.Error)) {
                send(new TftpPacket.Error(TftpErrorCode.UNKNOWN_TRANSFER_ID, "unknown transfer ID"), from);
            }
        } catch (TftpFormatException e) {
            // not TFTP: as if it had not come
        }
    }

    private void announce(long now) {
        if (!receiver.isAnswered()) {
            return;
        }
        if (!announced) {
            announced = true;
            listener.started(transfer());
        }
        if (receiver.receivedBytes() > 0 && now - progressAt >= PROGRESS_NANOS) {
            progressAt = now;
            listener.progress(transfer(), receiver.receivedBytes());
        }
    }

    private TransferResult finished() throws IOException {
        if (receiver.outcome().isEmpty()) {
            return ended(new TransferOutcome.Probe());
        }
        TransferOutcome outcome = receiver.outcome().get();
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
        String message = Printable.of(fileName) + " from " + server + ": " + failed.reason();
        return receiver.timedOut()
                ? new SocketTimeoutException(
                        message + "; check the address, that the server runs, and that no firewall drops UDP")
                : new IOException(message);
    }

    private TransferResult ended(TransferOutcome outcome) {
        TransferResult result = new TransferResult(
                transfer(),
                outcome,
                receiver.receivedBytes(),
                receiver.receivedBlocks(),
                receiver.retransmissions(),
                Duration.ofNanos(System.nanoTime() - startedAt));
        listener.ended(result);
        return result;
    }

    private Transfer transfer() {
        return new Transfer(server, fileName, settings.mode(), receiver.options());
    }

    private void sayGoodbye(String why) throws IOException {
        if (peer != null) {
            sendError(TftpErrorCode.NOT_DEFINED, why);
        }
    }

    @Override
    public void sendRequest() throws IOException {
        send(new TftpPacket.ReadRequest(fileName, settings.mode(), settings.options()), server);
    }

    @Override
    public void sendAck(int wireBlock) throws IOException {
        if (probing) {
            sendError(TftpErrorCode.OPTION_NEGOTIATION, "only the size was asked for");
        } else {
            send(new TftpPacket.Ack(wireBlock), peer == null ? server : peer);
        }
    }

    @Override
    public void sendError(TftpErrorCode code, String message) throws IOException {
        send(new TftpPacket.Error(code, message.replace('\0', '?')), peer == null ? server : peer);
    }

    @Override
    public void content(ByteBuffer bytes) throws IOException {
        try {
            sink.write(bytes);
        } catch (IOException e) {
            sayGoodbye("the client cannot write the file");
            throw e;
        }
    }

    @Override
    public void end() throws IOException {
        sink.end();
    }

    private void send(TftpPacket packet, InetSocketAddress to) throws IOException {
        if (channel != null) {
            channel.send(ByteBuffer.wrap(TftpCodec.encode(packet)), to);
        }
    }
}
