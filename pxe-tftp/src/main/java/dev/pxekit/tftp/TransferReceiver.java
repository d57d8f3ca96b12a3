package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of a transfer as a pure state machine: packets and ticks in; packets, content and a deadline out. It has
 * no clock and no socket. The end of the content may be followed by repeated blocks, which it still acknowledges, as the
 * sender may have missed the last ACK.
 *
 * <p>With a window an ACK goes out after the last block of a window, and once when a block is missing (RFC 7440 §4).
 *
 * <p>Not thread safe.
 */
final class TransferReceiver {

    /** What the machine sends, and where content goes. */
    interface Output {

        void sendRequest() throws IOException;

        void sendAck(int wireBlock) throws IOException;

        void sendError(TftpErrorCode code, String message) throws IOException;

        /** The next bytes of the file, in order, each once. */
        void content(ByteBuffer bytes) throws IOException;

        /** All content has been handed over; comes before the last ACK. */
        void end() throws IOException;
    }

    private final TftpOptions asked;
    private final long maxSize;
    private final Retransmission retransmission;
    private final Output output;

    private boolean answered;
    private TftpOptions options = TftpOptions.none();
    private int blockSize = 512;
    private int window = 1;

    private long received;
    private long bytes;
    /** The block to acknowledge next. */
    private long ackAt = 1;

    private boolean gapReported;
    private int timeouts;
    private boolean timedOut;
    private long retransmissions;
    private long deadline;
    private @Nullable TransferOutcome outcome;

    /**
     * @param asked the options of the request
     * @param maxSize the most bytes to take
     */
    TransferReceiver(TftpOptions asked, long maxSize, Retransmission retransmission, Output output) {
        this.asked = asked;
        this.maxSize = maxSize;
        this.retransmission = retransmission;
        this.output = output;
    }

    void start(long now) throws IOException {
        output.sendRequest();
        await(now);
    }

    /** The server took options. */
    void optionAck(TftpOptions taken, long now) throws IOException {
        if (outcome != null || received > 0) {
            return;
        }
        if (!answered) {
            Optional<String> fault = faultOf(taken);
            if (fault.isPresent()) {
                fail(TftpErrorCode.OPTION_NEGOTIATION, fault.get());
                return;
            }
            long size = taken.get(TftpOption.TRANSFER_SIZE).orElse(0L);
            if (size > maxSize) {
                fail(TftpErrorCode.DISK_FULL, "the file has " + size + " bytes, the limit is " + maxSize);
                return;
            }
            answered = true;
            timeouts = 0;
            options = taken;
            blockSize = taken.get(TftpOption.BLOCK_SIZE).orElse(512);
            window = taken.get(TftpOption.WINDOW_SIZE).orElse(1);
            ackAt = window;
            await(now);
        } else {
            retransmissions++; // no new deadline: repeating is not progress
        }
        output.sendAck(0);
    }

    /** RFC 2347: nothing unasked for; RFC 2348, 2349, 7440: no larger block or window, no other timeout. */
    private Optional<String> faultOf(TftpOptions taken) {
        for (TftpOptions.Entry entry : taken.entries()) {
            if (asked.get(entry.name()).isEmpty()) {
                return Optional.of("option not asked for: " + Printable.of(entry.toString()));
            }
        }
        boolean fits = fits(taken, TftpOption.BLOCK_SIZE)
                && fits(taken, TftpOption.WINDOW_SIZE)
                && fits(taken, TftpOption.TIMEOUT)
                && (taken.get(TftpOption.TRANSFER_SIZE.name()).isEmpty()
                        || taken.get(TftpOption.TRANSFER_SIZE).isPresent());
        return fits ? Optional.empty() : Optional.of("options " + Printable.of(taken.toString()) + " for " + asked);
    }

    private <T extends Comparable<T>> boolean fits(TftpOptions taken, TftpOption<T> option) {
        if (taken.get(option.name()).isEmpty()) {
            return true;
        }
        Optional<T> value = taken.get(option);
        Optional<T> wish = asked.get(option);
        return value.isPresent() && wish.isPresent() && value.get().compareTo(wish.get()) <= 0;
    }

    /**
     * A block arrived.
     *
     * @param content its bytes; used before this returns
     */
    void data(int wireBlock, ByteBuffer content, long now) throws IOException {
        if (outcome instanceof TransferOutcome.Failed || (received == 0 && wireBlock == 0)) {
            return;
        }
        long ahead = (wireBlock - received) & 0xFFFF;
        if (outcome == null && ahead == 1) {
            answered = true; // a DATA packet in place of an OACK: no option was taken
            take(content, now);
        } else if (outcome == null && ahead > 1 && ahead < 0x8000) {
            reportGap();
        } else {
            repeated(0x10000 - (ahead == 0 ? 0x10000 : ahead));
        }
    }

    private void take(ByteBuffer content, long now) throws IOException {
        int length = content.remaining();
        if (length > blockSize) {
            fail(TftpErrorCode.ILLEGAL_OPERATION, "a block of " + length + " bytes, agreed were " + blockSize);
            return;
        }
        if (length > maxSize - bytes) {
            fail(TftpErrorCode.DISK_FULL, "the file has more than " + maxSize + " bytes, the limit");
            return;
        }
        output.content(content);
        received++;
        bytes += length;
        timeouts = 0;
        gapReported = false;
        await(now);
        if (length < blockSize) {
            finish();
        } else if (received >= ackAt) {
            acknowledge();
        }
    }

    private void finish() throws IOException {
        Optional<Long> size = options.get(TftpOption.TRANSFER_SIZE);
        if (size.isPresent() && size.get() != bytes) {
            fail(TftpErrorCode.NOT_DEFINED, "the file ended after " + bytes + " bytes, announced were " + size.get());
            return;
        }
        output.end();
        outcome = new TransferOutcome.Completed();
        acknowledge();
    }

    /** A block came before the one that is next: say once which is the last in order. */
    private void reportGap() throws IOException {
        if (!answered || gapReported) {
            return;
        }
        gapReported = true;
        if (window > 1) {
            retransmissions++;
            acknowledge();
        }
    }

    /**
     * A block that is here already: the sender has gone back, since an ACK was lost. It awaits the next ACK at the end of the
     * window that it has gone back to; sooner would make it go back again.
     *
     * @param behind how many blocks after it have been received
     */
    private void repeated(long behind) throws IOException {
        if (received == 0 || behind >= received) {
            return;
        }
        gapReported = false;
        ackAt = Math.min(ackAt, received - behind + window - 1);
        if (behind == 0 && (outcome != null || ackAt <= received)) {
            retransmissions++;
            acknowledge();
        }
    }

    private void acknowledge() throws IOException {
        ackAt = received + window;
        output.sendAck((int) (received & 0xFFFF));
    }

    /** The server ended the transfer. */
    void refused(TftpErrorCode code, String message) {
        if (outcome == null) {
            outcome = new TransferOutcome.Failed(code, "server: " + Printable.of(message));
        }
    }

    /** The time has come, or not yet: does nothing before the {@link #deadline}. */
    void tick(long now) throws IOException {
        if (outcome != null || now < deadline) {
            return;
        }
        if (timeouts == retransmission.most()) {
            timedOut = true;
            outcome = new TransferOutcome.Failed(
                    TftpErrorCode.NOT_DEFINED,
                    (answered ? "the server fell silent after block " + received : "no answer from the server") + ", "
                            + timeouts + " retransmissions");
            return;
        }
        timeouts++;
        retransmissions++;
        if (answered) {
            gapReported = false;
            acknowledge();
        } else {
            output.sendRequest();
        }
        await(now);
    }

    private void await(long now) {
        deadline = now + retransmission.waitNanos(timeouts);
    }

    /** Ends the transfer from this side, and tells the server. */
    void fail(TftpErrorCode code, String reason) throws IOException {
        if (outcome == null) {
            outcome = new TransferOutcome.Failed(code, reason);
            output.sendError(code, reason);
        }
    }

    long deadline() {
        return deadline;
    }

    Optional<TransferOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Whether the server has answered with an OACK or a first block, so that {@link #options} are settled. */
    boolean isAnswered() {
        return answered;
    }

    /** Whether the transfer failed since the server fell silent. */
    boolean timedOut() {
        return timedOut;
    }

    TftpOptions options() {
        return options;
    }

    long receivedBlocks() {
        return received;
    }

    long receivedBytes() {
        return bytes;
    }

    long retransmissions() {
        return retransmissions;
    }
}
