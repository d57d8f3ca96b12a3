package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both ends of an upload over a link that loses, doubles and reorders, with a disk that is slow or not. */
class LossyUploadTest {

    private static final Retransmission PATIENT = Retransmission.of(Duration.ofSeconds(1), 30);

    /** A client and a server in memory, joined by a link; the server begins with the first request that arrives. */
    private static final class Run {
        final UploadingHost client;
        final StoringHost server;
        final LossyLink link;
        private boolean begun;

        Run(LossyLink link, byte[] content, int blockSize, int windowSize, int rollover, long diskNanos) {
            this.link = link;
            TftpOptions.Builder asked = TftpOptions.builder();
            if (blockSize != 512 || windowSize != 1) {
                asked.set(TftpOption.BLOCK_SIZE, blockSize)
                        .set(TftpOption.WINDOW_SIZE, windowSize)
                        .set(TftpOption.ROLLOVER, rollover)
                        .set(TftpOption.TRANSFER_SIZE, (long) content.length);
            }
            TftpOptions options = asked.build();
            AgreedOptions agreed = AgreedOptions.agree(
                    options,
                    new TftpRequest(new InetSocketAddress(2000), "file", TransferMode.OCTET, options),
                    content.length,
                    ServerLimits.DEFAULT.withMaxWindowSize(65535).withMaxTransferMemory(1 << 30));
            client = new UploadingHost(content, options, PATIENT, packet -> link.carry(now -> toServer(packet, now)));
            server = new StoringHost(
                    link, agreed, PATIENT, diskNanos, packet -> link.carry(now -> toClient(packet, now)));
        }

        private void toServer(TftpPacket packet, long now) {
            if (!(packet instanceof TftpPacket.WriteRequest)) {
                server.receive(packet, now);
            } else if (!begun) {
                begun = true;
                server.receiver.start(now);
            }
        }

        private void toClient(TftpPacket packet, long now) {
            client.receive(packet, now);
        }

        Run run() {
            client.sender.start(link.now());
            link.run(5_000_000, client, server);
            return this;
        }
    }

    static Stream<Arguments> rough() {
        int[] windows = {1, 2, 4, 8, 64};
        double[][] links = {{0.01, 0, 0}, {0.1, 0, 0}, {0, 0.1, 0}, {0, 0, 0.2}, {0.05, 0.05, 0.1}, {0.3, 0.3, 0.3}};
        return IntStream.of(windows)
                .boxed()
                .flatMap(window -> Stream.of(links)
                        .flatMap(link ->
                                Stream.of(0, 7).map(disk -> Arguments.of(window, link[0], link[1], link[2], disk))));
    }

    @ParameterizedTest(name = "window {0}, loss {1}, duplication {2}, reordering {3}, disk {4} ms")
    @MethodSource("rough")
    void contentArrivesIntact(int window, double loss, double duplication, double reordering, int disk) {
        for (int seed = 1; seed <= 10; seed++) {
            byte[] content = RandomFiles.bytes(seed, 40_000 + seed);
            LossyLink link = new LossyLink(seed, loss, duplication, reordering);
            Run run = new Run(link, content, 128, window, 0, disk * LossyLink.MILLISECOND).run();
            assertThat(run.server.receiver.outcome()).contains(new TransferOutcome.Completed());
            assertThat(run.server.stored.toByteArray()).isEqualTo(content);
            assertThat(run.server.acknowledgedBeforeStored).isFalse();
            // The server of this test answers repetitions for ever, so the client learns of the end, too.
            assertThat(run.client.sender.outcome()).contains(new TransferOutcome.Completed());
        }
    }

    @ParameterizedTest(name = "{0} bytes, block size {1}, window {2}, rollover to {3}")
    @CsvSource({
        "0, 512, 1, 0",
        "1, 512, 1, 0",
        "511, 512, 1, 0",
        "512, 512, 1, 0",
        "513, 512, 1, 0",
        "0, 512, 4, 0",
        "31, 8, 4, 0",
        "32, 8, 4, 0",
        "33, 8, 4, 0",
        "65536, 65464, 2, 0",
        "524272, 8, 1, 0",
        "524280, 8, 16, 0",
        "524288, 8, 16, 0",
        "524288, 8, 16, 1",
        "1100000, 8, 64, 0",
        "1100000, 8, 64, 1",
        "600000, 8, 65535, 0",
    })
    void everyBlockIsSentOnceOnPerfectLink(int size, int blockSize, int window, int rollover) {
        byte[] content = RandomFiles.bytes(size, size);
        Run run = new Run(LossyLink.perfect(), content, blockSize, window, rollover, 0).run();
        assertThat(run.server.stored.toByteArray()).isEqualTo(content);
        assertThat(run.client.sender.outcome()).contains(new TransferOutcome.Completed());
        assertThat(run.client.dataPackets).isEqualTo(size / blockSize + 1);
        assertThat(run.server.receiver.retransmissions()).isZero();
    }

    @ParameterizedTest(name = "window {0}")
    @ValueSource(ints = {1, 2, 8, 64})
    void doubledPacketsDoNotMultiply(int window) {
        byte[] content = RandomFiles.bytes(1, 100_000);
        Run run = new Run(new LossyLink(1, 0, 1, 0), content, 512, window, 0, 0).run();
        assertThat(run.server.stored.toByteArray()).isEqualTo(content);
        assertThat(run.client.dataPackets).isLessThan(2 * 196L);
    }

    @ParameterizedTest(name = "window {0}, loss {1}")
    @CsvSource({"1, 0.01", "4, 0.01", "16, 0.01", "1, 0.05", "4, 0.05", "16, 0.05"})
    void retransmissionsStayInProportionToLoss(int window, double loss) {
        byte[] content = RandomFiles.bytes(1, 512 * 5000);
        Run run = new Run(new LossyLink(window, loss, 0, 0), content, 512, window, 0, 0).run();
        assertThat(run.server.stored.toByteArray()).isEqualTo(content);
        // A lost block or ACK costs one window at most, and some of what is sent again is lost in turn.
        assertThat(run.client.sender.retransmissions()).isLessThan((long) (5000 * loss * 1.5 * (window + 1)));
    }
}
