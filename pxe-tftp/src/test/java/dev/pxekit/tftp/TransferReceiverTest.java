package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransferReceiverTest {

    private static final long SECOND = 1_000_000_000L;
    private static final Retransmission AGAIN = Retransmission.of(Duration.ofSeconds(1), 2);
    private static final TftpOptions ASKED = TftpOptions.builder()
            .set(TftpOption.BLOCK_SIZE, 8)
            .set(TftpOption.WINDOW_SIZE, 4)
            .set(TftpOption.TRANSFER_SIZE, 0L)
            .build();

    private static ReceivingHost host(TftpOptions asked, long maxSize) throws Exception {
        ReceivingHost host = new ReceivingHost(asked, maxSize, AGAIN, packet -> {});
        host.receiver.start(0);
        host.sent.clear();
        return host;
    }

    private static List<TftpPacket> taken(ReceivingHost host) {
        List<TftpPacket> taken = List.copyOf(host.sent);
        host.sent.clear();
        return taken;
    }

    private static void block(ReceivingHost host, int number, int length) throws Exception {
        host.receive(new TftpPacket.Data(number, ByteBuffer.allocate(length)), 0);
    }

    private static void optionAck(ReceivingHost host, String... namesAndValues) throws Exception {
        host.receive(new TftpPacket.OptionAck(TestOptions.of(namesAndValues)), 0);
    }

    private static TftpPacket ack(int block) {
        return new TftpPacket.Ack(block);
    }

    @Test
    void acknowledgesOnceAWindowAndTheEnd() throws Exception {
        ReceivingHost host = host(ASKED, 1000);
        optionAck(host, "blksize", "8", "windowsize", "4");
        assertThat(taken(host)).containsExactly(ack(0));
        for (int number = 1; number <= 8; number++) {
            block(host, number, 8);
        }
        block(host, 9, 0);
        assertThat(taken(host)).containsExactly(ack(4), ack(8), ack(9));
        assertThat(host.content.size()).isEqualTo(64);
        assertThat(host.receiver.outcome()).contains(new TransferOutcome.Completed());
    }

    @Test
    void serverWithoutOptionsMeansLockStepAnd512() throws Exception {
        ReceivingHost host = host(ASKED, 1000);
        block(host, 1, 512);
        block(host, 2, 5);
        assertThat(taken(host)).containsExactly(ack(1), ack(2));
        assertThat(host.receiver.options().isEmpty()).isTrue();
    }

    @Test
    void reportsGapOnce() throws Exception {
        ReceivingHost host = host(ASKED, 1000);
        optionAck(host, "blksize", "8", "windowsize", "4");
        block(host, 1, 8);
        taken(host);
        block(host, 3, 8);
        block(host, 4, 8);
        assertThat(taken(host)).containsExactly(ack(1));
        assertThat(host.content.size()).isEqualTo(8);
    }

    @Test
    void repeatedWindowIsAcknowledgedAtItsEndOnly() throws Exception {
        ReceivingHost host = host(ASKED, 1000);
        optionAck(host, "blksize", "8", "windowsize", "4");
        for (int number = 1; number <= 4; number++) {
            block(host, number, 8);
        }
        taken(host);
        for (int number = 1; number <= 4; number++) {
            block(host, number, 8);
        }
        assertThat(taken(host)).containsExactly(ack(4));
        assertThat(host.content.size()).isEqualTo(32);
    }

    @Test
    void repeatedLastBlockIsAcknowledgedAgain() throws Exception {
        ReceivingHost host = host(ASKED, 1000);
        optionAck(host, "blksize", "8", "windowsize", "4");
        block(host, 1, 8);
        block(host, 2, 3);
        taken(host);
        block(host, 1, 8);
        block(host, 2, 3);
        assertThat(taken(host)).containsExactly(ack(2));
        assertThat(host.content.size()).isEqualTo(11);
    }

    @Test
    void repeatedOptionAckIsAcknowledgedAgainUntilContentComes() throws Exception {
        ReceivingHost host = host(ASKED, 1000);
        optionAck(host, "blksize", "8");
        optionAck(host, "blksize", "8");
        block(host, 1, 8);
        optionAck(host, "blksize", "8");
        assertThat(taken(host)).containsExactly(ack(0), ack(0), ack(1));
    }

    @Test
    void refusesOptionThatWasNotAskedFor() throws Exception {
        refusesOptions("timeout", "1");
    }

    @Test
    void refusesLargerBlockThanAskedFor() throws Exception {
        refusesOptions("blksize", "9");
    }

    @Test
    void refusesLargerWindowThanAskedFor() throws Exception {
        refusesOptions("windowsize", "5");
    }

    @Test
    void refusesBlockSizeThatIsNoNumber() throws Exception {
        refusesOptions("blksize", "eight");
    }

    @Test
    void refusesSizeThatIsNoNumber() throws Exception {
        refusesOptions("tsize", "-1");
    }

    private static void refusesOptions(String... options) throws Exception {
        ReceivingHost host = host(ASKED, 1000);
        optionAck(host, options);
        assertThat(taken(host))
                .singleElement()
                .isInstanceOfSatisfying(
                        TftpPacket.Error.class,
                        error -> assertThat(error.code()).isEqualTo(TftpErrorCode.OPTION_NEGOTIATION));
        assertThat(host.receiver.outcome()).containsInstanceOf(TransferOutcome.Failed.class);
    }

    @Test
    void refusesFileThatIsAnnouncedLargerThanTheLimit() throws Exception {
        ReceivingHost host = host(ASKED, 1000);
        optionAck(host, "tsize", "1001");
        assertThat(taken(host)).singleElement().isInstanceOf(TftpPacket.Error.class);
    }

    @Test
    void refusesFileThatTurnsOutLargerThanTheLimit() throws Exception {
        ReceivingHost host = host(TftpOptions.none(), 1000);
        block(host, 1, 512);
        block(host, 2, 512);
        assertThat(taken(host)).hasSize(2).last().isInstanceOf(TftpPacket.Error.class);
        assertThat(host.content.size()).isEqualTo(512);
    }

    @Test
    void refusesBlockLongerThanAgreed() throws Exception {
        ReceivingHost host = host(ASKED, 1000);
        optionAck(host, "blksize", "8");
        block(host, 1, 9);
        assertThat(host.receiver.outcome()).containsInstanceOf(TransferOutcome.Failed.class);
        assertThat(host.content.size()).isZero();
    }

    @Test
    void refusesContentShorterThanAnnounced() throws Exception {
        ReceivingHost host = host(ASKED, 1000);
        optionAck(host, "tsize", "100", "blksize", "8");
        block(host, 1, 7);
        assertThat(host.receiver.outcome()).containsInstanceOf(TransferOutcome.Failed.class);
    }

    @Test
    void repeatsTheRequestWithBackOffAndGivesUp() throws Exception {
        ReceivingHost host = host(ASKED, 1000);
        host.receiver.tick(SECOND - 1);
        assertThat(taken(host)).isEmpty();
        host.receiver.tick(SECOND);
        host.receiver.tick(3 * SECOND);
        assertThat(taken(host)).hasSize(2).allMatch(TftpPacket.ReadRequest.class::isInstance);
        host.receiver.tick(7 * SECOND);
        assertThat(host.receiver.timedOut()).isTrue();
    }

    @Test
    void repeatedOptionAcksDoNotPutOffTheEnd() throws Exception {
        ReceivingHost host = host(ASKED, 1000);
        TftpPacket taken = new TftpPacket.OptionAck(
                TftpOptions.builder().set(TftpOption.BLOCK_SIZE, 8).build());
        for (long now = 0; now <= 7 * SECOND; now += SECOND / 4) {
            host.receive(taken, now);
            host.receiver.tick(now);
        }
        assertThat(host.receiver.timedOut()).isTrue();
    }

    @Test
    void repeatsTheLastAckWhenServerFallsSilent() throws Exception {
        ReceivingHost host = host(TftpOptions.none(), 1000);
        block(host, 1, 512);
        taken(host);
        host.receiver.tick(SECOND);
        assertThat(taken(host)).containsExactly(ack(1));
    }

    @Test
    void takesPowerOfTwoForBlockSize() throws Exception {
        ReceivingHost host =
                host(TftpOptions.builder().set(TftpOption.BLOCK_SIZE_2, 1500).build(), 10_000);
        optionAck(host, "blksize2", "1024");
        block(host, 1, 1024);
        block(host, 2, 1023);
        assertThat(taken(host)).containsExactly(ack(0), ack(1), ack(2));
        assertThat(host.content.size()).isEqualTo(2047);
    }

    @Test
    void refusesPowerOfTwoAboveWhatWasAskedFor() throws Exception {
        ReceivingHost host =
                host(TftpOptions.builder().set(TftpOption.BLOCK_SIZE_2, 1500).build(), 10_000);
        optionAck(host, "blksize2", "2048");
        assertThat(host.receiver.outcome()).containsInstanceOf(TransferOutcome.Failed.class);
    }

    @ParameterizedTest(name = "rollover to {0}")
    @ValueSource(ints = {0, 1})
    void blockNumbersGoOnAsAgreed(int first) throws Exception {
        TftpOptions asked = TftpOptions.builder()
                .set(TftpOption.BLOCK_SIZE, 8)
                .set(TftpOption.ROLLOVER, first)
                .build();
        ReceivingHost host = host(asked, 1_000_000);
        optionAck(host, "blksize", "8", "rollover", Integer.toString(first));
        for (int number = 1; number <= 65_535; number++) {
            block(host, number, 8);
        }
        taken(host);
        block(host, first, 8);
        block(host, 65_535, 8);
        block(host, first + 1, 3);
        assertThat(taken(host)).containsExactly(ack(first), ack(first + 1));
        assertThat(host.receiver.receivedBlocks()).isEqualTo(65_537);
    }

    @Test
    void serverOpensUntilTheFirstBlockComesAndThenRepeatsItsAck() {
        Upload upload = new Upload(AgreedOptions.NONE, 1000);
        upload.receiver.tick(SECOND);
        upload.receiver.tick(3 * SECOND);
        assertThat(upload.calls).containsExactly("opening", "opening", "opening");
        upload.calls.clear();
        upload.block(1, 512, 4 * SECOND);
        upload.receiver.tick(5 * SECOND);
        assertThat(upload.calls).containsExactly("accept", "ack 1", "accept", "ack 1");
    }

    @Test
    void serverGivesUpClientThatSendsNothing() {
        Upload upload = new Upload(AgreedOptions.NONE, 1000);
        for (int seconds = 1; seconds <= 7; seconds++) {
            upload.receiver.tick(seconds * SECOND);
        }
        assertThat(upload.receiver.outcome())
                .contains(new TransferOutcome.Failed(
                        TftpErrorCode.NOT_DEFINED, "no answer from the client, 2 retransmissions"));
        assertThat(upload.calls).hasSize(3);
    }

    @Test
    void ackWaitsForRoomAndNobodyIsBlamedMeanwhile() {
        Upload upload = new Upload(AgreedOptions.taken(ASKED), 1000);
        upload.room = false;
        for (int number = 1; number <= 4; number++) {
            upload.block(number, 8, 0);
        }
        upload.block(5, 8, 0);
        upload.block(4, 8, 0);
        assertThat(upload.receiver.deadline()).isEqualTo(TransferReceiver.NEVER);
        assertThat(upload.calls).containsExactly("opening", "accept");
        upload.room = true;
        upload.receiver.accepted(100 * SECOND);
        assertThat(upload.calls).containsExactly("opening", "accept", "accept", "ack 4");
        assertThat(upload.receiver.receivedBlocks()).isEqualTo(4);
        assertThat(upload.receiver.deadline()).isEqualTo(101 * SECOND);
    }

    @Test
    void lastBlockIsAcknowledgedWhenItIsStored() {
        Upload upload = new Upload(AgreedOptions.NONE, 1000);
        upload.block(1, 3, 0);
        upload.block(1, 3, 0);
        assertThat(upload.calls).containsExactly("opening", "end");
        assertThat(upload.receiver.outcome()).isEmpty();
        upload.receiver.stored();
        assertThat(upload.receiver.outcome()).contains(new TransferOutcome.Completed());
        upload.block(1, 3, 0);
        assertThat(upload.calls).containsExactly("opening", "end", "ack 1", "ack 1");
    }

    @Test
    void storedOrAcceptedWithoutNeedDoesNothing() {
        Upload upload = new Upload(AgreedOptions.NONE, 1000);
        upload.receiver.stored();
        upload.receiver.accepted(0);
        assertThat(upload.calls).containsExactly("opening");
        assertThat(upload.receiver.outcome()).isEmpty();
    }

    /** The machine as a server has it. */
    private static final class Upload implements TransferReceiver.Output<RuntimeException> {
        final List<String> calls = new ArrayList<>();
        final TransferReceiver<RuntimeException> receiver;
        boolean room = true;
        /** Content since there was room. */
        int gathered;

        Upload(AgreedOptions agreed, long maxSize) {
            receiver = TransferReceiver.ofServer(agreed, maxSize, AGAIN, AGAIN, this);
            receiver.start(0);
        }

        void block(int number, int length, long now) {
            receiver.data(number, ByteBuffer.allocate(length), now);
        }

        @Override
        public void sendOpening() {
            calls.add("opening");
        }

        @Override
        public void sendAck(int wireBlock) {
            calls.add("ack " + wireBlock);
        }

        @Override
        public void sendError(TftpErrorCode code, String message) {
            calls.add("error " + code.value());
        }

        @Override
        public void content(ByteBuffer bytes) {
            gathered += bytes.remaining();
        }

        @Override
        public boolean accept() {
            calls.add("accept");
            gathered = room ? 0 : gathered;
            return room;
        }

        @Override
        public boolean end() {
            calls.add("end");
            return false;
        }
    }

    @Test
    void noSequenceOfPacketsMakesServerTakeMoreThanWindowWithoutRoom() {
        Random random = new Random(7440);
        for (int round = 0; round < 2000; round++) {
            AgreedOptions agreed = random.nextBoolean() ? AgreedOptions.taken(ASKED) : AgreedOptions.NONE;
            int window = agreed.windowSize() * agreed.blockSize();
            Upload upload = new Upload(agreed, 100_000);
            long now = 0;
            for (int i = 0; i < 100; i++) {
                now += random.nextInt(500_000_000);
                upload.room = random.nextInt(3) > 0;
                int near = (int) upload.receiver.receivedBlocks() + random.nextInt(6) - 2;
                switch (random.nextInt(10)) {
                    case 0 -> upload.receiver.tick(now);
                    case 1, 2 -> upload.receiver.accepted(now);
                    case 3 -> upload.receiver.stored();
                    default -> upload.block(near & 0xFFFF, random.nextInt(30) == 0 ? 3 : agreed.blockSize(), now);
                }
                assertThat(upload.gathered).isLessThanOrEqualTo(window);
            }
            long acks =
                    upload.calls.stream().filter(call -> call.startsWith("ack")).count();
            assertThat(acks).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void survivesAnySequenceOfPackets() throws Exception {
        Random random = new Random(2347);
        for (int round = 0; round < 2000; round++) {
            ReceivingHost host = host(random.nextBoolean() ? ASKED : TftpOptions.none(), 4096);
            long now = 0;
            for (int i = 0; i < 100; i++) {
                now += random.nextInt(1_000_000_000);
                int near = (int) host.receiver.receivedBlocks() + random.nextInt(6) - 2;
                int number = (random.nextInt(10) == 0 ? random.nextInt() : near) & 0xFFFF;
                switch (random.nextInt(10)) {
                    case 0 -> host.tick(now);
                    case 1 ->
                        host.receive(new TftpPacket.OptionAck(random.nextBoolean() ? ASKED : TftpOptions.none()), now);
                    default ->
                        host.receive(
                                new TftpPacket.Data(number, ByteBuffer.allocate(random.nextInt(20) == 0 ? 3 : 8)), now);
                }
                assertThat(host.content.size()).isLessThanOrEqualTo(4096);
            }
            assertThat(host.sent).hasSizeLessThanOrEqualTo(100);
        }
    }
}
