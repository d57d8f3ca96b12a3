package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both ends of a transfer over a link that loses, doubles and reorders. */
class LossyTransferTest {

    private static final Retransmission PATIENT = Retransmission.of(Duration.ofSeconds(1), 30);

    /** A client and a server in memory, joined by a link; the server begins with the first request that arrives. */
    private static final class Run {
        final SendingHost server;
        final ReceivingHost client;
        final LossyLink link;
        private boolean begun;

        Run(LossyLink link, byte[] content, int blockSize, int windowSize) {
            this.link = link;
            TftpOptions.Builder asked = TftpOptions.builder();
            if (blockSize != 512 || windowSize != 1) {
                asked.set(TftpOption.BLOCK_SIZE, blockSize)
                        .set(TftpOption.WINDOW_SIZE, windowSize)
                        .set(TftpOption.TRANSFER_SIZE, 0L);
            }
            TftpOptions options = asked.build();
            ServerLimits limits = ServerLimits.DEFAULT.withMaxWindowSize(65535).withMaxTransferMemory(1 << 30);
            AgreedOptions agreed = AgreedOptions.agree(
                    options,
                    new TftpRequest(new InetSocketAddress(2000), "file", TransferMode.OCTET, options),
                    content.length,
                    limits);
            server =
                    new SendingHost(link, content, agreed, PATIENT, packet -> link.carry(now -> toClient(packet, now)));
            client = new ReceivingHost(
                    options, Long.MAX_VALUE, PATIENT, packet -> link.carry(now -> toServer(packet, now)));
        }

        private void toServer(TftpPacket packet, long now) {
            if (packet instanceof TftpPacket.ReadRequest) {
                if (!begun) {
                    begun = true;
                    server.start();
                }
            } else {
                server.receive(packet, now);
            }
        }

        private void toClient(TftpPacket packet, long now) throws IOException {
            client.receive(packet, now);
        }

        Run run() throws IOException {
            client.receiver.start(link.now());
            link.run(5_000_000, server, client);
            return this;
        }
    }

    static Stream<Arguments> rough() {
        int[] windows = {1, 2, 4, 8, 64};
        double[][] links = {{0.01, 0, 0}, {0.1, 0, 0}, {0, 0.1, 0}, {0, 0, 0.2}, {0.05, 0.05, 0.1}, {0.3, 0.3, 0.3}};
        return IntStream.of(windows)
                .boxed()
                .flatMap(window -> Stream.of(links).map(link -> Arguments.of(window, link[0], link[1], link[2])));
    }

    @ParameterizedTest(name = "window {0}, loss {1}, duplication {2}, reordering {3}")
    @MethodSource("rough")
    void contentArrivesIntact(int window, double loss, double duplication, double reordering) throws Exception {
        for (int seed = 1; seed <= 10; seed++) {
            byte[] content = RandomFiles.bytes(seed, 40_000 + seed);
            Run run = new Run(new LossyLink(seed, loss, duplication, reordering), content, 128, window).run();
            assertThat(run.client.receiver.outcome()).contains(new TransferOutcome.Completed());
            assertThat(run.client.content.toByteArray()).isEqualTo(content);
            assertThat(run.server.sender.outcome()).isPresent();
            if (loss <= 0.01) {
                assertThat(run.server.sender.outcome()).contains(new TransferOutcome.Completed());
            }
        }
    }

    @ParameterizedTest(name = "{0} bytes, block size {1}, window {2}")
    @CsvSource({
        "0, 512, 1",
        "1, 512, 1",
        "511, 512, 1",
        "512, 512, 1",
        "513, 512, 1",
        "1024, 512, 1",
        "0, 512, 4",
        "1, 8, 4",
        "31, 8, 4",
        "32, 8, 4",
        "33, 8, 4",
        "64, 8, 4",
        "65536, 65464, 2",
        "524272, 8, 1",
        "524280, 8, 16",
        "524288, 8, 16",
        "524296, 8, 16",
        "1100000, 8, 64",
        "600000, 8, 65535",
    })
    void everyBlockIsSentOnceOnPerfectLink(int size, int blockSize, int window) throws Exception {
        byte[] content = RandomFiles.bytes(size, size);
        Run run = new Run(LossyLink.perfect(), content, blockSize, window).run();
        assertThat(run.client.content.toByteArray()).isEqualTo(content);
        assertThat(run.client.receiver.outcome()).contains(new TransferOutcome.Completed());
        assertThat(run.server.sender.outcome()).contains(new TransferOutcome.Completed());
        assertThat(run.server.dataPackets()).isEqualTo(size / blockSize + 1);
        assertThat(run.server.sender.retransmissions()).isZero();
    }

    @Test
    void inLockStepDoubledPacketsAreNotDoubledAgain() throws Exception {
        byte[] content = RandomFiles.bytes(1, 100_000);
        Run run = new Run(new LossyLink(1, 0, 1, 0), content, 512, 1).run();
        assertThat(run.client.content.toByteArray()).isEqualTo(content);
        assertThat(run.server.dataPackets()).isEqualTo(196);
    }

    @ParameterizedTest(name = "window {0}")
    @CsvSource({"2", "8", "64"})
    void withWindowsDoubledPacketsDoNotMultiply(int window) throws Exception {
        byte[] content = RandomFiles.bytes(1, 512 * 1000);
        Run run = new Run(new LossyLink(1, 0, 1, 0), content, 512, window).run();
        assertThat(run.client.content.toByteArray()).isEqualTo(content);
        assertThat(run.server.dataPackets()).isLessThan(2 * 1001L);
    }

    @ParameterizedTest(name = "window {0}, loss {1}")
    @CsvSource({"1, 0.01", "4, 0.01", "16, 0.01", "1, 0.05", "4, 0.05", "16, 0.05"})
    void retransmissionsStayInProportionToLoss(int window, double loss) throws Exception {
        byte[] content = RandomFiles.bytes(1, 512 * 5000);
        Run run = new Run(new LossyLink(window, loss, 0, 0), content, 512, window).run();
        assertThat(run.client.content.toByteArray()).isEqualTo(content);
        // A lost block or ACK costs one window at most, and some of what is sent again is lost in turn.
        assertThat(run.server.sender.retransmissions()).isLessThan((long) (5000 * loss * 1.5 * (window + 1)));
    }
}
