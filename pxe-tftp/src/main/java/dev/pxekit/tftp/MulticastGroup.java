package dev.pxekit.tftp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The clients that receive a file together (RFC 2090 §3), as a pure state machine: requests, ACKs and ticks in, packets and a
 * deadline out. It has no clock, no socket and no content. Files have 65,535 blocks at most, so block numbers do not wrap.
 *
 * <p>The rules, beyond those of the RFC:
 *
 * <ul>
 *   <li>The oldest member is the master. Its ACK of block n asks for block n + 1, which may be any that it lacks. An ACK that
 *       asks for no later block than the one before is not answered (RFC 1123 §4.2.3.1, the Sorcerer's Apprentice).
 *   <li>A block that the master does not answer is sent again as in any other transfer. But if others wait, a master that does not
 *       answer a repetition either goes to the end of the line and the next one takes over. One that has not answered
 *       so often as its retransmissions allow, over all its turns, is given up.
 *   <li>Any member that acknowledges the last block has the file. Other ACKs of one who is not the master are answered with an OACK
 *       that says so, a few times; then with an ERROR. ACK 0 is not: some clients answer each OACK.
 *   <li>A member that is not the master does not answer the OACK. If it asks again it gets it again, a few times.
 *   <li>Every OACK has the address: atftp takes one without for an error, though the RFC allows it.
 * </ul>
 *
 * Not thread safe: used from one event loop.
 */
final class MulticastGroup {

    /** The blocks, for all members. */
    interface Content {

        /**
         * Makes a block ready to be sent; no other is needed any more.
         *
         * @return whether it is; if not, {@link MulticastGroup#loaded} follows
         */
        boolean load(long block);

        /** Sends a block that is ready to all members. */
        void send(long block);
    }

    /** The way to one member. */
    interface Contact {

        void sendOptionAck(boolean master);

        void sendError(TftpErrorCode code, String reason);

        /** The member has become master, or its transfer has ended, or there is another deadline. */
        void changed();
    }

    /** Repetitions of a master that does not answer, while others wait. */
    private static final int PATIENCE = 1;

    private static final int MOST_STRAY_ACKS = 16;
    private static final int MOST_REMINDERS = 3;

    private final long last;
    private final Content content;
    private final Deque<Member> members = new ArrayDeque<>();

    /** The first of the members. */
    private @Nullable Member master;

    private boolean awaitsFirstAck;
    private boolean awaitsLoad;
    private int repetitions;
    private long sentAt;
    /** When what is not answered went out the first time. */
    private long silentSince;

    private long deadline = TransferSender.NEVER;

    /** One client. Its values are for reading; the group changes them. */
    static final class Member {

        private final Contact contact;
        private final boolean probeable;
        private final Retransmission untilFirstAck;
        private final Retransmission afterFirstAck;
        private final RoundTripTime roundTrip = new RoundTripTime();
        private boolean proven;
        private long acked;
        private int unanswered;
        private int strayAcks;
        private int reminders;
        private long retransmissions;
        private @Nullable TransferOutcome outcome;

        /**
         * @param probeable whether the client may be after the size only, and end the transfer with an ERROR
         * @param untilFirstAck when to send again to a client that has not acknowledged anything
         * @param afterFirstAck when to send again from then on
         */
        Member(Contact contact, boolean probeable, Retransmission untilFirstAck, Retransmission afterFirstAck) {
            this.contact = contact;
            this.probeable = probeable;
            this.untilFirstAck = untilFirstAck;
            this.afterFirstAck = afterFirstAck;
        }

        private Retransmission retransmission() {
            return proven ? afterFirstAck : untilFirstAck;
        }

        /** Blocks that the client is known to have, all from the first on. */
        long ackedBlocks() {
            return acked;
        }

        /** Packets that were sent more than once while this was the master, and its OACKs. */
        long retransmissions() {
            return retransmissions;
        }

        /** How the transfer ended; empty while it runs. */
        Optional<TransferOutcome> outcome() {
            return Optional.ofNullable(outcome);
        }
    }

    /** @param last the number of the last block, 1..65535 */
    MulticastGroup(long last, Content content) {
        this.last = last;
        this.content = content;
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    // ---- members come and go

    void join(Member member, long now) {
        members.addLast(member);
        if (master == null) {
            elect(now);
        } else {
            member.contact.sendOptionAck(false);
        }
    }

    /** A member is no longer to be served; nothing is said to it. */
    void leave(Member member, long now) {
        if (members.remove(member) && member == master) {
            master = null;
            deadline = TransferSender.NEVER;
            elect(now);
        }
    }

    /** The request of a member came once more: it may have missed the answer. */
    void askedAgain(Member member) {
        if (member.outcome == null && member != master && !member.proven && member.reminders < MOST_REMINDERS) {
            member.reminders++;
            member.retransmissions++;
            member.contact.sendOptionAck(false);
        }
    }

    /** A member ended its transfer. */
    void refused(Member member, TftpErrorCode code, String message, long now) {
        end(
                member,
                member.probeable && !member.proven && TransferSender.isAbort(code)
                        ? new TransferOutcome.Probe()
                        : new TransferOutcome.Failed(code, "client: " + Printable.of(message)),
                now);
    }

    /** Ends the transfers of all members, for a reason of the server's. */
    void fail(TftpErrorCode code, String reason) {
        List<Member> all = List.copyOf(members);
        members.clear();
        master = null;
        deadline = TransferSender.NEVER;
        for (Member member : all) {
            member.outcome = new TransferOutcome.Failed(code, reason);
            member.contact.sendError(code, reason);
            member.contact.changed();
        }
    }

    private void end(Member member, TransferOutcome how, long now) {
        if (member.outcome == null) {
            member.outcome = how;
            leave(member, now);
            member.contact.changed();
        }
    }

    private void elect(long now) {
        Member next = members.peekFirst();
        master = next;
        if (next != null) {
            awaitsFirstAck = true;
            awaitsLoad = false;
            repetitions = 0;
            next.contact.sendOptionAck(true);
            awaitAnswer(next, now);
            next.contact.changed();
        }
    }

    // ---- blocks

    void acknowledged(Member member, int block, long now) {
        if (member.outcome != null || block > last) {
            return;
        }
        if (member != master) {
            acknowledgedOutOfTurn(member, block, now);
        } else if (awaitsFirstAck || block > member.acked) {
            if (repetitions == 0 && !awaitsLoad) {
                member.roundTrip.sample(now - sentAt);
            }
            awaitsFirstAck = false;
            repetitions = 0;
            member.proven = true;
            member.unanswered = 0;
            member.strayAcks = 0;
            member.acked = Math.max(member.acked, block);
            goOn(member, now);
        }
    }

    private void acknowledgedOutOfTurn(Member member, int block, long now) {
        if (block == last) {
            member.acked = last;
            end(member, new TransferOutcome.Completed(), now);
        } else if (block == 0) {
            member.proven = true;
        } else if (++member.strayAcks <= MOST_STRAY_ACKS) {
            member.contact.sendOptionAck(false);
        } else {
            String reason = "acknowledges blocks though it is not the master";
            member.contact.sendError(TftpErrorCode.ILLEGAL_OPERATION, reason);
            end(member, new TransferOutcome.Failed(TftpErrorCode.ILLEGAL_OPERATION, reason), now);
        }
    }

    private void goOn(Member member, long now) {
        if (member.acked == last) {
            end(member, new TransferOutcome.Completed(), now);
            return;
        }
        awaitsLoad = !content.load(member.acked + 1);
        if (awaitsLoad) {
            deadline = TransferSender.NEVER;
        } else {
            content.send(member.acked + 1);
            awaitAnswer(member, now);
        }
    }

    /** What {@link Content#load} did not have may be there now: it is asked again. */
    void loaded(long now) {
        Member waiting = master;
        if (awaitsLoad && waiting != null) {
            goOn(waiting, now);
            waiting.contact.changed();
        }
    }

    // ---- time

    /** The time has come, or not yet: does nothing before the {@link #deadline}. */
    void tick(long now) {
        Member silent = master;
        if (silent == null || now < deadline) {
            return;
        }
        silent.unanswered++;
        Retransmission again = silent.retransmission();
        if (silent.unanswered > again.most() || now - silentSince >= again.longestNanos()) {
            end(
                    silent,
                    new TransferOutcome.Failed(
                            TftpErrorCode.NOT_DEFINED,
                            "no answer after " + (silent.unanswered - 1) + " retransmissions"),
                    now);
        } else if (repetitions == PATIENCE && members.size() > 1) {
            members.addLast(members.removeFirst());
            if (silent.proven) {
                silent.contact.sendOptionAck(false);
            }
            elect(now);
        } else {
            repetitions++;
            silent.retransmissions++;
            if (awaitsFirstAck) {
                silent.contact.sendOptionAck(true);
            } else {
                content.send(silent.acked + 1);
            }
            awaitAnswer(silent, now);
        }
    }

    private void awaitAnswer(Member member, long now) {
        sentAt = now;
        if (repetitions == 0) {
            silentSince = now;
        }
        deadline = now + member.retransmission().waitNanos(member.roundTrip, repetitions, now - silentSince);
    }

    /** When {@link #tick} has something to do for this member; {@link TransferSender#NEVER} if it has not. */
    long deadline(Member member) {
        return member == master ? deadline : TransferSender.NEVER;
    }

    /** Whether a member that was acknowledging has fallen silent. */
    boolean isStalled(Member member) {
        return member == master && repetitions > 0 && member.acked > 0;
    }
}
