package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests with forged addresses, whose senders never answer: they cost bounded traffic, transfers and memory. */
@Tag("hostile")
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("dev.pxekit.tftp.TestTransports#withPorts")
class SpoofedRequestsIT {

    private final TftpServer.Transport transport;
    private final TftpServer.Ports ports;

    SpoofedRequestsIT(TftpServer.Transport transport, TftpServer.Ports ports) {
        this.transport = transport;
        this.ports = ports;
    }

    /** The first answer, and 3 retransmissions. */
    private static final int MOST_ANSWERS = 4;

    private static final TftpOptions GREEDY = TftpOptions.builder()
            .set(TftpOption.TRANSFER_SIZE, 0L)
            .set(TftpOption.BLOCK_SIZE, 65464)
            .set(TftpOption.WINDOW_SIZE, 65535)
            .set(TftpOption.TIMEOUT, Duration.ofSeconds(60)) // the longest that is agreed to
            .build();

    private static final byte[] CONTENT = RandomFiles.bytes(5, 100_000);

    private TftpServer.Builder builder() {
        return TftpServer.builder()
                .bind(Addresses.loopback())
                .transport(transport)
                .ports(ports)
                .files(TftpFiles.of("file", CONTENT));
    }

    private static byte[] fetched(InetSocketAddress server) throws IOException {
        try (PlainClient client = new PlainClient(server)) {
            return client.fetchPatiently("file");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void trafficAndTransfersAreBounded(boolean withOptions) throws Exception {
        int limit = 200;
        TransferLedger ledger = new TransferLedger();
        TftpServer.Builder builder =
                builder().listener(ledger).maxTransfers(limit).retransmissionTimeout(Duration.ofMillis(50));
        TftpOptions options = withOptions ? GREEDY : TftpOptions.none();
        try (TftpServer server = builder.build();
                SpoofedRequests requests = new SpoofedRequests(server.start(), "file", options)) {
            requests.sendWithWitnesses(2 * limit);
            requests.send(20_000);
            assertThat(fetched(requests.server())).isEqualTo(CONTENT);
            ledger.awaitEnds();
            server.close(); // nothing is sent any more

            List<List<Integer>> heard = requests.heard();
            // An OACK holds what was asked for and at most the digits of a size more; without options it is a block of
            // 512 bytes.
            int longest = withOptions ? requests.requestLength() + 20 : 4 + 512;
            assertThat(heard)
                    .allSatisfy(answers -> assertThat(answers)
                            .hasSizeLessThanOrEqualTo(MOST_ANSWERS)
                            .allSatisfy(length -> assertThat(length).isLessThanOrEqualTo(longest)));
            assertThat(heard)
                    .describedAs("one that became a transfer")
                    .anyMatch(answers -> answers.size() == MOST_ANSWERS);
            assertThat(heard).describedAs("one over the limit").anyMatch(answers -> answers.size() == 1);
            assertThat(ledger.mostAtOnce()).isLessThanOrEqualTo(limit);
        }
    }

    @Test
    void honestClientIsServedMeanwhile() throws Exception {
        try (TftpServer server = builder().build()) {
            InetSocketAddress address = server.start();
            try (SpoofedRequests requests = new SpoofedRequests(address, "file", GREEDY)) {
                requests.send(1000);
                assertThat(fetched(address)).isEqualTo(CONTENT);
                requests.send(1000);
                assertThat(fetched(address)).isEqualTo(CONTENT);
            }
        }
    }
}
