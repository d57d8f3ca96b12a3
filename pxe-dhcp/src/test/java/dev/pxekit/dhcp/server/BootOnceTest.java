package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.pxe.BootClient;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BootOnceTest {

    private static final HardwareAddress ADDRESS = HardwareAddress.parse("52:54:00:77:00:01");
    private static final UUID MACHINE = UUID.fromString("4c4c4544-0042-3510-8052-b4c04f564d31");
    private static final BootDecision PROGRAM = BootDecision.bootFile("snponly.efi");
    private static final URI SCRIPT = URI.create("http://10.77.0.1/install.ipxe");

    private static final BootClient FIRMWARE = client(ClientIdentity.uefiPxe(ADDRESS, MACHINE));
    private static final BootClient IPXE = client(ClientIdentity.uefiIpxe(ADDRESS, MACHINE));

    private final ManualClock clock = new ManualClock();
    private final BootOnce policy = BootOnce.of(
            BootPolicy.ipxe(SCRIPT).orElse(BootPolicy.always(PROGRAM)),
            BootPolicy.always(BootDecision.localDisk()),
            Duration.ofMinutes(5),
            clock);

    private static BootClient client(ClientIdentity identity) {
        return BootClient.of(DhcpPacket.builder()
                .clientHardwareAddress(identity.hardwareAddress())
                .messageType(MessageType.DISCOVER)
                .addOptions(identity.options())
                .build());
    }

    @Test
    void givesAMachineThatIsNotArmedWhatComesAfterwards() {
        assertThat(policy.decide(FIRMWARE)).isEqualTo(BootDecision.localDisk());
        policy.arm(HardwareAddress.parse("52:54:00:77:00:02"));
        assertThat(policy.decide(FIRMWARE)).isEqualTo(BootDecision.localDisk());
    }

    @Test
    void answersAllQuestionsOfOneBootTheSameUntilItIsDone() {
        policy.arm(ADDRESS);
        clock.advance(Duration.ofDays(3));
        for (int question = 0; question < 3; question++) {
            assertThat(policy.decide(FIRMWARE)).isEqualTo(PROGRAM);
            clock.advance(Duration.ofSeconds(20));
        }
        assertThat(policy.decide(IPXE)).isEqualTo(BootDecision.url(SCRIPT));
        assertThat(policy.done(ADDRESS)).isTrue();
        assertThat(policy.decide(FIRMWARE)).isEqualTo(BootDecision.localDisk());
        assertThat(policy.done(ADDRESS)).isFalse();
    }

    @Test
    void endsTheBootWhenTheWindowIsOver() {
        policy.arm(ADDRESS);
        assertThat(policy.decide(FIRMWARE)).isEqualTo(PROGRAM);
        clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertThat(policy.decide(FIRMWARE)).isEqualTo(PROGRAM);
        clock.advance(Duration.ofMillis(1));
        assertThat(policy.decide(FIRMWARE)).isEqualTo(BootDecision.localDisk());
    }

    @Test
    void bootsAgainWhenArmedAgain() {
        policy.arm(ADDRESS);
        policy.decide(FIRMWARE);
        policy.done(ADDRESS);
        policy.arm(ADDRESS);
        assertThat(policy.decide(FIRMWARE)).isEqualTo(PROGRAM);
    }

    @Test
    void doesNotBeginABootWithAQuestionThatHasNothingToBoot() {
        BootOnce scripts = BootOnce.of(
                BootPolicy.ipxe(SCRIPT), BootPolicy.always(BootDecision.localDisk()), Duration.ofMinutes(5), clock);
        scripts.arm(ADDRESS);
        assertThat(scripts.decide(FIRMWARE)).isEqualTo(BootDecision.ignore());
        clock.advance(Duration.ofMinutes(6));
        assertThat(scripts.decide(IPXE)).isEqualTo(BootDecision.url(SCRIPT));
    }

    @Test
    void refusesAWindowOfNoTime() {
        assertThatThrownBy(() -> BootOnce.of(policy, policy, Duration.ZERO, clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("window of a boot: PT0S");
    }
}
