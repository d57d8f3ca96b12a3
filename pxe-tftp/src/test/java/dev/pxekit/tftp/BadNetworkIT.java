package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our server and client over a network that works badly: content stays intact, and retransmissions stay within bounds. */
@Tag("hostile")
class BadNetworkIT {

    private static final int BLOCK_SIZE = 1428;

    @ParameterizedTest(name = "{0}, window {1}")
    @MethodSource("dev.pxekit.tftp.NetworkConditions#withWindows")
    void contentArrivesIntactAndRetransmissionsAreBounded(NetworkConditions conditions, int windowSize)
            throws Exception {
        byte[] content = RandomFiles.bytes(8, conditions.blocks() * BLOCK_SIZE - 1);
        TftpServer.Builder builder = TftpServer.builder()
                .bind(Addresses.loopback())
                .files(TftpFiles.of("file", content))
                .retransmissionTimeout(conditions.timeout())
                .maxRetransmissions(20);
        try (TftpServer server = builder.build();
                BadNetwork network = BadNetwork.to(server.start(), conditions, windowSize)) {
            TftpClient client = TftpClient.builder()
                    .server(network.address())
                    .retransmission(conditions.timeout(), 20)
                    .blockSize(BLOCK_SIZE)
                    .windowSize(windowSize)
                    .build();
            assertThat(client.get("file")).isEqualTo(content);
            assertThat(network.dataPackets())
                    .describedAs("DATA packets sent for " + conditions.blocks() + " blocks")
                    .isBetween((long) conditions.blocks(), conditions.mostSent(conditions.blocks(), windowSize));
        }
    }
}
