package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client writes a file: a {@link TransferSender} joined to a socket and to the packets of one window. */
final class ClientWrite extends ClientTransfer implements TransferSender.Output {

    /** The most memory for a window. */
    static final int MOST_MEMORY = 64 << 20;

    private static final int LONGEST_ANSWER = 2048;

    private final TftpPacket.WriteRequest request;
    private final long size;
    private final BlockReader reader;
    private final TransferSender sender;

    private AgreedOptions agreed = AgreedOptions.NONE;
    private @Nullable WindowPackets packets;
    private boolean timedOut;
    private @Nullable IOException failure;

    private ClientWrite(ClientSettings settings, String fileName, TftpFile content) throws IOException {
        super(settings, fileName);
        this.request = new TftpPacket.WriteRequest(
                fileName, settings.mode(), asked(settings.options(), settings.mode(), content.size()));
        this.size = content.size();
        this.reader = BlockReader.of(content, settings.mode());
        this.sender = new TransferSender(
                AgreedOptions.NONE, true, settings.retransmission(), settings.afterFirstAnswerToWrite(), this);
    }

    /** Sends the content, which is left open. */
    static TransferResult send(ClientSettings settings, TftpFile content, String fileName) throws IOException {
        return new ClientWrite(settings, fileName, content).run();
    }

    /** The options to ask for: the size of the content in place of a question, and no larger window than there is memory for. */
    static TftpOptions asked(TftpOptions wished, TransferMode mode, long size) {
        TftpOptions.Builder asked = wished.toBuilder();
        if (wished.get(TftpOption.TRANSFER_SIZE).isPresent()) {
            if (mode.equals(TransferMode.OCTET)) {
                asked.set(TftpOption.TRANSFER_SIZE, size);
            } else {
                asked.remove(TftpOption.TRANSFER_SIZE); // how long text is on the wire is not known beforehand
            }
        }
        int most = MOST_MEMORY / ClientSettings.longestPacket(wished);
        wished.get(TftpOption.WINDOW_SIZE)
                .ifPresent(window -> asked.set(TftpOption.WINDOW_SIZE, Math.min(window, most)));
        return asked.build();
    }

    @Override
    TftpPacket.Request request() {
        return request;
    }

    @Override
    int longestPacket() {
        return LONGEST_ANSWER;
    }

    @Override
    long flight() {
        return (long) ClientSettings.longestPacket(request.options())
                * request.options().get(TftpOption.WINDOW_SIZE).orElse(1);
    }

    @Override
    void start(long now) throws IOException {
        sender.start(now);
        throwFailure();
    }

    // ---- in

    @Override
    boolean begins(TftpPacket packet) {
        return packet instanceof TftpPacket.OptionAck || (packet instanceof TftpPacket.Ack ack && ack.block() == 0);
    }

    @Override
    void take(TftpPacket packet, long now) throws IOException {
        if (packet instanceof TftpPacket.OptionAck optionAck) {
            optionAck(optionAck.options(), now);
        } else if (packet instanceof TftpPacket.Ack ack) {
            sender.acknowledged(ack.block(), now);
        }
        throwFailure();
    }

    private void optionAck(TftpOptions taken, long now) throws IOException {
        if (sender.awaitsOpeningAnswer()) {
            Optional<String> fault = OptionAckCheck.faultOf(taken, request.options());
            if (fault.isPresent()) {
                sender.fail(TftpErrorCode.OPTION_NEGOTIATION, fault.get());
                send(new TftpPacket.Error(TftpErrorCode.OPTION_NEGOTIATION, fault.get()));
                return;
            }
            agreed = AgreedOptions.taken(taken);
            sender.agree(agreed);
        }
        if (sender.ackedBlocks() == 0) {
            sender.acknowledged(0, now);
        }
    }

    @Override
    boolean takeDirectly(ByteBuffer datagram, long now) {
        return false;
    }

    @Override
    void refused(TftpErrorException error) {
        sender.fail(error.code(), "server: " + Printable.of(error.text()));
    }

    @Override
    void tick(long now) throws IOException {
        boolean running = outcome().isEmpty();
        sender.tick(now);
        throwFailure();
        timedOut |= running && outcome().isPresent();
    }

    // ---- out

    @Override
    public void sendOpening() {
        try {
            sendRequest();
        } catch (IOException e) {
            failure = e;
        }
    }

    @Override
    public long load(long first, long last) {
        WindowPackets window = packets;
        try {
            if (window == null) {
                window = new WindowPackets(agreed, reader, size);
                packets = window;
            }
            long ready = window.load(first, last);
            if (window.isEnd()) {
                sender.endsAt(window.lastBlock());
            }
            return ready;
        } catch (IOException e) {
            failure = giveUp(e, "the client cannot read the file");
            return 0;
        }
    }

    @Override
    public void sendData(long first, long last, boolean again) {
        WindowPackets window = packets;
        if (window == null || failure != null) {
            return;
        }
        try {
            for (long block = first; block <= last; block++) {
                send(window.packet(block));
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    /** The machine knows no exceptions, so what happened is noted, and thrown behind it. */
    private void throwFailure() throws IOException {
        IOException thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
    }

    // ---- state

    @Override
    long deadline() {
        return sender.deadline();
    }

    @Override
    boolean isAnswered() {
        return !sender.awaitsOpeningAnswer();
    }

    @Override
    Optional<TransferOutcome> outcome() {
        return sender.outcome();
    }

    @Override
    boolean timedOut() {
        return timedOut;
    }

    @Override
    TftpOptions options() {
        return agreed.answer();
    }

    @Override
    long bytes() {
        WindowPackets window = packets;
        return window == null ? 0 : window.contentUpTo(sender.ackedBlocks());
    }

    @Override
    long blocks() {
        return sender.ackedBlocks();
    }

    @Override
    long retransmissions() {
        return sender.retransmissions();
    }
}
