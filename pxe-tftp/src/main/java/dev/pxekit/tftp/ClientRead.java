package dev.pxekit.tftp;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.List;
import java.util.Optional;

/** A client reads a file: a {@link TransferReceiver} joined to a socket and a sink. */
class ClientRead extends ClientTransfer implements TransferReceiver.Output<IOException> {

    static final String CANNOT_WRITE = "the client cannot write the file";

    private static final int DATA = 3;

    private final TftpPacket.ReadRequest request;
    private final ContentSink sink;
    private final boolean probing;
    private final TransferReceiver<IOException> receiver;
    private long written;

    ClientRead(ClientSettings settings, String fileName, ContentSink sink) throws IOException {
        this(settings, fileName, sink, false);
    }

    private ClientRead(ClientSettings settings, String fileName, ContentSink sink, boolean probing) throws IOException {
        super(settings, fileName);
        this.request = new TftpPacket.ReadRequest(fileName, settings.mode(), settings.options());
        ContentSink counted = content -> {
            written += content.remaining();
            sink.write(content);
        };
        this.sink = settings.mode().equals(TransferMode.NETASCII) ? new NetasciiDecoder(counted) : counted;
        this.probing = probing;
        this.receiver = TransferReceiver.ofClient(
                settings.options(), settings.maxSize(), settings.retransmission(), settings.afterFirstAnswer(), this);
    }

    /** Fetches the file. */
    static TransferResult fetch(ClientSettings settings, String fileName, ContentSink sink) throws IOException {
        return new ClientRead(settings.withoutSizeOfText(), fileName, sink).run();
    }

    /** Asks for the OACK only. */
    static TransferResult probe(ClientSettings settings, String fileName) throws IOException {
        return new ClientRead(settings, fileName, content -> {}, true).run();
    }

    /** What takes the server's packets now. */
    ReceivingMachine<IOException> receiver() {
        return receiver;
    }

    @Override
    TftpPacket.Request request() {
        return request;
    }

    @Override
    int longestPacket() {
        return settings().longestPacket();
    }

    @Override
    long flight() {
        return (long) settings().longestPacket()
                * settings().options().get(TftpOption.WINDOW_SIZE).orElse(1);
    }

    @Override
    void start(long now) throws IOException {
        receiver.start(now);
    }

    // ---- in

    @Override
    boolean begins(TftpPacket packet) {
        return packet instanceof TftpPacket.OptionAck || (packet instanceof TftpPacket.Data data && data.block() == 1);
    }

    @Override
    final void take(TftpPacket packet, long now) throws IOException {
        if (packet instanceof TftpPacket.OptionAck optionAck) {
            optionAck(optionAck.options(), now);
        } else if (packet instanceof TftpPacket.Data data) {
            receiver().data(data.block(), data.content(), now);
        }
    }

    @Override
    final boolean takeDirectly(ByteBuffer datagram, long now) throws IOException {
        if (datagram.remaining() < DataPackets.HEADER || datagram.getShort(0) != DATA) {
            return false;
        }
        int block = datagram.getShort(2) & 0xFFFF;
        receiver().data(block, datagram.position(DataPackets.HEADER), now);
        return true;
    }

    void optionAck(TftpOptions taken, long now) throws IOException {
        receiver().optionAck(taken, now);
    }

    @Override
    void refused(TftpErrorException error) {
        receiver().refused(error.code(), error.text());
    }

    @Override
    void tick(long now) throws IOException {
        receiver().tick(now);
    }

    // ---- out

    @Override
    public void sendOpening() throws IOException {
        sendRequest();
    }

    @Override
    public void sendAck(int wireBlock) throws IOException {
        if (probing) {
            sendError(TftpErrorCode.OPTION_NEGOTIATION, "only the size was asked for");
        } else {
            send(new TftpPacket.Ack(wireBlock));
        }
    }

    @Override
    public void sendError(TftpErrorCode code, String message) throws IOException {
        send(new TftpPacket.Error(code, message.replace('\0', '?')));
    }

    @Override
    public void content(ByteBuffer bytes) throws IOException {
        try {
            sink.write(bytes);
        } catch (IOException e) {
            throw giveUp(e, CANNOT_WRITE);
        }
    }

    @Override
    public boolean accept() {
        return true;
    }

    @Override
    public boolean end() throws IOException {
        try {
            sink.end();
        } catch (IOException e) {
            throw giveUp(e, CANNOT_WRITE);
        }
        return true;
    }

    // ---- state

    @Override
    long deadline() {
        return receiver().deadline();
    }

    @Override
    boolean isAnswered() {
        return receiver().isAnswered();
    }

    @Override
    Optional<TransferOutcome> outcome() {
        Optional<TransferOutcome> outcome = receiver().outcome();
        return outcome.isEmpty() && probing && isAnswered() ? Optional.of(new TransferOutcome.Probe()) : outcome;
    }

    @Override
    boolean timedOut() {
        return receiver().timedOut();
    }

    @Override
    TftpOptions options() {
        return receiver().options();
    }

    @Override
    long bytes() {
        return written;
    }

    @Override
    long blocks() {
        return receiver().receivedBlocks();
    }

    @Override
    long retransmissions() {
        return receiver().retransmissions();
    }

    /** The last ACK may get lost: the socket answers a repeated last block for a while, without holding up the caller. */
    @Override
    List<DatagramChannel> keep(List<DatagramChannel> sockets, InetSocketAddress from) {
        try {
            boolean taken = LingeringSockets.SHARED.take(
                    sockets,
                    from,
                    receiver().lastWireBlock(),
                    settings().afterFirstAnswer().lingerNanos());
            return taken ? sockets : List.of();
        } catch (IOException e) {
            return List.of(); // all content is here: not a failure
        }
    }
}
