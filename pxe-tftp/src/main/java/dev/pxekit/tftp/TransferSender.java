package dev.pxekit.tftp;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of a transfer as a pure state machine: ACKs, ticks and loaded blocks in, packets and a deadline out. It has
 * no clock, no socket and no content. Blocks are counted from 1 without wrapping; the wire has their low 16 bits.
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
 *   <li>Without any ACK everything that is not acknowledged goes out again after the timeout, which doubles each time.
 * </ul>
 *
 * Not thread safe: used from one event loop.
 */
final class TransferSender {

    /** What the machine sends. */
    interface Output {

        void sendOptionAck();

        /** Sends a block that has been {@link #loaded}. */
        void sendData(long block);
    }

    /** {@link #deadline} while nothing is awaited from the client. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long UNKNOWN = Long.MAX_VALUE;

    private final int window;
    private final boolean probeable;
    private final Retransmission afterFirstAck;
    private final Output output;

    private boolean awaitsOptionAck;
    private Retransmission retransmission;
    private long acked;
    /** The last block of the flight that is under way; lower than {@link #highest} while a restart waits for its blocks. */
    private long sent;
    /** The last block ever sent. */
    private long highest;
    /** The last block that may have been sent twice. */
    private long repeated;

    private long loaded;
    private long last = UNKNOWN;

    private long flightAt;
    /** When what is not answered went out the first time. */
    private long silentSince;

    private long roundTrip = UNKNOWN;
    private boolean restartDue;
    private int timeouts;
    private long retransmissions;
    private long deadline = NEVER;
    private @Nullable TransferOutcome outcome;

    /**
     * @param agreed the options in force
     * @param untilFirstAck when to send again to a client that has not acknowledged anything
     * @param afterFirstAck when to send again from then on
     */
    TransferSender(AgreedOptions agreed, Retransmission untilFirstAck, Retransmission afterFirstAck, Output output) {
        this.window = agreed.windowSize();
        this.awaitsOptionAck = !agreed.answer().isEmpty();
        this.probeable = agreed.answer().get(TftpOption.TRANSFER_SIZE).isPresent();
        this.retransmission = untilFirstAck;
        this.afterFirstAck = afterFirstAck;
        this.output = output;
    }

    /** Sends the OACK, or the first block as soon as it is loaded. */
    void start(long now) {
        if (awaitsOptionAck) {
            output.sendOptionAck();
            awaitAnswer(now);
        } else {
            sendWindow(now);
        }
    }

    /**
     * More blocks can be sent.
     *
     * @param block the last block that is loaded
     * @param isLast whether it is the last of the file
     */
    void loaded(long block, boolean isLast, long now) {
        loaded = block;
        if (isLast) {
            last = block;
        }
        if (outcome == null && !awaitsOptionAck) {
            sendWindow(now);
        }
    }

    void acknowledged(int wireBlock, long now) {
        if (outcome != null) {
            return;
        }
        if (awaitsOptionAck) {
            if (wireBlock == 0) {
                awaitsOptionAck = false;
                retransmission = afterFirstAck;
                timeouts = 0;
                deadline = NEVER;
                roundTrip = now - flightAt;
                sendWindow(now);
            }
            return;
        }
        long block = acked + ((wireBlock - acked) & 0xFFFF);
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
        retransmission = afterFirstAck;
        timeouts = 0;
        if (acked == last) {
            end(new TransferOutcome.Completed());
        } else if (block >= sent) {
            if (block > repeated) {
                roundTrip = Math.min(roundTrip, now - flightAt);
            }
            sent = block;
            restartDue = false;
            deadline = NEVER;
            sendWindow(now);
        } else if (block > repeated) {
            restart(now);
        } else {
            restartDue = true;
            deadline = Math.min(deadline, flightAt + 2 * roundTrip);
        }
    }

    private void repeatedAck(long now) {
        boolean couldBeAnswer = now - flightAt >= roundTrip / 2;
        if (window > 1 && sent > acked && acked > repeated && couldBeAnswer) {
            restart(now);
        }
    }

    /** The client ended the transfer. */
    void refused(TftpErrorCode code, String message) {
        if (outcome == null) {
            end(
                    probeable && awaitsOptionAck && isAbort(code)
                            ? new TransferOutcome.Probe()
                            : new TransferOutcome.Failed(code, "client: " + Printable.of(message)));
        }
    }

    private static boolean isAbort(TftpErrorCode code) {
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
                    "no answer after " + timeouts + " retransmissions of "
                            + (awaitsOptionAck ? "the OACK" : "block " + (acked + 1))));
            return;
        }
        timeouts++;
        if (awaitsOptionAck) {
            retransmissions++;
            output.sendOptionAck();
            awaitAnswer(now);
        } else {
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
        if (sent >= end || loaded < end) {
            return;
        }
        for (long block = sent + 1; block <= end; block++) {
            if (block <= highest) {
                retransmissions++;
            }
            output.sendData(block);
        }
        sent = end;
        highest = Math.max(highest, end);
        awaitAnswer(now);
    }

    private void awaitAnswer(long now) {
        flightAt = now;
        if (timeouts == 0) {
            silentSince = now;
        }
        deadline = now + retransmission.waitNanos(timeouts, now - silentSince);
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

    long loadedBlocks() {
        return loaded;
    }

    boolean isWhollyLoaded() {
        return last != UNKNOWN;
    }

    /** Packets that were sent more than once. */
    long retransmissions() {
        return retransmissions;
    }

    /** Whether the client has yet to take the OACK: until then its address may be forged. */
    boolean awaitsOptionAck() {
        return awaitsOptionAck;
    }

    /** Whether a client that was receiving has fallen silent. */
    boolean isStalled() {
        return timeouts > 0 && acked > 0;
    }
}
