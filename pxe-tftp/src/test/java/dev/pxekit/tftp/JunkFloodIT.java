package dev.pxekit.tftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A transfer under a flood of junk on the server's port and on the transfer's own. */
@Tag("hostile")
class JunkFloodIT {

    private static final byte[] CONTENT = new byte[1 << 20];

    static {
        new Random(4).nextBytes(CONTENT);
    }

    private final RecordingListener served = new RecordingListener();

    @Test
    void transferRunsToItsEndAmidJunk() throws Exception {
        TftpServer.Builder builder = TftpServer.builder()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .files(TftpFiles.of("file", CONTENT))
                .retransmissionTimeout(Duration.ofMillis(100))
                .maxRetransmissions(20)
                .listener(served);
        try (TftpServer server = builder.build()) {
            InetSocketAddress address = server.start();
            try (JunkFlood flood = JunkFlood.start(address);
                    PlainClient client = new PlainClient(address)) {
                byte[] got = client.fetch("file", flood::alsoTo);
                String amid = "amid " + flood.stop() + " packets of junk a second";
                assertThat(got).describedAs(amid).isEqualTo(CONTENT);
                TransferResult result = resultFor(client);
                assertThat(result.outcome()).describedAs(amid).isEqualTo(new TransferOutcome.Completed());
                assertThat(result.bytes()).isEqualTo(CONTENT.length);
            }
        }
    }

    /** Past those of the requests among the junk. */
    private TransferResult resultFor(PlainClient client) throws InterruptedException {
        TransferResult result = served.result();
        while (!result.transfer().peer().equals(client.address())) {
            result = served.result();
        }
        return result;
    }
}
