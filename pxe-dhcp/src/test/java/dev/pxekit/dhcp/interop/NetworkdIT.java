package dev.pxekit.dhcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpPacket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of a lease with systemd-networkd; what it does by the clock is in {@link RenewalTimesIT}. It sends no INFORM, and its
 * DECLINE does not leave the machine (version 252): it sends it from the address that it has just found to be another's.
 */
@Tag("interop")
@Timeout(240)
class NetworkdIT {

    @TempDir
    private static Path directory;

    private static Segment segment;

    @BeforeAll
    static void open() throws Exception {
        Networkd.need();
        segment = Segment.open();
    }

    @AfterAll
    static void close() {
        if (segment != null) {
            segment.close();
        }
    }

    @Test
    void getsRebootsAfterItsCableWasOutAndReleases() throws Exception {
        Namespace client = segment.client();
        Conversation conversation = segment.wire().conversation(client);
        Program running = Networkd.start(client, directory);
        DhcpPacket lease = conversation.lease();
        String address = lease.yourAddress().getHostAddress();
        running.await("DHCPv4 address " + address + "/24, gateway 10.77.0.1 acquired from 10.77.0.1");
        running.await("DHCPv4 address and routes set");

        client.unplug();
        running.await("Lost carrier");
        client.plugIn();
        assertThat(conversation.exchange("REQUEST init-reboot", "ACK").yourAddress())
                .isEqualTo(lease.yourAddress());
        running.await("DHCPv4 address and routes set");

        running.signal("TERM");
        conversation.next("RELEASE");
        segment.server().await("released " + address);
    }
}
