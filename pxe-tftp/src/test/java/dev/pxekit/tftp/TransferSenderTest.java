package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransferSenderTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long ROUND_TRIP = 1_000_000L;
    private static final Retransmission AGAIN = Retransmission.of(Duration.ofSeconds(1), 3);

    private final List<String> sent = new ArrayList<>();
    private long now = 5 * SECOND;

    private final TransferSender.Output output = new TransferSender.Output() {
        @Override
        public void sendOpening() {
            sent.add("OACK");
        }

        @Override
        public long load(long first, long last) {
            return Math.min(last, end) <= loaded ? Math.min(last, end) : 0;
        }

        @Override
        public void sendData(long first, long last, boolean again) {
            for (long block = first; block <= last; block++) {
                sent.add("DATA " + block);
            }
        }
    };

    /** The last block that can be sent, and the last of the content. */
    private long loaded;

    private long end = Long.MAX_VALUE;

    private void load(TransferSender sender, long block, boolean isLast) {
        loaded = block;
        if (isLast) {
            end = block;
            sender.endsAt(block);
        }
        sender.loaded(now);
    }

    private TransferSender lockStep() {
        return new TransferSender(AgreedOptions.NONE, false, AGAIN, AGAIN, output);
    }

    private TransferSender windowOf(int blocks) {
        TftpOptions answer = TftpOptions.builder()
                .set(TftpOption.TRANSFER_SIZE, 9L)
                .set(TftpOption.WINDOW_SIZE, blocks)
                .build();
        return new TransferSender(agreed(answer, blocks, Optional.empty()), true, AGAIN, AGAIN, output);
    }

    private static AgreedOptions agreed(TftpOptions answer, int window, Optional<Duration> timeout) {
        return new AgreedOptions(answer, 512, window, timeout, Rollover.TO_ZERO);
    }

    /** A sender with everything loaded, whose OACK has been acknowledged. */
    private TransferSender startedWithWindowOf(int blocks, long last) {
        TransferSender sender = windowOf(blocks);
        sender.start(now);
        load(sender, last, true);
        sent.clear();
        now += ROUND_TRIP;
        sender.acknowledged(0, now);
        return sender;
    }

    private List<String> taken() {
        List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    @Test
    void withoutOptionsBeginsWithFirstBlock() {
        TransferSender sender = lockStep();
        sender.start(now);
        assertThat(taken()).isEmpty();
        assertThat(sender.deadline()).isEqualTo(TransferSender.NEVER);
        load(sender, 2, true);
        assertThat(taken()).containsExactly("DATA 1");
        sender.acknowledged(1, now);
        assertThat(taken()).containsExactly("DATA 2");
        sender.acknowledged(2, now);
        assertThat(sender.outcome()).contains(new TransferOutcome.Completed());
        assertThat(sender.deadline()).isEqualTo(TransferSender.NEVER);
    }

    @Test
    void sendsNoContentBeforeOptionAckIsAcknowledged() {
        TransferSender sender = windowOf(2);
        sender.start(now);
        load(sender, 4, false);
        sender.acknowledged(1, now);
        assertThat(taken()).containsExactly("OACK");
        sender.acknowledged(0, now);
        assertThat(taken()).containsExactly("DATA 1", "DATA 2");
    }

    @Test
    void sendsWindowOnlyWhenAllOfItIsLoaded() {
        TransferSender sender = windowOf(3);
        sender.start(now);
        sender.acknowledged(0, now);
        load(sender, 2, false);
        assertThat(taken()).containsExactly("OACK");
        load(sender, 3, false);
        assertThat(taken()).containsExactly("DATA 1", "DATA 2", "DATA 3");
    }

    @Test
    void doesNotRetransmitWhileItWaitsForTheDisk() {
        TransferSender sender = lockStep();
        sender.start(now);
        sender.tick(now + 100 * SECOND);
        assertThat(taken()).isEmpty();
        assertThat(sender.outcome()).isEmpty();
    }

    @Test
    void ackInsideWindowRestartsAfterIt() {
        TransferSender sender = startedWithWindowOf(4, 20);
        taken();
        now += ROUND_TRIP;
        sender.acknowledged(2, now);
        assertThat(taken()).containsExactly("DATA 3", "DATA 4", "DATA 5", "DATA 6");
        assertThat(sender.retransmissions()).isEqualTo(2);
    }

    @Test
    void secondLossInRestartedWindowIsRepairedInTwoRoundTrips() {
        TransferSender sender = startedWithWindowOf(4, 20);
        now += ROUND_TRIP;
        sender.acknowledged(2, now);
        taken();
        now += ROUND_TRIP;
        sender.acknowledged(3, now);
        assertThat(taken()).isEmpty();
        assertThat(sender.deadline()).isEqualTo(now + ROUND_TRIP);
        sender.tick(sender.deadline());
        assertThat(taken()).containsExactly("DATA 4", "DATA 5", "DATA 6", "DATA 7");
    }

    @Test
    void clientThatAcknowledgesEveryBlockDoesNotGetEachBlockManyTimes() {
        TransferSender sender = startedWithWindowOf(8, 1000);
        int arrived = 0;
        long expected = 1;
        while (sender.outcome().isEmpty()) {
            List<String> flight = taken();
            if (flight.isEmpty()) {
                now = sender.deadline();
                sender.tick(now);
                continue;
            }
            now += ROUND_TRIP;
            for (String packet : flight) {
                arrived++;
                if (packet.equals("DATA " + expected)) {
                    sender.acknowledged((int) (expected & 0xFFFF), now);
                    expected++;
                }
            }
        }
        assertThat(sender.outcome()).contains(new TransferOutcome.Completed());
        assertThat(arrived).isLessThanOrEqualTo(2000);
    }

    /** As EDK II does with a window: each block that is not the next one gets an ACK of the last in order. */
    @Test
    void clientThatAnswersEveryUnexpectedBlockDoesNotKeepWindowsDoubled() {
        TransferSender sender = startedWithWindowOf(4, 1000);
        int arrived = 0;
        long received = 0;
        int inWindow = 0;
        boolean lost = false;
        while (sender.outcome().isEmpty()) {
            List<String> flight = taken();
            if (flight.isEmpty()) {
                now = sender.deadline();
                sender.tick(now);
                continue;
            }
            now += ROUND_TRIP;
            for (String packet : flight) {
                if (packet.equals("DATA 10") && !lost) {
                    lost = true;
                    continue;
                }
                arrived++;
                long block = Long.parseLong(packet.substring("DATA ".length()));
                if (block == received + 1) {
                    received++;
                    inWindow++;
                    if (inWindow == 4 || received == 1000) {
                        inWindow = 0;
                        sender.acknowledged((int) received, now);
                    }
                } else {
                    inWindow = 0;
                    sender.acknowledged((int) received, now);
                }
            }
        }
        assertThat(sender.outcome()).contains(new TransferOutcome.Completed());
        assertThat(arrived).isLessThan(1100);
    }

    @Test
    void inLockStepRepeatedAckIsNotAnswered() {
        TransferSender sender = lockStep();
        sender.start(now);
        load(sender, 3, true);
        sender.acknowledged(1, now + ROUND_TRIP);
        taken();
        for (int i = 0; i < 10; i++) {
            sender.acknowledged(1, now + 10 * ROUND_TRIP);
            sender.acknowledged(0, now + 10 * ROUND_TRIP);
        }
        assertThat(taken()).isEmpty();
    }

    /** Loses all packets from the first timeout on: the sender has given up all but the last wait, of 8 seconds. */
    private TransferSender unheardUntilTheLastWait(TransferSender sender) {
        for (int i = 0; i < 3; i++) {
            now = sender.deadline();
            sender.tick(now);
        }
        taken();
        return sender;
    }

    @Test
    void clientThatRepeatsItsAckAfterAnOutageGetsTheBlockAndIsNotGivenUp() {
        TransferSender sender = lockStep();
        sender.start(now);
        load(sender, 3, true);
        sender.acknowledged(1, now);
        unheardUntilTheLastWait(sender);
        now += 4 * SECOND;
        sender.acknowledged(1, now);
        sender.acknowledged(1, now);
        assertThat(taken()).describedAs("not at once: RFC 1123 4.2.3.1").isEmpty();
        assertThat(sender.deadline()).isEqualTo(now + SECOND);
        now = sender.deadline();
        sender.tick(now);
        assertThat(taken()).containsExactly("DATA 2");
        sender.acknowledged(2, now);
        sender.acknowledged(2, now);
        assertThat(taken()).containsExactly("DATA 3");
        sender.acknowledged(3, now);
        assertThat(sender.outcome()).contains(new TransferOutcome.Completed());
    }

    @Test
    void clientThatRepeatsItsAckAfterAnOutageGetsTheWindow() {
        TransferSender sender = startedWithWindowOf(4, 20);
        taken();
        unheardUntilTheLastWait(sender);
        now += 4 * SECOND;
        sender.acknowledged(0, now);
        now = sender.deadline();
        sender.tick(now);
        assertThat(taken()).containsExactly("DATA 1", "DATA 2", "DATA 3", "DATA 4");
    }

    @Test
    void newAckMakesUpForTheRepeatedOneBeforeIt() {
        TransferSender sender = lockStep();
        sender.start(now);
        load(sender, 4, true);
        sender.acknowledged(1, now);
        unheardUntilTheLastWait(sender);
        sender.acknowledged(1, now);
        sender.acknowledged(2, now);
        assertThat(taken()).containsExactly("DATA 3");
        sender.tick(now + SECOND - 1);
        assertThat(taken()).isEmpty();
    }

    @Test
    void clientThatOnlyRepeatsItsAckIsGivenUp() {
        TransferSender sender = lockStep();
        sender.start(now);
        load(sender, 3, true);
        sender.acknowledged(1, now);
        taken();
        while (sender.outcome().isEmpty()) {
            sender.acknowledged(1, now);
            now = sender.deadline();
            sender.tick(now);
        }
        assertThat(taken()).hasSize(6).containsOnly("DATA 2");
        assertThat(sender.outcome())
                .contains(new TransferOutcome.Failed(
                        TftpErrorCode.NOT_DEFINED, "no progress after 6 retransmissions of block 2"));
    }

    @Test
    void silenceHasAnEndWhateverAcksAreRepeated() {
        Retransmission often =
                new Retransmission(SECOND, 1000, Duration.ofSeconds(20).toNanos(), false);
        TransferSender sender = new TransferSender(AgreedOptions.NONE, false, AGAIN, often, output);
        sender.start(now);
        load(sender, 3, true);
        sender.acknowledged(1, now);
        long start = now;
        while (sender.outcome().isEmpty()) {
            sender.acknowledged(1, now);
            now = sender.deadline();
            sender.tick(now);
        }
        assertThat(now - start).isEqualTo(20 * SECOND);
    }

    @Test
    void ackOfNothingIsNoAnswerToTheFirstBlock() {
        TransferSender sender = lockStep();
        sender.start(now);
        load(sender, 3, true);
        taken();
        while (sender.outcome().isEmpty()) {
            sender.acknowledged(0, now);
            now = sender.deadline();
            sender.tick(now);
        }
        assertThat(taken()).hasSize(3).containsOnly("DATA 1");
    }

    @Test
    void withWindowRepeatedAckRestartsItOnceAndNotAtOnce() {
        TransferSender sender = startedWithWindowOf(4, 20);
        now += ROUND_TRIP;
        sender.acknowledged(4, now);
        taken();
        sender.acknowledged(4, now + ROUND_TRIP / 4);
        assertThat(taken()).describedAs("doubled by the network").isEmpty();
        sender.acknowledged(4, now + ROUND_TRIP);
        assertThat(taken()).containsExactly("DATA 5", "DATA 6", "DATA 7", "DATA 8");
        sender.acknowledged(4, now + 3 * ROUND_TRIP);
        sender.acknowledged(4, now + 5 * ROUND_TRIP);
        assertThat(taken()).isEmpty();
    }

    @Test
    void ignoresAcksForWhatWasNotSentOrIsLongPast() {
        TransferSender sender = startedWithWindowOf(4, 20);
        sender.acknowledged(4, now);
        taken();
        for (int stray : new int[] {9, 100, 3, 1, 0, 65535, 32768}) {
            sender.acknowledged(stray, now + 5 * ROUND_TRIP);
        }
        assertThat(taken()).isEmpty();
        assertThat(sender.ackedBlocks()).isEqualTo(4);
    }

    @Test
    void blockNumbersWrapToZero() {
        TransferSender sender = lockStep();
        sender.start(now);
        load(sender, 70_000, true);
        for (int block = 1; block <= 70_000; block++) {
            assertThat(taken()).containsExactly("DATA " + block);
            sender.acknowledged(block & 0xFFFF, now);
        }
        assertThat(sender.outcome()).contains(new TransferOutcome.Completed());
    }

    @Test
    void retransmitsWithBackOffAndGivesUp() {
        TransferSender sender = lockStep();
        sender.start(now);
        load(sender, 2, false);
        assertThat(taken()).containsExactly("DATA 1");
        for (int seconds : new int[] {1, 2, 4}) {
            assertThat(sender.deadline()).isEqualTo(now + seconds * SECOND);
            sender.tick(now + seconds * SECOND - 1);
            assertThat(taken()).isEmpty();
            now += seconds * SECOND;
            sender.tick(now);
            assertThat(taken()).containsExactly("DATA 1");
        }
        assertThat(sender.isStalled()).describedAs("nothing ever arrived").isFalse();
        sender.tick(now + 8 * SECOND);
        assertThat(sender.outcome())
                .contains(new TransferOutcome.Failed(
                        TftpErrorCode.NOT_DEFINED, "no answer after 3 retransmissions of block 1"));
    }

    @Test
    void retransmitsTheLastWindowAfterTimeoutAndForgetsTheBackOffAfterAnAck() {
        TransferSender sender = startedWithWindowOf(2, 20);
        sender.acknowledged(2, now);
        taken();
        sender.tick(now += SECOND);
        sender.tick(now += 2 * SECOND);
        assertThat(taken()).containsExactly("DATA 3", "DATA 4", "DATA 3", "DATA 4");
        assertThat(sender.isStalled()).isTrue();
        sender.acknowledged(4, now);
        assertThat(sender.isStalled()).isFalse();
        assertThat(sender.deadline()).isEqualTo(now + SECOND);
    }

    @Test
    void retransmitsOnlyTheOptionAckToClientThatNeverAnswers() {
        TransferSender sender = windowOf(64);
        sender.start(now);
        load(sender, 128, false);
        while (sender.outcome().isEmpty()) {
            now = sender.deadline();
            sender.tick(now);
        }
        assertThat(taken()).containsOnly("OACK").hasSize(4);
    }

    @Test
    void errorAfterOptionAckWithSizeIsProbe() {
        TransferSender sender = windowOf(4);
        sender.start(now);
        sender.refused(TftpErrorCode.OPTION_NEGOTIATION, "User aborted the transfer");
        assertThat(sender.outcome()).contains(new TransferOutcome.Probe());
    }

    @Test
    void errorAmidTheContentIsFailure() {
        TransferSender sender = startedWithWindowOf(4, 20);
        sender.refused(TftpErrorCode.DISK_FULL, "no\nroom");
        assertThat(sender.outcome()).contains(new TransferOutcome.Failed(TftpErrorCode.DISK_FULL, "client: no?room"));
        taken();
        sender.acknowledged(4, now);
        load(sender, 20, true);
        sender.tick(now + 100 * SECOND);
        assertThat(taken()).isEmpty();
    }

    @Test
    void survivesAnySequenceOfInputs() {
        Random random = new Random(7440);
        for (int round = 0; round < 2000; round++) {
            int window = 1 + random.nextInt(8);
            TransferSender sender = random.nextBoolean() ? windowOf(window) : lockStep();
            long last = 1L + random.nextInt(100);
            loaded = 0;
            end = Long.MAX_VALUE;
            long inputs = 0;
            sender.start(now);
            for (; inputs < 200 && sender.outcome().isEmpty(); inputs++) {
                now += random.nextInt(3) == 0 ? SECOND : random.nextInt(1_000_000);
                switch (random.nextInt(8)) {
                    case 0 -> sender.tick(now);
                    case 1 -> {
                        long more = Math.min(last, loaded + random.nextInt(window) + 1);
                        load(sender, more, more == last);
                    }
                    case 2 -> sender.acknowledged(random.nextInt(65536), now);
                    default -> sender.acknowledged((int) sender.ackedBlocks() + random.nextInt(window + 1), now);
                }
                assertThat(sender.ackedBlocks()).isBetween(0L, loaded);
            }
            assertThat(taken()).hasSizeLessThanOrEqualTo((int) (inputs + 1) * 8);
        }
    }

    @Test
    void clientThatHasNotAnsweredIsGivenUpSoonWhateverTimeoutItAskedFor() {
        TftpOptions answer = TftpOptions.builder()
                .set(TftpOption.TIMEOUT, Duration.ofSeconds(255))
                .build();
        AgreedOptions agreed = agreed(answer, 1, Optional.of(Duration.ofSeconds(255)));
        ServerLimits limits = ServerLimits.DEFAULT;
        TransferSender sender =
                new TransferSender(agreed, true, limits.untilFirstAck(), limits.afterFirstAck(agreed), output);
        long start = now;
        sender.start(now);
        while (sender.outcome().isEmpty()) {
            now = sender.deadline();
            sender.tick(now);
        }
        assertThat(now - start).isEqualTo(10 * SECOND);
        assertThat(sent).containsExactly("OACK", "OACK", "OACK", "OACK");
    }

    @Test
    void timeoutOfTheClientCountsFromItsFirstAckOnAndSilenceHasAnEnd() {
        TftpOptions answer = TftpOptions.builder()
                .set(TftpOption.TIMEOUT, Duration.ofSeconds(255))
                .build();
        AgreedOptions agreed = agreed(answer, 1, Optional.of(Duration.ofSeconds(255)));
        ServerLimits limits = ServerLimits.DEFAULT;
        TransferSender sender =
                new TransferSender(agreed, true, limits.untilFirstAck(), limits.afterFirstAck(agreed), output);
        sender.start(now);
        sender.acknowledged(0, now);
        load(sender, 1, true);
        assertThat(sender.deadline()).isEqualTo(now + 120 * SECOND);
        now = sender.deadline();
        sender.tick(now);
        assertThat(sender.outcome()).isPresent();
    }

    private TransferSender adapting(AgreedOptions agreed) {
        TransferSender sender = new TransferSender(agreed, false, AGAIN, AGAIN.adapting(), output);
        sender.start(now);
        load(sender, 100, false);
        return sender;
    }

    @Test
    void waitsAsLongAsTheAnswersOfTheClientTake() {
        TransferSender sender = adapting(AgreedOptions.NONE);
        assertThat(sender.deadline()).isEqualTo(now + SECOND);
        for (int block = 1; block <= 50; block++) {
            now += SECOND / 2;
            sender.acknowledged(block, now);
        }
        assertThat(sender.deadline() - now).isBetween(SECOND / 2, SECOND * 6 / 10);
        long first = sender.deadline() - now;
        now = sender.deadline();
        sender.tick(now);
        assertThat(sender.deadline() - now).isEqualTo(2 * first);
    }

    @Test
    void answerToWhatWasSentTwiceSaysNothingOfTheTimeItTook() {
        TransferSender sender = adapting(AgreedOptions.NONE);
        sender.acknowledged(1, now += SECOND / 4);
        long usual = sender.deadline() - now;
        now = sender.deadline();
        sender.tick(now);
        sender.acknowledged(2, now += 3 * SECOND);
        assertThat(sender.deadline() - now).isEqualTo(usual);
    }

    @Test
    void blockNumbersWrapToOneWhereThatIsAgreed() {
        TransferSender sender = new TransferSender(
                new AgreedOptions(TftpOptions.none(), 512, 1, Optional.empty(), Rollover.TO_ONE),
                false,
                AGAIN,
                AGAIN,
                output);
        sender.start(now);
        load(sender, 70_000, true);
        for (int block = 1; block <= 70_000; block++) {
            assertThat(taken()).containsExactly("DATA " + block);
            sender.acknowledged(block <= 65_535 ? block : block - 65_535, now);
        }
        assertThat(sender.outcome()).contains(new TransferOutcome.Completed());
    }

    @Test
    void whatCouldNotBeSentIsSentAgainAtOnce() {
        TransferSender sender = startedWithWindowOf(4, 20);
        taken();
        sender.resend(now);
        assertThat(taken()).containsExactly("DATA 1", "DATA 2", "DATA 3", "DATA 4");
        sender.acknowledged(4, now);
        assertThat(taken()).containsExactly("DATA 5", "DATA 6", "DATA 7", "DATA 8");
    }

    @Test
    void windowOfClientThatOpensIsWhatTheAnswerSays() {
        TransferSender sender = new TransferSender(AgreedOptions.NONE, true, AGAIN, AGAIN, output);
        sender.start(now);
        load(sender, 10, true);
        assertThat(taken()).containsExactly("OACK");
        sender.agree(agreed(TftpOptions.none(), 3, Optional.empty()));
        sender.acknowledged(0, now);
        assertThat(taken()).containsExactly("DATA 1", "DATA 2", "DATA 3");
    }
}
