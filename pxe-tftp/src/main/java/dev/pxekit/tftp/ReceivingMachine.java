package dev.pxekit.tftp;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A pure state machine that receives a file: by itself ({@link TransferReceiver}), or with others ({@link MulticastReceiver}).
 *
 * @param <X> what its output may throw, and then comes out of the machine as it is
 */
interface ReceivingMachine<X extends Exception> {

    /** An OACK arrived: the first one settles the options, later ones tell a member of a group whether it is the master. */
    void optionAck(TftpOptions taken, long now) throws X;

    /**
     * A block arrived.
     *
     * @param content its bytes; used before this returns
     */
    void data(int wireBlock, ByteBuffer content, long now) throws X;

    /** The other side ended the transfer. */
    void refused(TftpErrorCode code, String message);

    /** The time has come, or not yet: does nothing before the {@link #deadline}. */
    void tick(long now) throws X;

    /** When {@link #tick} has something to do, on the clock of the {@code now} values; {@link TransferReceiver#NEVER} if it has not. */
    long deadline();

    /** How the transfer ended; empty while it runs. */
    Optional<TransferOutcome> outcome();

    /** Whether the sender has answered, so that {@link #options} are settled. */
    boolean isAnswered();

    /** Whether the transfer failed since the sender fell silent. */
    boolean timedOut();

    TftpOptions options();

    /** The number of the last block in order, as on the wire. */
    int lastWireBlock();

    long receivedBlocks();

    long retransmissions();
}
