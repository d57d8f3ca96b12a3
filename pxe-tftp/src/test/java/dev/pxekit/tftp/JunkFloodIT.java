package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A transfer under a flood of junk on the server's port and on the transfer's own. */
@Tag("hostile")
@ParameterizedClass(name = "{0}, {1}")
@MethodSource("dev.pxekit.tftp.TestTransports#withPorts")
class JunkFloodIT {

    private final TftpServer.Transport transport;
    private final TftpServer.Ports ports;

    JunkFloodIT(TftpServer.Transport transport, TftpServer.Ports ports) {
        this.transport = transport;
        this.ports = ports;
    }

    private static final int LEAST_JUNK = 200_000;
    private static final long LONGEST_NANOS = Duration.ofSeconds(60).toNanos();
    private static final byte[] CONTENT = RandomFiles.bytes(4, 1 << 20);

    private final RecordingListener served = new RecordingListener();

    @Test
    void transfersRunToTheirEndAmidJunk() throws Exception {
        TftpServer.Builder builder = TftpServer.builder()
                .bind(Addresses.loopback())
                .files(TftpFiles.of("file", CONTENT))
                .transport(transport)
                .ports(ports)
                .retransmissionTimeout(Duration.ofMillis(200))
                .maxRetransmissions(20)
                .listener(served);
        try (TftpServer server = builder.build()) {
            InetSocketAddress address = server.start();
            try (JunkFlood flood = JunkFlood.start(address);
                    PlainClient client = new PlainClient(address)) {
                List<TransferResult> results = new ArrayList<>();
                while (flood.sent() < LEAST_JUNK) {
                    assertThat(client.fetch("file", flood::alsoTo)).isEqualTo(CONTENT);
                    results.add(resultFor(client));
                }
                assertThat(results)
                        .describedAs("transfers amid " + flood.stop() + " packets of junk a second")
                        .isNotEmpty()
                        .allMatch(TransferResult::isCompleted);
            }
        }
    }

    /** Past those of the requests among the junk, amid which the last ACK may be lost, too. */
    private TransferResult resultFor(PlainClient client) throws Exception {
        long end = System.nanoTime() + LONGEST_NANOS;
        while (true) {
            while (served.isEmpty()) {
                assertThat(System.nanoTime() - end)
                        .describedAs("time for the server to end the transfer")
                        .isNegative();
                client.dally();
            }
            TransferResult result = served.result();
            if (result.transfer().peer().equals(client.address())) {
                return result;
            }
        }
    }
}
