package dev.pxekit.dhcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.Needs;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kea's load generator: a few hundred clients a second get a lease, each with four messages. */
@Tag("interop")
@Timeout(240)
class Perfdhcp6IT {

    @Test
    void leasesToManyClients() throws Exception {
        Needs.program("perfdhcp", "kea-admin");
        try (Segment6 segment = Segment6.open()) {
            Namespace client = segment.client();
            Program running = client.start(
                    "perfdhcp", "-6", "-l", "eth0", "-r", "200", "-R", "2000", "-n", "1000", "-W", "2000000");
            int status = running.awaitEnd();
            assertThat(running.toString()).contains("***Statistics for: REQUEST-REPLY***");
            assertThat(status).as(running.toString()).isZero();
        }
    }
}
