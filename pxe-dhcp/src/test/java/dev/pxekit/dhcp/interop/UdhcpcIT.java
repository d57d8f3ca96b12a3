package dev.pxekit.dhcp.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.DhcpPacket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The life of a lease with busybox's client, which has no INIT-REBOOT and no INFORM. */
@Tag("interop")
@Timeout(240)
class UdhcpcIT {

    @TempDir
    private static Path directory;

    private static Segment segment;

    @BeforeAll
    static void open() throws Exception {
        Udhcpc.need();
        segment = Segment.open();
    }

    @AfterAll
    static void close() {
        if (segment != null) {
            segment.close();
        }
    }

    @Test
    void getsRenewsRebindsReleasesAndGetsTheSameAddressAgain() throws Exception {
        Namespace client = segment.client();
        Conversation conversation = segment.wire().conversation(client);
        Program running = Udhcpc.start(client, directory);
        DhcpPacket lease = conversation.lease();
        String address = lease.yourAddress().getHostAddress();
        assertThat(running.await("event bound"))
                .contains(address + "/24", "router=10.77.0.1", "dns=10.77.0.1", "domain=lab.example", "lease=60")
                .contains("server=10.77.0.1");

        running.signal("USR1");
        Message renewal = conversation.next("REQUEST renewing");
        assertThat(renewal.destination().getHostAddress()).isEqualTo("10.77.0.1");
        Message renewed = conversation.next("ACK");
        assertThat(renewed.destination()).as("RFC 2131 §4.3.2: to ciaddr").isEqualTo(lease.yourAddress());
        assertThat(renewed.packet().yourAddress()).isEqualTo(lease.yourAddress());
        assertThat(running.await("event renew")).contains(address + "/24", "lease=60");

        client.cut("10.77.0.1");
        running.signal("USR1");
        assertThat(conversation.exchange("REQUEST rebinding", "ACK").yourAddress())
                .isEqualTo(lease.yourAddress());
        running.await("event renew");
        client.uncut("10.77.0.1");

        running.signal("USR2");
        conversation.next("RELEASE");
        segment.server().await("released " + address);
        running.await("event deconfig");

        running.signal("USR1");
        assertThat(conversation.lease().yourAddress()).isEqualTo(lease.yourAddress());
        running.await("event bound");
    }

    @Test
    void getsTheAddressThatItAsksFor() throws Exception {
        Namespace client = segment.client();
        Conversation conversation = segment.wire().conversation(client);
        Udhcpc.start(client, directory, "-r", "10.77.0.123", "-B").await("event bound 10.77.0.123/24");
        assertThat(conversation.next("OFFER").isBroadcast()).isTrue();
        assertThat(conversation.next("ACK").isBroadcast()).isTrue();
    }

    @Test
    void declinesAnAddressInUseAndGetsAnother() throws Exception {
        segment.occupy("10.77.0.60");
        Namespace client = segment.client();
        Conversation conversation = segment.wire().conversation(client);
        Program running = Udhcpc.start(client, directory, "-a", "-r", "10.77.0.60");
        assertThat(conversation.lease().yourAddress().getHostAddress()).isEqualTo("10.77.0.60");
        Message refused = conversation.next("DECLINE");
        assertThat(refused.packet().options().get(DhcpOption.REQUESTED_ADDRESS))
                .hasValueSatisfying(a -> assertThat(a.getHostAddress()).isEqualTo("10.77.0.60"));
        segment.server().await("declined 10.77.0.60");
        String other = conversation.lease().yourAddress().getHostAddress();
        assertThat(other).isNotEqualTo("10.77.0.60");
        running.await("event bound " + other);

        Namespace next = segment.client();
        assertThat(Udhcpc.start(next, directory, "-r", "10.77.0.60").await("event bound"))
                .doesNotContain("10.77.0.60");
    }
}
