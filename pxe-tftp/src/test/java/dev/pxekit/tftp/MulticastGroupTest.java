package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MulticastGroupTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long ROUND_TRIP = 1_000_000L;
    private static final Retransmission UNPROVEN = Retransmission.of(Duration.ofSeconds(1), 3);
    private static final Retransmission PROVEN = Retransmission.of(Duration.ofSeconds(2), 5);

    private final List<String> sent = new ArrayList<>();
    private boolean loaded = true;
    private long now = 7 * SECOND;

    private final MulticastGroup group = new MulticastGroup(5, new MulticastGroup.Content() {
        @Override
        public boolean load(long block) {
            return loaded;
        }

        @Override
        public void send(long block) {
            sent.add("DATA " + block);
        }
    });

    /** A member that notes what it gets as "name: packet". */
    private MulticastGroup.Member member(String name) {
        return new MulticastGroup.Member(
                new MulticastGroup.Contact() {
                    @Override
                    public void sendOptionAck(boolean master) {
                        sent.add(name + ": OACK " + (master ? 1 : 0));
                    }

                    @Override
                    public void sendError(TftpErrorCode code, String reason) {
                        sent.add(name + ": ERROR " + code.value());
                    }

                    @Override
                    public void changed() {}
                },
                true,
                UNPROVEN,
                PROVEN);
    }

    private MulticastGroup.Member joined(String name) {
        MulticastGroup.Member member = member(name);
        group.join(member, now);
        return member;
    }

    private void ack(MulticastGroup.Member member, int... blocks) {
        for (int block : blocks) {
            now += ROUND_TRIP;
            group.acknowledged(member, block, now);
        }
    }

    private List<String> taken() {
        List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    /** Lets the time of the next deadline come. */
    private List<String> afterTimeout(MulticastGroup.Member master) {
        assertThat(group.deadline(master)).isNotEqualTo(TransferSender.NEVER);
        now = group.deadline(master);
        group.tick(now);
        return taken();
    }

    @Test
    void firstMemberIsMasterAndAsksForBlockAfterBlock() {
        MulticastGroup.Member a = joined("a");
        assertThat(taken()).containsExactly("a: OACK 1");
        ack(a, 0, 1, 2, 3, 4);
        assertThat(taken()).containsExactly("DATA 1", "DATA 2", "DATA 3", "DATA 4", "DATA 5");
        ack(a, 5);
        assertThat(a.outcome()).contains(new TransferOutcome.Completed());
        assertThat(taken()).isEmpty();
        assertThat(group.isEmpty()).isTrue();
        assertThat(group.deadline(a)).isEqualTo(TransferSender.NEVER);
    }

    @Test
    void blocksGoOutOnceForMembersThatJoinBeforeTheFirst() {
        MulticastGroup.Member a = joined("a");
        MulticastGroup.Member b = joined("b");
        MulticastGroup.Member c = joined("c");
        assertThat(taken()).containsExactly("a: OACK 1", "b: OACK 0", "c: OACK 0");
        ack(a, 0, 1, 2, 3, 4, 5);
        assertThat(taken()).containsExactly("DATA 1", "DATA 2", "DATA 3", "DATA 4", "DATA 5", "b: OACK 1");
        ack(b, 5);
        assertThat(taken()).containsExactly("c: OACK 1");
        ack(c, 5);
        assertThat(List.of(a, b, c))
                .allMatch(member -> member.outcome().equals(Optional.of(new TransferOutcome.Completed())));
        assertThat(group.isEmpty()).isTrue();
    }

    @Test
    void lateJoinerGetsOnlyWhatItMissed() {
        MulticastGroup.Member a = joined("a");
        ack(a, 0, 1, 2);
        MulticastGroup.Member late = joined("late");
        ack(a, 3, 4, 5);
        taken();
        ack(late, 0, 1, 2); // blocks 4 and 5 it has
        assertThat(taken()).containsExactly("DATA 1", "DATA 2", "DATA 3");
        ack(late, 5);
        assertThat(late.outcome()).contains(new TransferOutcome.Completed());
        assertThat(late.ackedBlocks()).isEqualTo(5);
    }

    @Test
    void masterMayAskForLaterBlock() {
        MulticastGroup.Member a = joined("a");
        MulticastGroup.Member b = joined("b");
        ack(a, 0, 1, 2, 3, 4, 5);
        taken();
        ack(b, 1, 4);
        assertThat(taken()).containsExactly("DATA 2", "DATA 5");
        assertThat(b.outcome()).isEmpty();
    }

    @Test
    void repeatedAndOlderAcksAreNotAnswered() {
        MulticastGroup.Member a = joined("a");
        ack(a, 0, 1, 2);
        taken();
        ack(a, 2, 1, 0, 2);
        assertThat(taken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 65535})
    void acksForWhatDoesNotExistAreIgnored(int block) {
        MulticastGroup.Member a = joined("a");
        MulticastGroup.Member b = joined("b");
        taken();
        ack(a, block);
        ack(b, block);
        assertThat(taken()).isEmpty();
        ack(a, 0, block);
        assertThat(taken()).containsExactly("DATA 1");
        assertThat(a.outcome()).isEmpty();
    }

    @Test
    void lostBlockIsSentAgainAfterTimeout() {
        MulticastGroup.Member a = joined("a");
        ack(a, 0, 1);
        taken();
        assertThat(group.deadline(a)).isEqualTo(now + 2 * SECOND);
        group.tick(now + 2 * SECOND - 1);
        assertThat(taken()).isEmpty();
        assertThat(afterTimeout(a)).containsExactly("DATA 2");
        assertThat(group.deadline(a)).isEqualTo(now + 4 * SECOND);
        assertThat(a.retransmissions()).isEqualTo(1);
        ack(a, 2);
        assertThat(taken()).containsExactly("DATA 3");
        assertThat(group.deadline(a)).isEqualTo(now + 2 * SECOND);
    }

    @Test
    void loneMasterThatFallsSilentIsGivenUpAfterItsRetransmissions() {
        MulticastGroup.Member a = joined("a");
        ack(a, 0);
        taken();
        for (int i = 0; i < 5; i++) {
            assertThat(afterTimeout(a)).containsExactly("DATA 1");
        }
        assertThat(group.isStalled(a)).isFalse(); // it has no block yet
        assertThat(afterTimeout(a)).isEmpty();
        assertThat(a.outcome())
                .contains(new TransferOutcome.Failed(TftpErrorCode.NOT_DEFINED, "no answer after 5 retransmissions"));
        assertThat(group.isEmpty()).isTrue();
    }

    @Test
    void oneThatNeverAnsweredGetsThreeRetransmissionsWhateverItAskedFor() {
        MulticastGroup.Member a = joined("a");
        taken();
        for (int i = 0; i < 3; i++) {
            assertThat(afterTimeout(a)).containsExactly("a: OACK 1");
        }
        assertThat(afterTimeout(a)).isEmpty();
        assertThat(a.outcome())
                .contains(new TransferOutcome.Failed(TftpErrorCode.NOT_DEFINED, "no answer after 3 retransmissions"));
    }

    @Test
    void masterThatDiesGivesWayToNextWhichGoesOnFromWhatItHas() {
        MulticastGroup.Member a = joined("a");
        MulticastGroup.Member b = joined("b");
        ack(a, 0, 1, 2);
        taken();
        assertThat(afterTimeout(a)).containsExactly("DATA 3");
        assertThat(group.isStalled(a)).isTrue();
        assertThat(afterTimeout(a)).containsExactly("a: OACK 0", "b: OACK 1");
        assertThat(group.deadline(a)).isEqualTo(TransferSender.NEVER);
        ack(b, 2, 3, 4, 5);
        assertThat(taken()).containsExactly("DATA 3", "DATA 4", "DATA 5", "a: OACK 1");
        assertThat(b.outcome()).contains(new TransferOutcome.Completed());
        // The first one was only slow.
        ack(a, 5);
        assertThat(a.outcome()).contains(new TransferOutcome.Completed());
    }

    @Test
    void membersThatAreAllDeadTakeTurnsAndAreGivenUp() {
        MulticastGroup.Member a = joined("a");
        MulticastGroup.Member b = joined("b");
        taken();
        List<String> packets = new ArrayList<>();
        long begun = now;
        while (!group.isEmpty()) {
            packets.addAll(afterTimeout(group.deadline(a) == TransferSender.NEVER ? b : a));
        }
        assertThat(packets)
                .containsExactly(
                        "a: OACK 1", "b: OACK 1", "b: OACK 1", "a: OACK 1", "a: OACK 1", "b: OACK 1", "b: OACK 1");
        assertThat(a.outcome()).isPresent();
        assertThat(b.outcome()).isPresent();
        assertThat(now - begun).isLessThan(20 * SECOND);
    }

    @Test
    void masterThatLeavesGivesWayAtOnce() {
        MulticastGroup.Member a = joined("a");
        MulticastGroup.Member b = joined("b");
        ack(a, 0, 1);
        taken();
        group.refused(a, TftpErrorCode.DISK_FULL, "no space", now);
        assertThat(taken()).containsExactly("b: OACK 1");
        assertThat(a.outcome()).contains(new TransferOutcome.Failed(TftpErrorCode.DISK_FULL, "client: no space"));
        group.leave(b, now);
        assertThat(group.isEmpty()).isTrue();
        assertThat(taken()).isEmpty();
    }

    @Test
    void memberThatLeavesInLineIsNotAskedAnyMore() {
        MulticastGroup.Member a = joined("a");
        MulticastGroup.Member b = joined("b");
        MulticastGroup.Member c = joined("c");
        group.refused(b, TftpErrorCode.NOT_DEFINED, "enough", now);
        taken();
        ack(a, 5);
        assertThat(taken()).containsExactly("c: OACK 1");
        ack(c, 5);
        assertThat(group.isEmpty()).isTrue();
    }

    @Test
    void memberMayAcknowledgeLastBlockOutOfTurn() {
        MulticastGroup.Member a = joined("a");
        MulticastGroup.Member b = joined("b");
        ack(a, 0, 1, 2, 3, 4);
        taken();
        ack(b, 5);
        assertThat(b.outcome()).contains(new TransferOutcome.Completed());
        assertThat(taken()).isEmpty();
        ack(a, 5);
        assertThat(group.isEmpty()).isTrue();
    }

    @Test
    void acksOfOneWhoIsNotMasterMoveNothingAndEndWithAnError() {
        MulticastGroup.Member a = joined("a");
        MulticastGroup.Member b = joined("b");
        ack(a, 0, 1);
        taken();
        for (int i = 0; i < 16; i++) {
            ack(b, 1 + i % 4);
            assertThat(taken()).containsExactly("b: OACK 0");
        }
        ack(b, 3);
        assertThat(taken()).containsExactly("b: ERROR 4");
        assertThat(b.outcome()).containsInstanceOf(TransferOutcome.Failed.class);
        ack(b, 3);
        assertThat(taken()).isEmpty();
        ack(a, 2);
        assertThat(taken()).containsExactly("DATA 3");
    }

    @Test
    void answerToOptionAckOfOneWhoIsNotMasterIsNotAnswered() {
        joined("a");
        MulticastGroup.Member b = joined("b");
        taken();
        ack(b, 0, 0, 0);
        assertThat(taken()).isEmpty();
    }

    @Test
    void requestThatComesAgainIsAnsweredAgainAFewTimes() {
        MulticastGroup.Member a = joined("a");
        MulticastGroup.Member b = joined("b");
        taken();
        for (int i = 0; i < 5; i++) {
            group.askedAgain(a); // its own OACK has a timeout
            group.askedAgain(b);
        }
        assertThat(taken()).containsExactly("b: OACK 0", "b: OACK 0", "b: OACK 0");
        assertThat(b.retransmissions()).isEqualTo(3);
    }

    @Test
    void waitsForDiskWithoutDeadline() {
        MulticastGroup.Member a = joined("a");
        loaded = false;
        ack(a, 0);
        assertThat(taken()).containsExactly("a: OACK 1");
        assertThat(group.deadline(a)).isEqualTo(TransferSender.NEVER);
        loaded = true;
        group.loaded(now);
        assertThat(taken()).containsExactly("DATA 1");
        group.loaded(now);
        assertThat(taken()).isEmpty();
    }

    @Test
    void blockForMasterThatLeftWhileItWasReadIsNotSent() {
        MulticastGroup.Member a = joined("a");
        MulticastGroup.Member b = joined("b");
        loaded = false;
        ack(a, 0);
        group.leave(a, now);
        loaded = true;
        taken();
        group.loaded(now);
        assertThat(taken()).isEmpty();
        ack(b, 3);
        assertThat(taken()).containsExactly("DATA 4");
    }

    @Test
    void clientThatIsAfterTheSizeIsAProbe() {
        MulticastGroup.Member a = joined("a");
        group.refused(a, TftpErrorCode.OPTION_NEGOTIATION, "size known", now);
        assertThat(a.outcome()).contains(new TransferOutcome.Probe());
    }

    @Test
    void failureOfServerEndsAll() {
        MulticastGroup.Member a = joined("a");
        MulticastGroup.Member b = joined("b");
        taken();
        group.fail(TftpErrorCode.NOT_DEFINED, "cannot read the file");
        assertThat(taken()).containsExactly("a: ERROR 0", "b: ERROR 0");
        assertThat(List.of(a, b)).allMatch(member -> member.outcome().isPresent());
        assertThat(group.isEmpty()).isTrue();
    }

    @Test
    void groupThatWasEmptyBeginsAgain() {
        MulticastGroup.Member a = joined("a");
        ack(a, 5);
        MulticastGroup.Member b = joined("b");
        taken();
        ack(b, 0, 1);
        assertThat(taken()).containsExactly("DATA 1", "DATA 2");
    }
}
