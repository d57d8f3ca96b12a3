package dev.pxekit.tftp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of a transfer, of a server or a client, as a pure state machine: ACKs and ticks in, packets and a deadline
 * out. It has no clock, no socket and no content. Blocks are counted from 1 without wrapping; the wire has their low 16 bits.
 *
 * <p>The rules, and where they are from:
 *
 * <ul>
 *   <li>A window goes out whole, when all its blocks are loaded. An ACK for its last block calls for the next window.
 *   <li>An ACK inside the window means that the block after it was lost: the window restarts there (RFC 7440 §4). But an ACK
 *       for a block that was sent twice proves nothing: the client may have had the block from the first time, and the rest of
 *       the flight may still be under way. Such an ACK only moves the beginning of the window, and restarts it if nothing
 *       better comes in two round trips. So a client that acknowledges every block, or every block that it has already, does
 *       not get each block many times over.
 *   <li>A repeated ACK is not answered in lock step (RFC 1123 §4.2.3.1, the Sorcerer's Apprentice). With a window it is how a
 *       client says that the first block was lost, so it restarts the window, with the same exception: not for a block that
 *       was sent twice, and not sooner than the flight can have been answered.
 *   <li>Without any ACK everything that is not acknowledged goes out again after the timeout, which doubles each time. The
 *       timeout follows the client's round trips (RFC 1123 §4.2.3.2), unless the client asked for one (RFC 2349).
 *   <li>A repeated ACK amid such retransmissions says that the client is there again, and what it lacks. It gets that after a
 *       single timeout, not the one that has grown, and is not given up before. As it makes no progress, that happens only
 *       as often for a block as there may be retransmissions in a row, and the longest silence counts on.
 * </ul>
 *
 * Not thread safe: used from one event loop.
 */
final class TransferSender {

    /** What the machine sends. */
    interface Output {

        /** Sends what begins the transfer, and the client is to answer with ACK 0: a server's OACK, a client's request. */
        void sendOpening();

        /**
         * Makes the content of these blocks ready to be sent; none of those before them is needed any more. Where the content
         * ends among them, {@link TransferSender#endsAt} is called first.
         *
         * @return the last of them that is ready, which all before it are too; less than {@code last} only at the end of the
         *     content. 0 if they are not ready yet: {@link TransferSender#loaded} follows
         */
        long load(long first, long last);

        /**
         * Sends blocks whose content is at hand.
         *
         * @param again whether the first of them, at least, was sent before
         */
        void sendData(long first, long last, boolean again);
    }

    /** {@link #deadline} while nothing is awaited from the client. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long UNKNOWN = Long.MAX_VALUE;

    private final boolean probeable;
    private final Retransmission afterFirstAck;
    private final Output output;
    private final RoundTripTime roundTrip = new RoundTripTime();

    private int window;
    private Rollover rollover;
    private boolean awaitsOpeningAnswer;
    private boolean answered;
    private Retransmission retransmission;
    private long acked;
    /** The last block of the flight that is under way; lower than {@link #highest} while a restart waits for its blocks. */
    private long sent;
    /** The last block ever sent. */
    private long highest;
    /** The last block that may have been sent twice. */
    private long repeated;

    private boolean awaitsLoad;
    private long last = UNKNOWN;

    private long flightAt;
    /** When what is not answered went out the first time. */
    private long silentSince;

    private boolean restartDue;
    private int timeouts;
    /** Retransmissions that were called for by a repeated ACK amid others, and do not count among {@link #timeouts}. */
    private int recalls;

    private long retransmissions;
    private long deadline = NEVER;
    private @Nullable TransferOutcome outcome;

    /**
     * @param agreed the options in force
     * @param hasOpening whether something is sent before the first block
     * @param untilFirstAck when to send again to a client that has not acknowledged anything
     * @param afterFirstAck when to send again from then on
     */
    TransferSender(
            AgreedOptions agreed,
            boolean hasOpening,
            Retransmission untilFirstAck,
            Retransmission afterFirstAck,
            Output output) {
        this.window = agreed.windowSize();
        this.rollover = agreed.rollover();
        this.awaitsOpeningAnswer = hasOpening;
        this.probeable =
                hasOpening && agreed.answer().get(TftpOption.TRANSFER_SIZE).isPresent();
        this.retransmission = untilFirstAck;
        this.afterFirstAck = afterFirstAck;
        this.output = output;
    }

    /** Sends the opening, or the first window as soon as it is loaded. */
    void start(long now) {
        if (awaitsOpeningAnswer) {
            output.sendOpening();
            awaitAnswer(now);
        } else {
            sendWindow(now);
        }
    }

    /** The other side has answered the opening with options: what a client learns from an OACK, before it takes it as ACK 0. */
    void agree(AgreedOptions agreed) {
        if (awaitsOpeningAnswer) {
            window = agreed.windowSize();
            rollover = agreed.rollover();
        }
    }

    /** The content ends with this block. */
    void endsAt(long block) {
        last = block;
    }

    /** What {@link Output#load} did not have may be there now: it is asked again. */
    void loaded(long now) {
        if (outcome == null && awaitsLoad) {
            sendWindow(now);
        }
    }

    void acknowledged(int wireBlock, long now) {
        if (outcome != null) {
            return;
        }
        if (awaitsOpeningAnswer) {
            if (wireBlock == 0) {
                awaitsOpeningAnswer = false;
                if (timeouts == 0) {
                    roundTrip.sample(now - flightAt);
                }
                progressed();
                deadline = NEVER;
                sendWindow(now);
            }
            return;
        }
        long block = acked + rollover.ahead(wireBlock, acked);
        if (block > highest) {
            return; // an old ACK, or one for what was never sent
        }
        if (block == acked) {
            repeatedAck(now);
        } else {
            newAck(block, now);
        }
    }

    private void newAck(long block, long now) {
        acked = block;
        progressed();
        if (acked == last) {
            end(new TransferOutcome.Completed());
        } else if (block >= sent) {
            if (block > repeated) {
                roundTrip.sample(now - flightAt);
            }
            sent = block;
            restartDue = false;
            deadline = NEVER;
            sendWindow(now);
        } else if (block > repeated) {
            restart(now);
        } else {
            restartDue = true;
            deadline = Math.min(
                    deadline,
                    flightAt + 2 * Math.min(roundTrip.least(), roundTrip.timeout(retransmission.timeoutNanos())));
        }
    }

    private void progressed() {
        answered = true;
        retransmission = afterFirstAck;
        timeouts = 0;
        recalls = 0;
    }

    private void repeatedAck(long now) {
        boolean couldBeAnswer = now - flightAt >= roundTrip.least() / 2;
        if (window > 1 && sent > acked && acked > repeated && couldBeAnswer) {
            restart(now);
        } else if (isRecall()) {
            recalls++;
            restartDue = true;
            deadline = Math.min(deadline, now + retransmission.waitNanos(roundTrip, 0, now - silentSince));
        }
    }

    /** An ACK 0 for what was not answered at all may be forged. */
    private boolean isRecall() {
        return answered && timeouts > 0 && sent > acked && !restartDue && recalls < retransmission.most();
    }

    /** The client ended the transfer. */
    void refused(TftpErrorCode code, String message) {
        if (outcome == null) {
            end(
                    probeable && awaitsOpeningAnswer && isAbort(code)
                            ? new TransferOutcome.Probe()
                            : new TransferOutcome.Failed(code, "client: " + Printable.of(message)));
        }
    }

    static boolean isAbort(TftpErrorCode code) {
        return code.equals(TftpErrorCode.OPTION_NEGOTIATION) || code.equals(TftpErrorCode.NOT_DEFINED);
    }

    /** This side ends the transfer. */
    void fail(TftpErrorCode code, String reason) {
        if (outcome == null) {
            end(new TransferOutcome.Failed(code, reason));
        }
    }

    /** The time has come, or not yet: does nothing before the {@link #deadline}. */
    void tick(long now) {
        if (outcome != null || now < deadline) {
            return;
        }
        if (restartDue) {
            restart(now);
            return;
        }
        if (timeouts == retransmission.most() || now - silentSince >= retransmission.longestNanos()) {
            end(new TransferOutcome.Failed(
                    TftpErrorCode.NOT_DEFINED,
                    (recalls == 0 ? "no answer after " : "no progress after ") + (timeouts + recalls)
                            + " retransmissions of "
                            + (awaitsOpeningAnswer ? "what begins the transfer" : "block " + (acked + 1))));
            return;
        }
        timeouts++;
        if (awaitsOpeningAnswer) {
            retransmissions++;
            output.sendOpening();
            awaitAnswer(now);
        } else {
            restart(now);
        }
    }

    /** What is in flight could not be sent as it was: it is sent again at once. */
    void resend(long now) {
        if (outcome == null && !awaitsOpeningAnswer && sent > acked) {
            restart(now);
        }
    }

    private void restart(long now) {
        restartDue = false;
        repeated = highest;
        sent = acked;
        deadline = NEVER;
        sendWindow(now);
    }

    /** Sends the window after the last ACK, if all of it is loaded; else waits, without a deadline, for {@link #loaded}. */
    private void sendWindow(long now) {
        long end = Math.min(acked + window, last);
        awaitsLoad = false;
        if (sent >= end) {
            return;
        }
        long first = sent + 1;
        end = output.load(first, end);
        awaitsLoad = end == 0;
        if (awaitsLoad) {
            return;
        }
        retransmissions += Math.max(0, Math.min(end, highest) - sent);
        output.sendData(first, end, first <= highest);
        sent = end;
        highest = Math.max(highest, end);
        awaitAnswer(now);
    }

    private void awaitAnswer(long now) {
        flightAt = now;
        if (timeouts == 0) {
            silentSince = now;
        }
        deadline = now + retransmission.waitNanos(roundTrip, timeouts, now - silentSince);
    }

    private void end(TransferOutcome how) {
        outcome = how;
        deadline = NEVER;
    }

    /** When {@link #tick} has something to do, on the clock of the {@code now} values; {@link #NEVER} if it has not. */
    long deadline() {
        return deadline;
    }

    /** How the transfer ended; empty while it runs. */
    Optional<TransferOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }

    /** Blocks that the client has. */
    long ackedBlocks() {
        return acked;
    }

    /** Packets that were sent more than once. */
    long retransmissions() {
        return retransmissions;
    }

    /** Whether the opening is not answered yet: until then a client's address may be forged. */
    boolean awaitsOpeningAnswer() {
        return awaitsOpeningAnswer;
    }

    /** Blocks of a window. */
    int window() {
        return window;
    }

    /** Whether a client that was receiving has fallen silent. */
    boolean isStalled() {
        return timeouts > 0 && acked > 0;
    }
}
