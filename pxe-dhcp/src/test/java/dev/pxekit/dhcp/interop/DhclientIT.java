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

/** The life of a lease with ISC's client; what it does by the clock is in {@link RenewalTimesIT}. */
@Tag("interop")
@Timeout(240)
class DhclientIT {

    @TempDir
    private static Path directory;

    private static Segment segment;

    @BeforeAll
    static void open() throws Exception {
        Dhclient.need();
        segment = Segment.open();
    }

    @AfterAll
    static void close() {
        if (segment != null) {
            segment.close();
        }
    }

    @Test
    void getsRebootsAndReleases() throws Exception {
        Namespace client = segment.client();
        Conversation conversation = segment.wire().conversation(client);
        Dhclient dhclient = new Dhclient(client, directory.resolve("life"));
        DhcpPacket lease;
        try (Program first = dhclient.start()) {
            lease = conversation.lease();
            assertThat(first.await("event BOUND"))
                    .contains(lease.yourAddress().getHostAddress() + "/255.255.255.0")
                    .contains("routers=10.77.0.1", "dns=10.77.0.1", "domain=lab.example", "lease=60");
            first.await(Dhclient.REMEMBERED);
        }

        Program second = dhclient.start();
        assertThat(conversation.exchange("REQUEST init-reboot", "ACK").yourAddress())
                .isEqualTo(lease.yourAddress());
        assertThat(second.await("event REBOOT")).contains(lease.yourAddress().getHostAddress());

        dhclient.release();
        conversation.next("RELEASE");
        segment.server().await("released " + lease.yourAddress().getHostAddress());
    }

    @Test
    void isToldThatItsAddressIsOfAnotherNetworkAndGetsOneOfThis() throws Exception {
        Namespace client = segment.client();
        Conversation conversation = segment.wire().conversation(client);
        Dhclient dhclient = new Dhclient(client, directory.resolve("moved"));
        dhclient.remember("10.99.0.5");
        Program running = dhclient.start();
        assertThat(conversation
                        .exchange("REQUEST init-reboot", "NAK")
                        .yourAddress()
                        .isAnyLocalAddress())
                .isTrue();
        assertThat(running.await("event BOUND"))
                .contains(conversation.lease().yourAddress().getHostAddress() + "/");
    }

    @Test
    void declinesWhatItsScriptRefusesAndGetsAnother() throws Exception {
        Namespace client = segment.client();
        Conversation conversation = segment.wire().conversation(client);
        Dhclient dhclient = new Dhclient(client, directory.resolve("decline"));
        dhclient.refuseOnce();
        Program running = dhclient.start();
        String refused = conversation.lease().yourAddress().getHostAddress();
        assertThat(conversation.next("DECLINE").packet().options().get(DhcpOption.REQUESTED_ADDRESS))
                .hasValueSatisfying(
                        address -> assertThat(address.getHostAddress()).isEqualTo(refused));
        segment.server().await("declined " + refused);
        DhcpPacket lease = conversation.lease();
        assertThat(lease.yourAddress().getHostAddress()).isNotEqualTo(refused);
        running.await("event BOUND " + lease.yourAddress().getHostAddress());
    }

    /** RFC 2131 §4.3.2: another server may have given it; this one is not the only one. */
    @Test
    void hearsNothingOfAnAddressThatTheServerDidNotGiveIt() throws Exception {
        Namespace client = segment.client();
        Conversation conversation = segment.wire().conversation(client);
        Dhclient dhclient = new Dhclient(client, directory.resolve("unknown"));
        dhclient.remember("10.77.0.149");
        dhclient.start();
        conversation.next("REQUEST init-reboot");
        segment.server().await("ignored, 10.77.0.149");
    }
}
