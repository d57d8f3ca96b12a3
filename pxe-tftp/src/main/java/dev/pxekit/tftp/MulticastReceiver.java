package dev.pxekit.tftp;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client that receives a file with others (RFC 2090), as a pure state machine: packets and ticks in; packets, content and
 * a deadline out. It has no clock and no socket. It begins with an OACK that names a group; to ask for that is a matter of
 * {@link TransferReceiver}.
 *
 * <p>The rules (RFC 2090 §3):
 *
 * <ul>
 *   <li>Blocks are taken in any order, each once. Block numbers do not wrap: a file has 65,535 blocks at most.
 *   <li>The master asks for the first block that it lacks with an ACK of the block before: when it becomes master, when the block
 *       that it asked for has come, and when time is up. Other blocks call for no ACK, so that one ACK and one block go
 *       with each other; but the last block that comes again after some time does, as its ACK was lost. One that comes at once
 *       is a copy that the network has made.
 *   <li>Who is not the master listens. Whatever block is sent shows that the server goes on, also one that is here already. When
 *       nothing comes it sends the request again, and in the end gives up, as a client of its own does.
 *   <li>Whoever has all blocks acknowledges the last one and leaves, master or not.
 *   <li>An OACK makes a client the master, or relieves it, at any time. One of another group is passed over. So is one that
 *       relieves, for each repeated request: it may be the answer to that, and older than the one that made the client
 *       the master (atftpd answers a repeated request so, whoever is master). A server that means it says so
 *       again at the next ACK.
 * </ul>
 *
 * <p>It holds a bit for each block, 8 KiB at most, and no content.
 *
 * <p>Not thread safe.
 *
 * @param <X> what the output may throw, and then comes out of the machine as it is
 */
final class MulticastReceiver<X extends Exception> implements ReceivingMachine<X> {

    /** What the machine sends, and where content goes. */
    interface Output<X extends Exception> {

        /** Receives what is sent to a group. Comes once, before anything else. */
        void join(InetSocketAddress group) throws X;

        /** Sends the request again. */
        void sendOpening() throws X;

        void sendAck(int block) throws X;

        void sendError(TftpErrorCode code, String message) throws X;

        /** Bytes of the file, in any order, each once. */
        void content(ByteBuffer bytes, long position) throws X;
    }

    private static final int MOST_BLOCKS = 0xFFFF;
    /** Fewer than the stray ACKs that a server bears with. */
    private static final int MOST_UNANSWERED = 8;

    /** Sooner no server sends again for want of an ACK. */
    private static final long REPETITION_NANOS = 100_000_000;

    private static final String MANY = "no group takes more than " + MOST_BLOCKS;

    private final TftpOptions asked;
    private final long maxSize;
    private final Retransmission retransmission;
    private final Output<X> output;

    private @Nullable InetSocketAddress group;
    private boolean master;
    private int unansweredRequests;
    private AgreedOptions agreed = AgreedOptions.NONE;

    /** The blocks that are here, by their numbers. */
    private final BitSet blocks = new BitSet();
    /** The first block that is not. */
    private int missing = 1;
    /** The last block of the file; 0 until the server has told its size, or sent the block. */
    private int last;
    /** Bytes of the last block, if the server has told the size. */
    private int lastLength;

    private long bytes;

    /** When the master has asked for a block. */
    private long askedAt;

    private int timeouts;
    private boolean timedOut;
    private long retransmissions;
    /** When what is not answered went out the first time, or a block came the last time. */
    private long silentSince;

    private long deadline = TransferReceiver.NEVER;
    private @Nullable TransferOutcome outcome;

    /**
     * A client that has asked for a group, among other options.
     *
     * @param maxSize the most bytes to take
     * @param retransmission from the OACK on
     */
    MulticastReceiver(TftpOptions asked, long maxSize, Retransmission retransmission, Output<X> output) {
        this.asked = asked;
        this.maxSize = maxSize;
        this.retransmission = retransmission;
        this.output = output;
    }

    // ---- the group

    /**
     * The server took options, and names a group.
     *
     * @param requestsAgain how often the request went out again, and may be answered again
     */
    void begin(TftpOptions taken, long requestsAgain, long now) throws X {
        Optional<TransferOutcome.Failed> refusal = OptionAckCheck.refusalOf(taken, asked, maxSize);
        if (refusal.isPresent()) {
            fail(refusal.get().code(), refusal.get().reason());
            return;
        }
        Optional<Multicast> answer = taken.get(TftpOption.MULTICAST);
        Optional<InetSocketAddress> address = answer.flatMap(Multicast::group);
        if (address.isEmpty()) {
            fail(TftpErrorCode.OPTION_NEGOTIATION, "no group in the options " + Printable.of(taken.toString()));
            return;
        }
        agreed = AgreedOptions.taken(taken);
        Optional<Long> size = taken.get(TftpOption.TRANSFER_SIZE);
        if (size.isPresent()) {
            long lastOfSize = size.get() / agreed.blockSize() + 1;
            if (lastOfSize > MOST_BLOCKS) {
                fail(TftpErrorCode.OPTION_NEGOTIATION, "a group for " + lastOfSize + " blocks; " + MANY);
                return;
            }
            last = (int) lastOfSize;
            lastLength = (int) (size.get() % agreed.blockSize());
        }
        group = address.get();
        unansweredRequests = (int) Math.min(requestsAgain, MOST_UNANSWERED);
        output.join(address.get());
        awaitAnswer(now);
        if (answer.orElseThrow().master()) {
            become(true, now);
        }
    }

    /** The server tells who is master. */
    @Override
    public void optionAck(TftpOptions taken, long now) throws X {
        Optional<Multicast> answer = taken.get(TftpOption.MULTICAST);
        if (outcome != null || answer.isEmpty() || !isOfThisGroup(answer.get())) {
            return;
        }
        if (!answer.get().master() && unansweredRequests > 0) {
            unansweredRequests--;
        } else {
            become(answer.get().master(), now);
        }
    }

    private boolean isOfThisGroup(Multicast answer) {
        return answer.group().isEmpty() || answer.group().get().equals(group);
    }

    private void become(boolean toMaster, long now) throws X {
        if (toMaster && master) {
            retransmissions++; // no new deadline: repeating is not progress
        } else if (toMaster != master) {
            master = toMaster;
            heard(now);
        }
        if (master) {
            askForMissing(now);
        }
    }

    private void askForMissing(long now) throws X {
        askedAt = now;
        output.sendAck(missing - 1);
    }

    // ---- blocks

    /** A block arrived, sent to the group or to this client. */
    @Override
    public void data(int block, ByteBuffer content, long now) throws X {
        if (outcome != null || group == null || block == 0) {
            return;
        }
        if (!blocks.get(block)) {
            take(block, content, now);
        } else if (!master) {
            heard(now);
        } else if (block == missing - 1 && now - askedAt >= REPETITION_NANOS) {
            retransmissions++; // no new deadline: repeating is not progress
            askForMissing(now);
        }
    }

    private void take(int block, ByteBuffer content, long now) throws X {
        int length = content.remaining();
        long position = (block - 1L) * agreed.blockSize();
        if (length > agreed.blockSize()) {
            fail(TftpErrorCode.ILLEGAL_OPERATION, "a block of " + length + " bytes, agreed were " + agreed.blockSize());
        } else if (length > maxSize - position) {
            fail(TftpErrorCode.DISK_FULL, "the file has more than " + maxSize + " bytes, the limit");
        } else if (!fits(block, length)) {
            fail(TftpErrorCode.NOT_DEFINED, "block " + block + " of " + length + " bytes contradicts " + extent());
        } else {
            output.content(content, position);
            blocks.set(block);
            bytes += length;
            if (length < agreed.blockSize()) {
                last = block;
            }
            heard(now);
            goOn(block, now);
        }
    }

    /** All blocks but the last are full, and none is behind it. */
    private boolean fits(int block, int length) {
        if (last == 0) {
            return length == agreed.blockSize() || block >= blocks.length();
        }
        return block < last ? length == agreed.blockSize() : block == last && length == lastLength;
    }

    private String extent() {
        return last == 0 ? "block " + (blocks.length() - 1) + " behind it" : "block " + last + " as the last one";
    }

    private void goOn(int block, long now) throws X {
        boolean wanted = block == missing;
        missing = blocks.nextClearBit(missing);
        if (last > 0 && missing > last) {
            end(new TransferOutcome.Completed());
            askForMissing(now); // none is: the block before it is the last one
        } else if (missing > MOST_BLOCKS) {
            fail(TftpErrorCode.NOT_DEFINED, MANY);
        } else if (wanted && master) {
            askForMissing(now);
        }
    }

    @Override
    public void refused(TftpErrorCode code, String message) {
        if (outcome == null) {
            end(new TransferOutcome.Failed(code, "server: " + Printable.of(message)));
        }
    }

    // ---- time

    @Override
    public void tick(long now) throws X {
        if (outcome != null || now < deadline) {
            return;
        }
        if (timeouts == retransmission.most() || now - silentSince >= retransmission.longestNanos()) {
            timedOut = true;
            end(new TransferOutcome.Failed(
                    TftpErrorCode.NOT_DEFINED,
                    "the server and its group fell silent after " + receivedBlocks() + " blocks, " + timeouts
                            + " retransmissions"));
            return;
        }
        timeouts++;
        retransmissions++;
        awaitAnswer(now);
        if (master) {
            askForMissing(now);
        } else {
            unansweredRequests = Math.min(unansweredRequests + 1, MOST_UNANSWERED);
            output.sendOpening();
        }
    }

    private void heard(long now) {
        timeouts = 0;
        awaitAnswer(now);
    }

    private void awaitAnswer(long now) {
        if (timeouts == 0) {
            silentSince = now;
        }
        deadline = now + retransmission.waitNanos(timeouts, now - silentSince);
    }

    private void fail(TftpErrorCode code, String reason) throws X {
        end(new TransferOutcome.Failed(code, reason));
        output.sendError(code, reason);
    }

    private void end(TransferOutcome how) {
        outcome = how;
        deadline = TransferReceiver.NEVER;
    }

    // ---- state

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
        return group != null;
    }

    boolean isMaster() {
        return master;
    }

    @Override
    public boolean timedOut() {
        return timedOut;
    }

    @Override
    public TftpOptions options() {
        return agreed.answer();
    }

    @Override
    public int lastWireBlock() {
        return missing - 1;
    }

    @Override
    public long receivedBlocks() {
        return blocks.cardinality();
    }

    long receivedBytes() {
        return bytes;
    }

    @Override
    public long retransmissions() {
        return retransmissions;
    }
}
