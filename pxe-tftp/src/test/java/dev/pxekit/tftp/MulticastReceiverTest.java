package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MulticastReceiverTest {

    private static final long SECOND = 1_000_000_000L;
    private static final String GROUP = "239.255.0.1,1758";
    private static final int SIZE = 8;
    private static final byte[] CONTENT = RandomFiles.bytes(1, 4 * SIZE + 3);
    private static final int LAST = 5;

    private final List<String> sent = new ArrayList<>();
    private final ByteBuffer stored = ByteBuffer.allocate(0x10000 * SIZE);
    private long now = 5 * SECOND;
    private MulticastReceiver<RuntimeException> receiver = receiver(Long.MAX_VALUE);

    private MulticastReceiver<RuntimeException> receiver(long maxSize) {
        TftpOptions asked = TftpOptions.builder()
                .set(TftpOption.BLOCK_SIZE, SIZE)
                .set(TftpOption.TRANSFER_SIZE, 0L)
                .set("multicast", "")
                .build();
        Retransmission again = Retransmission.of(Duration.ofSeconds(1), 2);
        return new MulticastReceiver<>(asked, maxSize, again, new MulticastReceiver.Output<>() {
            @Override
            public void join(InetSocketAddress group) {
                sent.add("join " + group.getAddress().getHostAddress() + " " + group.getPort());
            }

            @Override
            public void sendOpening() {
                sent.add("RRQ");
            }

            @Override
            public void sendAck(int block) {
                sent.add("ACK " + block);
            }

            @Override
            public void sendError(TftpErrorCode code, String message) {
                sent.add("ERROR " + code.value());
            }

            @Override
            public void content(ByteBuffer bytes, long position) {
                stored.put(Math.toIntExact(position), bytes, bytes.position(), bytes.remaining());
            }
        });
    }

    private List<String> taken() {
        List<String> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    /** An OACK: the block size, the value of {@code multicast}, and the size if there is one. */
    private void optionAck(String multicast, String... size) {
        TftpOptions.Builder options =
                TftpOptions.builder().set(TftpOption.BLOCK_SIZE, SIZE).set("multicast", multicast);
        if (size.length > 0) {
            options.set("tsize", size[0]);
        }
        if (receiver.isAnswered() || receiver.outcome().isPresent()) {
            receiver.optionAck(options.build(), now);
        } else {
            receiver.begin(options.build(), 0, now);
        }
    }

    private void joined(String master) {
        optionAck(GROUP + "," + master, Integer.toString(CONTENT.length));
        taken();
    }

    private void blocks(int... numbers) {
        for (int number : numbers) {
            now += 1000;
            int from = Math.min((number - 1) * SIZE, CONTENT.length);
            receiver.data(
                    number,
                    ByteBuffer.wrap(Arrays.copyOfRange(CONTENT, from, Math.min(from + SIZE, CONTENT.length))),
                    now);
        }
    }

    private void block(int number, int length) {
        receiver.data(number, ByteBuffer.allocate(length), now);
    }

    private List<String> afterTimeout() {
        receiver.tick(receiver.deadline() - 1);
        assertThat(taken()).isEmpty();
        now = receiver.deadline();
        receiver.tick(now);
        return taken();
    }

    private void assertCompleted() {
        assertThat(receiver.outcome()).contains(new TransferOutcome.Completed());
        assertThat(receiver.receivedBytes()).isEqualTo(CONTENT.length);
        assertThat(receiver.receivedBlocks()).isEqualTo(LAST);
        assertThat(receiver.lastWireBlock()).isEqualTo(LAST);
        assertThat(receiver.deadline()).isEqualTo(TransferReceiver.NEVER);
        assertThat(Arrays.copyOf(stored.array(), CONTENT.length)).isEqualTo(CONTENT);
    }

    private void assertFailed(TftpErrorCode code, String reason) {
        assertThat(receiver.outcome()).hasValueSatisfying(outcome -> {
            TransferOutcome.Failed failed = (TransferOutcome.Failed) outcome;
            assertThat(failed.code()).isEqualTo(code);
            assertThat(failed.reason()).contains(reason);
        });
        assertThat(taken()).containsExactly("ERROR " + code.value());
        assertThat(receiver.deadline()).isEqualTo(TransferReceiver.NEVER);
    }

    @Test
    void masterJoinsAndAsksForBlockAfterBlock() {
        optionAck(GROUP + ",1", Integer.toString(CONTENT.length));
        assertThat(taken()).containsExactly("join 239.255.0.1 1758", "ACK 0");
        blocks(1, 2, 3, 4, 5);
        assertThat(taken()).containsExactly("ACK 1", "ACK 2", "ACK 3", "ACK 4", "ACK 5");
        assertCompleted();
        assertThat(receiver.retransmissions()).isZero();
    }

    @Test
    void theShortBlockIsTheLastWhereTheSizeIsNotTold() {
        optionAck(GROUP + ",1");
        blocks(1, 2, 3, 4, 5);
        assertCompleted();
    }

    @Test
    void oneWhoIsNotMasterListensAndEndsWithAnAck() {
        optionAck(GROUP + ",0");
        assertThat(taken()).containsExactly("join 239.255.0.1 1758");
        blocks(1, 2, 3, 4);
        assertThat(taken()).isEmpty();
        blocks(5);
        assertThat(taken()).containsExactly("ACK 5");
        assertCompleted();
    }

    @Test
    void blocksAreTakenInAnyOrderAndOnce() {
        joined("0");
        blocks(5, 3, 3, 1, 5, 2, 4);
        assertThat(taken()).containsExactly("ACK 5");
        assertCompleted();
    }

    @ParameterizedTest
    @ValueSource(strings = {",,1", GROUP + ",1"})
    void newMasterAsksForWhatItMissed(String answer) {
        joined("0");
        blocks(2, 4, 5);
        optionAck(answer);
        assertThat(taken()).containsExactly("ACK 0");
        blocks(1);
        assertThat(taken()).containsExactly("ACK 2");
        blocks(3);
        assertThat(taken()).containsExactly("ACK 5");
        assertCompleted();
    }

    @Test
    void masterThatIsRelievedFallsSilent() {
        joined("1");
        blocks(1);
        optionAck(",,0");
        taken();
        blocks(2, 3);
        assertThat(taken()).isEmpty();
        assertThat(afterTimeout()).containsExactly("RRQ");
        optionAck(",,1");
        assertThat(taken()).containsExactly("ACK 3");
    }

    @Test
    void answerToRepeatedRequestDoesNotRelieveTheMaster() {
        joined("0");
        assertThat(afterTimeout()).containsExactly("RRQ");
        optionAck(",,1");
        optionAck(",,0");
        taken();
        blocks(1);
        assertThat(taken()).containsExactly("ACK 1");
        optionAck(",,0");
        blocks(2);
        assertThat(taken()).isEmpty();
    }

    @Test
    void answerToRequestThatWasRepeatedAtFirstDoesNotRelieveTheMaster() {
        receiver.begin(TftpOptions.builder().set("multicast", GROUP + ",1").build(), 1, now);
        optionAck(",,0");
        assertThat(receiver.isMaster()).isTrue();
        optionAck(",,0");
        assertThat(receiver.isMaster()).isFalse();
    }

    @Test
    void blocksThatWereNotAskedForCallForNoAck() {
        joined("1");
        blocks(3, 3, 4);
        assertThat(taken()).isEmpty();
        blocks(1, 1, 1);
        assertThat(taken()).containsExactly("ACK 1");
        blocks(2);
        assertThat(taken()).containsExactly("ACK 4");
    }

    @Test
    void repeatedOptionAckIsAnsweredAndDoesNotPutOffTheEnd() {
        joined("1");
        long deadline = receiver.deadline();
        now += SECOND / 2;
        optionAck(",,1");
        assertThat(taken()).containsExactly("ACK 0");
        assertThat(receiver.deadline()).isEqualTo(deadline);
        assertThat(receiver.retransmissions()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"239.255.0.2,1758,1", "239.255.0.1,1759,1", "", "1", ",,2", "192.0.2.1,1758,1"})
    void laterOptionAckThatIsNotOfTheGroupIsPassedOver(String answer) {
        joined("0");
        optionAck(answer);
        assertThat(taken()).isEmpty();
        assertThat(receiver.outcome()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {",,1", "", "192.0.2.1,1758,1", "239.255.0.1,0,1"})
    void firstOptionAckMustNameGroup(String answer) {
        optionAck(answer);
        assertFailed(TftpErrorCode.OPTION_NEGOTIATION, "no group");
    }

    @Test
    void optionThatWasNotAskedForEndsIt() {
        receiver.begin(
                TftpOptions.builder()
                        .set("multicast", GROUP + ",1")
                        .set(TftpOption.WINDOW_SIZE, 8)
                        .build(),
                0,
                now);
        assertFailed(TftpErrorCode.OPTION_NEGOTIATION, "option not asked for: windowsize=8");
    }

    @Test
    void masterAsksAgainAndGivesUp() {
        joined("1");
        blocks(1);
        taken();
        long since = now;
        assertThat(afterTimeout()).containsExactly("ACK 1");
        assertThat(afterTimeout()).containsExactly("ACK 1");
        assertThat(afterTimeout()).isEmpty();
        assertThat(receiver.outcome()).get().isInstanceOf(TransferOutcome.Failed.class);
        assertThat(receiver.timedOut()).isTrue();
        assertThat(now - since).isEqualTo(7 * SECOND);
        assertThat(receiver.retransmissions()).isEqualTo(2);
    }

    @Test
    void listenerAsksAgainAndGivesUpThoughTheServerKeepsItWaiting() {
        joined("0");
        assertThat(afterTimeout()).containsExactly("RRQ");
        optionAck(",,0");
        assertThat(afterTimeout()).containsExactly("RRQ");
        optionAck(",,0");
        assertThat(afterTimeout()).isEmpty();
        assertThat(receiver.timedOut()).isTrue();
    }

    @Test
    void listenerWaitsAsLongAsOthersAreServed() {
        joined("0");
        blocks(1);
        for (int i = 0; i < 20; i++) {
            now += SECOND - 2000;
            blocks(1);
            receiver.tick(now);
        }
        assertThat(taken()).isEmpty();
    }

    @Test
    void masterDoesNotTakeRepeatedBlocksForProgress() {
        joined("1");
        blocks(1);
        long deadline = receiver.deadline();
        blocks(1, 1);
        assertThat(receiver.deadline()).isEqualTo(deadline);
    }

    @Test
    void masterAnswersTheLastBlockAgainUnlessTheNetworkHasCopiedIt() {
        joined("1");
        blocks(1);
        assertThat(taken()).containsExactly("ACK 1");
        long deadline = receiver.deadline();
        blocks(1);
        assertThat(taken()).isEmpty();
        now += SECOND / 5;
        blocks(1);
        assertThat(taken()).containsExactly("ACK 1");
        blocks(1);
        assertThat(taken()).isEmpty();
        assertThat(receiver.deadline()).isEqualTo(deadline);
        assertThat(receiver.retransmissions()).isEqualTo(1);
    }

    @Test
    void newBlockStartsTheWaitAnew() {
        joined("1");
        afterTimeout();
        afterTimeout();
        blocks(1);
        assertThat(receiver.deadline()).isEqualTo(now + SECOND);
    }

    @Test
    void nothingIsTakenBeforeTheGroupIsKnown() {
        blocks(1);
        assertThat(receiver.receivedBlocks()).isZero();
        assertThat(receiver.outcome()).isEmpty();
    }

    @Test
    void blockZeroIsNone() {
        joined("1");
        block(0, SIZE);
        assertThat(receiver.receivedBlocks()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"1, 7", "4, 0", "5, 2", "5, 4", "5, 8", "6, 0", "6, 8", "65535, 8"})
    void blockThatContradictsTheSizeEndsIt(int number, int length) {
        joined("1");
        block(number, length);
        assertFailed(TftpErrorCode.NOT_DEFINED, "contradicts block 5 as the last one");
    }

    @Test
    void blockThatContradictsTheLastOneEndsIt() {
        optionAck(GROUP + ",0");
        taken();
        block(5, 3);
        block(6, 8);
        assertFailed(TftpErrorCode.NOT_DEFINED, "contradicts block 5 as the last one");
    }

    @Test
    void shortBlockBeforeAnotherEndsIt() {
        optionAck(GROUP + ",0");
        taken();
        block(9, 8);
        block(5, 3);
        assertFailed(TftpErrorCode.NOT_DEFINED, "contradicts block 9 behind it");
    }

    @Test
    void blockThatIsTooLongEndsIt() {
        joined("1");
        block(1, SIZE + 1);
        assertFailed(TftpErrorCode.ILLEGAL_OPERATION, "agreed were 8");
    }

    @Test
    void fileThatIsTooLargeEndsIt() {
        receiver = receiver(CONTENT.length - 1);
        optionAck(GROUP + ",1", Integer.toString(CONTENT.length));
        assertFailed(TftpErrorCode.DISK_FULL, "the limit is 34");
        receiver = receiver(CONTENT.length - 1);
        optionAck(GROUP + ",0");
        taken();
        block(5, 2);
        assertThat(receiver.outcome()).isEmpty();
        block(4, 8);
        receiver = receiver(CONTENT.length - 1);
        optionAck(GROUP + ",0");
        taken();
        block(65535, 0);
        assertFailed(TftpErrorCode.DISK_FULL, "more than 34 bytes");
    }

    @Test
    void groupHasSoManyBlocksAndNoMore() {
        optionAck(GROUP + ",1", Integer.toString(65535 * SIZE));
        assertFailed(TftpErrorCode.OPTION_NEGOTIATION, "65536 blocks");
        receiver = receiver(Long.MAX_VALUE);
        optionAck(GROUP + ",0");
        taken();
        for (int number = 1; number <= 65535; number++) {
            block(number, SIZE);
        }
        assertFailed(TftpErrorCode.NOT_DEFINED, "no group takes more than 65535");
        receiver = receiver(Long.MAX_VALUE);
        optionAck(GROUP + ",0", Integer.toString(65535 * SIZE - 1));
        taken();
        for (int number = 65535; number >= 1; number--) {
            block(number, number == 65535 ? SIZE - 1 : SIZE);
        }
        assertThat(taken()).containsExactly("ACK 65535");
        assertThat(receiver.outcome()).contains(new TransferOutcome.Completed());
    }

    @Test
    void emptyFileHasOneBlock() {
        optionAck(GROUP + ",1", "0");
        block(1, 0);
        assertThat(taken()).contains("ACK 1");
        assertThat(receiver.outcome()).contains(new TransferOutcome.Completed());
        assertThat(receiver.receivedBytes()).isZero();
    }

    @Test
    void errorOfTheServerEndsIt() {
        joined("0");
        receiver.refused(TftpErrorCode.NOT_DEFINED, "closing");
        assertThat(receiver.outcome())
                .contains(new TransferOutcome.Failed(TftpErrorCode.NOT_DEFINED, "server: closing"));
        blocks(1);
        optionAck(",,1");
        assertThat(taken()).isEmpty();
    }

    /** Hardly anything is right: nothing is thrown, stored twice, or answered by more than a packet. */
    @Test
    void survivesRandomPackets() {
        Random random = new Random(20);
        List<String> answers = List.of(GROUP + ",1", GROUP + ",0", ",,1", ",,0", "239.255.0.2,1758,1", "", "x");
        int completed = 0;
        int failed = 0;
        for (int round = 0; round < 20_000; round++) {
            receiver = receiver(random.nextInt(8) == 0 ? 20 : Long.MAX_VALUE);
            optionAck(answers.get(random.nextInt(2)), random.nextBoolean() ? new String[] {"35"} : new String[0]);
            for (int step = random.nextInt(60); step > 0; step--) {
                long before = receiver.receivedBlocks();
                taken();
                switch (random.nextInt(40)) {
                    case 0 -> optionAck(answers.get(random.nextInt(answers.size())));
                    case 1 -> block(random.nextInt(7), random.nextInt(SIZE + 2));
                    case 2 -> block(random.nextInt(0x10000), random.nextInt(SIZE + 1));
                    case 3, 4, 5, 6, 7 -> receiver.tick(now += SECOND / 2);
                    default -> blocks(1 + random.nextInt(LAST));
                }
                assertThat(sent).hasSizeLessThanOrEqualTo(1);
                assertThat(receiver.receivedBlocks()).isBetween(before, before + 1);
            }
            if (receiver.outcome().isPresent()) {
                assertThat(receiver.deadline()).isEqualTo(TransferReceiver.NEVER);
                if (receiver.outcome().get() instanceof TransferOutcome.Completed) {
                    completed++;
                } else {
                    failed++;
                }
            } else {
                assertThat(receiver.deadline()).isLessThanOrEqualTo(now + 4 * SECOND);
            }
        }
        assertThat(completed).isPositive();
        assertThat(failed).isPositive();
    }
}
