package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpPacket;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.MessageType;
import dev.pxekit.dhcp.client.ClientIdentity;
import dev.pxekit.dhcp.pxe.BootClient;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BootLimitTest {

    private static final HardwareAddress ADDRESS = HardwareAddress.parse("52:54:00:77:00:01");
    private static final UUID MACHINE = UUID.fromString("4c4c4544-0042-3510-8052-b4c04f564d31");
    private static final BootDecision PROGRAM = BootDecision.bootFile("snponly.efi");
    private static final ClientIdentity FIRMWARE = ClientIdentity.uefiPxe(ADDRESS, MACHINE);
    private static final ClientIdentity IPXE = ClientIdentity.uefiIpxe(ADDRESS, MACHINE);
    private static final Duration WITHIN = Duration.ofHours(1);

    private final ManualClock clock = new ManualClock();
    private final BootLimit policy = limit(BootPolicy.always(PROGRAM));

    private BootLimit limit(BootPolicy limited) {
        return BootLimit.of(limited, 3, WITHIN, BootPolicy.always(BootDecision.localDisk()), clock);
    }

    private BootDecision ask(ClientIdentity identity, MessageType type) {
        return policy.decide(BootClient.of(DhcpPacket.builder()
                .clientHardwareAddress(identity.hardwareAddress())
                .messageType(type)
                .addOptions(identity.options())
                .build()));
    }

    /** What a machine asks in one boot, with a DISCOVER that got lost; the answers are all the same. */
    private BootDecision boot(HardwareAddress address) {
        List<ClientIdentity> programs =
                List.of(ClientIdentity.uefiPxe(address, MACHINE), ClientIdentity.uefiIpxe(address, MACHINE));
        Set<BootDecision> decisions = new HashSet<>();
        for (ClientIdentity program : programs) {
            for (MessageType type : List.of(MessageType.DISCOVER, MessageType.DISCOVER, MessageType.REQUEST)) {
                decisions.add(ask(program, type));
                clock.advance(Duration.ofSeconds(4));
            }
        }
        assertThat(decisions).hasSize(1);
        return decisions.iterator().next();
    }

    private BootDecision boot() {
        return boot(ADDRESS);
    }

    private void bootThreeTimes() {
        for (int i = 0; i < 3; i++) {
            assertThat(boot()).isEqualTo(PROGRAM);
        }
    }

    @Test
    void givesUpAMachineAfterItsBoots() {
        bootThreeTimes();
        assertThat(boot()).isEqualTo(BootDecision.localDisk());
        assertThat(boot()).isEqualTo(BootDecision.localDisk());
        assertThat(boot(HardwareAddress.parse("52:54:00:77:00:02"))).isEqualTo(PROGRAM);
    }

    @Test
    void triesAgainWhenTheOldestBootIsLongAgo() {
        bootThreeTimes();
        assertThat(boot()).isEqualTo(BootDecision.localDisk());
        clock.advance(WITHIN);
        bootThreeTimes();
        assertThat(boot()).isEqualTo(BootDecision.localDisk());
    }

    @Test
    void doesNotTakeMachinesWithoutAHardwareAddressForOne() {
        for (int machine = 0; machine < 5; machine++) {
            assertThat(boot(HardwareAddress.of(32, new byte[0]))).isEqualTo(PROGRAM);
        }
    }

    @Test
    void beginsAnewAfterASuccess() {
        bootThreeTimes();
        policy.succeeded(ADDRESS);
        bootThreeTimes();
    }

    @Test
    void countsBootsOfFirmwareThatLoadsNoIpxe() {
        for (int i = 0; i < 3; i++) {
            assertThat(ask(FIRMWARE, MessageType.DISCOVER)).isEqualTo(PROGRAM);
            assertThat(ask(FIRMWARE, MessageType.REQUEST)).isEqualTo(PROGRAM);
        }
        assertThat(ask(FIRMWARE, MessageType.DISCOVER)).isEqualTo(BootDecision.localDisk());
        assertThat(ask(FIRMWARE, MessageType.REQUEST)).isEqualTo(BootDecision.localDisk());
    }

    @Test
    void takesDiscoversForOneBootUntilAMinuteOfSilence() {
        for (int i = 0; i < 3; i++) {
            for (int repeated = 0; repeated < 4; repeated++) {
                assertThat(ask(IPXE, MessageType.DISCOVER)).isEqualTo(PROGRAM);
                clock.advance(Duration.ofSeconds(32));
            }
            clock.advance(Duration.ofSeconds(30));
        }
        assertThat(ask(IPXE, MessageType.DISCOVER)).isEqualTo(BootDecision.localDisk());
    }

    @Test
    void countsNoBootsOfTheLocalDiskAndOfNothing() {
        for (BootDecision decision : new BootDecision[] {BootDecision.localDisk(), BootDecision.ignore()}) {
            BootLimit limited = limit(BootPolicy.always(decision));
            BootClient client = BootClient.of(DhcpPacket.builder()
                    .clientHardwareAddress(ADDRESS)
                    .messageType(MessageType.DISCOVER)
                    .build());
            for (int i = 0; i < 9; i++) {
                assertThat(limited.decide(client)).isEqualTo(decision);
                clock.advance(Duration.ofMinutes(2));
            }
        }
    }

    @Test
    void forgetsTheMachineHeardOfLeastRecentlyIfThereAreTooMany() {
        bootThreeTimes();
        for (int i = 0; i < 10_000; i++) {
            byte[] octets = {0x52, 0x54, 1, 0, (byte) (i >> 8), (byte) i};
            ask(ClientIdentity.plain(HardwareAddress.of(octets)), MessageType.DISCOVER);
        }
        assertThat(boot()).isEqualTo(PROGRAM);
    }

    @Test
    void refusesLimitsThatAreNone() {
        assertThatThrownBy(() -> BootLimit.of(policy, 0, WITHIN)).hasMessageContaining("limit of boots: 0");
        assertThatThrownBy(() -> BootLimit.of(policy, 101, WITHIN)).hasMessageContaining("1..100");
        assertThatThrownBy(() -> BootLimit.of(policy, 1, Duration.ZERO)).hasMessageContaining("more than zero");
    }
}
