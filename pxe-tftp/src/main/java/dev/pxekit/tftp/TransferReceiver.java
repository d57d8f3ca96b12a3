package dev.pxekit.tftp;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a transfer, of a client or a server, as a pure state machine: packets and ticks in; packets, content and
 * a deadline out. It has no clock and no socket. The end of the content may be followed by repeated blocks, which it still
 * acknowledges, as the sender may have missed the last ACK.
 *
 * <p>With a window an ACK goes out after the last block of a window, and once when a block is missing (RFC 7440 §4). An ACK
 * calls for another window, so none goes out before there is room for one; and the last one says that all content is stored.
 *
 * <p>Not thread safe.
 *
 * @param <X> what the output may throw, and then comes out of the machine as it is
 */
final class TransferReceiver<X extends Exception> implements ReceivingMachine<X> {

    /** What the machine sends, and where content goes. */
    interface Output<X extends Exception> {

        /** Sends what begins the transfer, and the sender of the content is to answer: a client's RRQ, a server's OACK or ACK 0. */
        void sendOpening() throws X;

        void sendAck(int wireBlock) throws X;

        void sendError(TftpErrorCode code, String message) throws X;

        /** The next bytes of the file, in order, each once; no more of them than a window between two calls of {@link #accept}. */
        void content(ByteBuffer bytes) throws X;

        /**
         * Whether there is room for another window behind the content so far.
         *
         * @return false if there is not yet: {@link TransferReceiver#accepted} follows
         */
        boolean accept() throws X;

        /**
         * All content has been handed over; comes before the last ACK.
         *
         * @return whether it is stored; false if it is not yet: {@link TransferReceiver#stored} follows
         */
        boolean end() throws X;
    }

    /** {@link #deadline} while nothing is awaited from the sender. */
    static final long NEVER = Long.MAX_VALUE;

    private final TftpOptions asked;
    private final long maxSize;
    private final String sender;
    private final Output<X> output;
    private final Retransmission afterFirstAnswer;

    private Retransmission retransmission;
    private boolean answered;
    private AgreedOptions agreed;
    /** What a server said of its file. What a client says of its own is wrong at times, and no reason to refuse the file. */
    private Optional<Long> announced = Optional.empty();

    private long received;
    private long bytes;
    /** The block to acknowledge next. */
    private long ackAt;

    private boolean gapReported;
    /** Whether an ACK is due that waits for room. */
    private boolean awaitsRoom;
    /** Whether all content is here, and is being stored. */
    private boolean awaitsStore;

    private int timeouts;
    private boolean timedOut;
    private long retransmissions;
    /** When what is not answered went out the first time. */
    private long silentSince;

    private long deadline = NEVER;
    private @Nullable TransferOutcome outcome;

    private TransferReceiver(
            TftpOptions asked,
            AgreedOptions agreed,
            long maxSize,
            Retransmission untilFirstAnswer,
            Retransmission afterFirstAnswer,
            String sender,
            Output<X> output) {
        this.asked = asked;
        this.agreed = agreed;
        this.maxSize = maxSize;
        this.retransmission = untilFirstAnswer;
        this.afterFirstAnswer = afterFirstAnswer;
        this.sender = sender;
        this.output = output;
        this.ackAt = agreed.windowSize();
    }

    /**
     * A client that reads: the server's answer settles the options.
     *
     * @param asked the options of the request
     * @param maxSize the most bytes to take
     */
    static <X extends Exception> TransferReceiver<X> ofClient(
            TftpOptions asked,
            long maxSize,
            Retransmission untilFirstAnswer,
            Retransmission afterFirstAnswer,
            Output<X> output) {
        return new TransferReceiver<>(
                asked, AgreedOptions.NONE, maxSize, untilFirstAnswer, afterFirstAnswer, "server", output);
    }

    /**
     * A server that is written to.
     *
     * @param agreed the options in force
     * @param maxSize the most bytes to take
     */
    static <X extends Exception> TransferReceiver<X> ofServer(
            AgreedOptions agreed,
            long maxSize,
            Retransmission untilFirstAnswer,
            Retransmission afterFirstAnswer,
            Output<X> output) {
        return new TransferReceiver<>(
                TftpOptions.none(), agreed, maxSize, untilFirstAnswer, afterFirstAnswer, "client", output);
    }

    void start(long now) throws X {
        output.sendOpening();
        awaitAnswer(now);
    }

    @Override
    public void optionAck(TftpOptions taken, long now) throws X {
        if (outcome != null || received > 0) {
            return;
        }
        if (!answered) {
            Optional<TransferOutcome.Failed> refusal = OptionAckCheck.refusalOf(taken, asked, maxSize);
            if (refusal.isPresent()) {
                fail(refusal.get().code(), refusal.get().reason());
                return;
            }
            agreed = AgreedOptions.taken(taken);
            announced = taken.get(TftpOption.TRANSFER_SIZE);
            ackAt = agreed.windowSize();
            progressed(now);
        } else {
            retransmissions++; // no new deadline: repeating is not progress
        }
        output.sendAck(0);
    }

    @Override
    public void data(int wireBlock, ByteBuffer content, long now) throws X {
        if (outcome instanceof TransferOutcome.Failed || awaitsStore || (received == 0 && wireBlock == 0)) {
            return;
        }
        long ahead = agreed.rollover().ahead(wireBlock, received);
        long behind = agreed.rollover().behind(wireBlock, received);
        if (outcome == null && ahead == 1) {
            if (!awaitsRoom || received < ackAt) {
                take(content, now);
            }
        } else if (outcome == null && ahead > 1 && ahead < 0x8000) {
            reportGap(now);
        } else if (behind < 0x10000) {
            repeated(behind, now);
        }
    }

    private void take(ByteBuffer content, long now) throws X {
        int length = content.remaining();
        if (length > agreed.blockSize()) {
            fail(TftpErrorCode.ILLEGAL_OPERATION, "a block of " + length + " bytes, agreed were " + agreed.blockSize());
            return;
        }
        if (length > maxSize - bytes) {
            fail(TftpErrorCode.DISK_FULL, "the file has more than " + maxSize + " bytes, the limit");
            return;
        }
        output.content(content);
        received++;
        bytes += length;
        gapReported = false;
        progressed(now);
        if (length < agreed.blockSize()) {
            finish();
        } else if (received >= ackAt || awaitsRoom) {
            acknowledge(now);
        }
    }

    private void finish() throws X {
        if (announced.isPresent() && announced.get() != bytes) {
            fail(
                    TftpErrorCode.NOT_DEFINED,
                    "the file ended after " + bytes + " bytes, announced were " + announced.get());
            return;
        }
        awaitsRoom = false;
        awaitsStore = true;
        deadline = NEVER;
        if (output.end()) {
            stored();
        }
    }

    /** All content is stored, as {@link Output#end} wanted. */
    void stored() throws X {
        if (outcome == null && awaitsStore) {
            awaitsStore = false;
            outcome = new TransferOutcome.Completed();
            sendAck();
        }
    }

    /** There is room for another window, as {@link Output#accept} wanted. */
    void accepted(long now) throws X {
        if (outcome == null && awaitsRoom) {
            acknowledge(now);
        }
    }

    /** A block came before the one that is next: say once which is the last in order. */
    private void reportGap(long now) throws X {
        if (!answered || gapReported) {
            return;
        }
        gapReported = true;
        if (agreed.windowSize() > 1) {
            retransmissions++;
            acknowledge(now);
        }
    }

    /**
     * A block that is here already: the sender has gone back, since an ACK was lost. It awaits the next ACK at the end of the
     * window that it has gone back to; sooner would make it go back again.
     *
     * @param behind how many blocks after it have been received
     */
    private void repeated(long behind, long now) throws X {
        if (received == 0 || behind >= received || awaitsRoom) {
            return;
        }
        gapReported = false;
        ackAt = Math.min(ackAt, received - behind + agreed.windowSize() - 1);
        if (behind == 0 && (outcome != null || ackAt <= received)) {
            retransmissions++;
            if (outcome == null) {
                acknowledge(now);
            } else {
                sendAck();
            }
        }
    }

    private void acknowledge(long now) throws X {
        awaitsRoom = !output.accept();
        if (awaitsRoom) {
            deadline = NEVER; // the sender waits for this end, not the other way round
            return;
        }
        if (deadline == NEVER) {
            awaitAnswer(now);
        }
        sendAck();
    }

    private void sendAck() throws X {
        ackAt = received + agreed.windowSize();
        output.sendAck(agreed.rollover().wire(received));
    }

    @Override
    public void refused(TftpErrorCode code, String message) {
        if (outcome == null) {
            end(new TransferOutcome.Failed(code, sender + ": " + Printable.of(message)));
        }
    }

    @Override
    public void tick(long now) throws X {
        if (outcome != null || now < deadline) {
            return;
        }
        if (timeouts == retransmission.most() || now - silentSince >= retransmission.longestNanos()) {
            timedOut = true;
            end(new TransferOutcome.Failed(
                    TftpErrorCode.NOT_DEFINED,
                    (answered
                                    ? "the " + sender + " fell silent after block " + received
                                    : "no answer from the " + sender)
                            + ", " + timeouts + " retransmissions"));
            return;
        }
        timeouts++;
        retransmissions++;
        awaitAnswer(now);
        if (answered) {
            gapReported = false;
            acknowledge(now);
        } else {
            output.sendOpening();
        }
    }

    private void progressed(long now) {
        answered = true; // a DATA packet is an answer, too: to a client, that no option was taken
        retransmission = afterFirstAnswer;
        timeouts = 0;
        awaitAnswer(now);
    }

    private void awaitAnswer(long now) {
        if (timeouts == 0) {
            silentSince = now;
        }
        deadline = now + retransmission.waitNanos(timeouts, now - silentSince);
    }

    /** Ends the transfer from this side, and tells the other. */
    void fail(TftpErrorCode code, String reason) throws X {
        if (outcome == null) {
            end(new TransferOutcome.Failed(code, reason));
            output.sendError(code, reason);
        }
    }

    private void end(TransferOutcome how) {
        outcome = how;
        deadline = NEVER;
    }

    @Override
    public long deadline() {
        return deadline;
    }

    @Override
    public Optional<TransferOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    @Override
    public boolean isAnswered() {
        return answered;
    }

    @Override
    public boolean timedOut() {
        return timedOut;
    }

    /** Whether a sender that was active has fallen silent. */
    boolean isStalled() {
        return timeouts > 0 && received > 0;
    }

    @Override
    public TftpOptions options() {
        return agreed.answer();
    }

    @Override
    public int lastWireBlock() {
        return agreed.rollover().wire(received);
    }

    @Override
    public long receivedBlocks() {
        return received;
    }

    long receivedBytes() {
        return bytes;
    }

    @Override
    public long retransmissions() {
        return retransmissions;
    }
}
