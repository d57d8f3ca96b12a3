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

/** The life of a lease with dhcpcd. */
@Tag("interop")
@Timeout(240)
class DhcpcdIT {

    @TempDir
    private static Path directory;

    private static Segment segment;

    @BeforeAll
    static void open() throws Exception {
        Dhcpcd.need();
        segment = Segment.open();
    }

    @AfterAll
    static void close() {
        if (segment != null) {
            segment.close();
        }
    }

    @Test
    void getsRenewsRebindsRebootsAndReleases() throws Exception {
        Namespace client = segment.client();
        Conversation conversation = segment.wire().conversation(client);
        Path leases = directory.resolve("life");
        Program running = Dhcpcd.start(client, leases, "--noarp");
        DhcpPacket lease = conversation.lease();
        String address = lease.yourAddress().getHostAddress();
        assertThat(running.await("event BOUND"))
                .contains(address + "/24", "routers=10.77.0.1", "dns=10.77.0.1", "domain=lab.example", "lease=60");

        running.runBeside("dhcpcd", "-N", "eth0");
        assertThat(conversation.exchange("REQUEST renewing", "ACK").yourAddress())
                .isEqualTo(lease.yourAddress());
        running.await("event RENEW");
        running.runBeside("dhcpcd", "-x", "eth0");
        running.awaitEnd();

        Program again = Dhcpcd.start(client, leases, "--noarp");
        assertThat(conversation.exchange("REQUEST init-reboot", "ACK").yourAddress())
                .isEqualTo(lease.yourAddress());
        again.await("event REBOOT");
        again.runBeside("dhcpcd", "-k", "eth0");
        conversation.next("RELEASE");
        segment.server().await("released " + address);
        again.awaitEnd();
    }

    @Test
    void declinesAnAddressInUseAndGetsAnother() throws Exception {
        segment.occupy("10.77.0.61");
        Namespace client = segment.client();
        Conversation conversation = segment.wire().conversation(client);
        Program running = Dhcpcd.start(client, directory.resolve("decline"), "-r", "10.77.0.61");
        assertThat(conversation.lease().yourAddress().getHostAddress()).isEqualTo("10.77.0.61");
        assertThat(conversation.next("DECLINE").packet().options().get(DhcpOption.REQUESTED_ADDRESS))
                .hasValueSatisfying(a -> assertThat(a.getHostAddress()).isEqualTo("10.77.0.61"));
        segment.server().await("declined 10.77.0.61");
        String other = conversation.lease().yourAddress().getHostAddress();
        assertThat(other).isNotEqualTo("10.77.0.61");
        running.await("event BOUND " + other);
    }

    @Test
    void isToldOptionsForAnAddressOfItsOwn() throws Exception {
        Namespace client = segment.client();
        Conversation conversation = segment.wire().conversation(client);
        Program running = Dhcpcd.start(client, directory.resolve("inform"), "-s", "10.77.0.20/24");
        DhcpPacket acknowledgement = conversation.exchange("INFORM", "ACK");
        assertThat(acknowledgement.yourAddress().isAnyLocalAddress()).isTrue();
        assertThat(acknowledgement.options().contains(DhcpOption.LEASE_TIME)).isFalse();
        assertThat(running.await("event INFORM")).contains("domain=lab.example");
    }

    @Test
    void findsOutWhatItWouldGet() throws Exception {
        Namespace client = segment.client();
        Conversation conversation = segment.wire().conversation(client);
        Program running = Dhcpcd.start(client, directory.resolve("test"), "-T");
        String offered =
                conversation.exchange("DISCOVER", "OFFER").yourAddress().getHostAddress();
        assertThat(running.await("event TEST")).contains(offered);
    }

    /** RFC 4039. */
    @Test
    void getsALeaseInTwoMessages() throws Exception {
        Namespace client = segment.client();
        Conversation conversation = segment.wire().conversation(client);
        Program running = Dhcpcd.start(client, directory.resolve("rapid"), "--noarp", "-o", "rapid_commit");
        DhcpPacket lease = conversation.exchange("DISCOVER", "ACK");
        assertThat(lease.options().contains(DhcpOption.RAPID_COMMIT)).isTrue();
        running.await("event BOUND " + lease.yourAddress().getHostAddress());
    }
}
