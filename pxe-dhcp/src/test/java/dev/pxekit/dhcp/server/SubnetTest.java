package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.DhcpOption;
import dev.pxekit.dhcp.internal.Ipv4;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubnetTest {

    private static Subnet.Builder builder() {
        return Subnet.builder("10.77.0.0/24");
    }

    @Test
    void tellsItsClientsWhatItWasTold() {
        Subnet subnet = builder()
                .option(DhcpOption.PXELINUX_PATH_PREFIX, "/boot/")
                .router("10.77.0.1")
                .domainNameServer("10.77.0.2")
                .domainNameServer("10.77.0.3")
                .domainName("lab.example")
                .leaseTime(Duration.ofHours(8))
                .pool("10.77.0.50", "10.77.0.59")
                .build();

        assertThat(subnet.options()).extracting(entry -> entry.code()).containsExactly(1, 28, 3, 6, 210, 15);
        assertThat(subnet.options().get(DhcpOption.SUBNET_MASK)).contains(Ipv4.parse("255.255.255.0"));
        assertThat(subnet.options().get(DhcpOption.DOMAIN_NAME_SERVERS))
                .contains(List.of(Ipv4.parse("10.77.0.2"), Ipv4.parse("10.77.0.3")));
        assertThat(subnet.leaseTime()).hasHours(8);
        assertThat(subnet.broadcastAddress()).isEqualTo(Ipv4.parse("10.77.0.255"));
        assertThat(subnet.pools().get(0).size()).isEqualTo(10);
        assertThat(subnet).hasToString("10.77.0.0/24");
    }

    @Test
    void takesAContiguousMask() {
        Subnet subnet = Subnet.builder(Ipv4.parse("10.77.4.0"), Ipv4.parse("255.255.252.0"))
                .pool("10.77.4.1", "10.77.7.254")
                .build();
        assertThat(subnet.prefixLength()).isEqualTo(22);
        assertThat(subnet.contains(Ipv4.parse("10.77.7.255"))).isTrue();
        assertThat(subnet.contains(Ipv4.parse("10.77.8.0"))).isFalse();
    }

    @Test
    void refusesAMaskWithHoles() {
        assertRefused(
                () -> Subnet.builder(Ipv4.parse("10.77.0.0"), Ipv4.parse("255.255.250.0")),
                "mask 255.255.250.0 is not contiguous: the ones must come before the zeros, "
                        + "as in 255.255.248.0 (/21) or 255.255.252.0 (/22)");
        assertRefused(() -> Subnet.builder(Ipv4.ANY, Ipv4.parse("0.0.0.255")), "is not contiguous");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.77.0.0", "10.77.0.0/", "10.77.0.0/31", "10.77.0.0/0", "10.77.0/24", "lab/24", "10.77.0.0/2x"
            })
    void refusesAnotherForm(String cidr) {
        assertThatThrownBy(() -> Subnet.builder(cidr)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesHostBitsAndNamesTheNetwork() {
        assertRefused(() -> Subnet.builder("10.77.0.5/24"), "the network is 10.77.0.0/24");
    }

    @ParameterizedTest
    @CsvSource({
        "10.77.1.1, 10.77.1.9, is not inside",
        "10.77.0.200, 10.77.1.9, is not inside",
        "10.77.0.0, 10.77.0.9, holds 10.77.0.0",
        "10.77.0.250, 10.77.0.255, holds 10.77.0.255",
        "10.77.0.1, 10.77.0.9, holds 10.77.0.1",
        "10.77.0.55, 10.77.0.70, overlap",
    })
    void refusesAPoolThatCannotBeLeased(String first, String last, String message) {
        assertRefused(
                () -> builder()
                        .router("10.77.0.1")
                        .pool("10.77.0.50", "10.77.0.59")
                        .pool(first, last)
                        .build(),
                message);
    }

    @Test
    void refusesNetworksThatHaveNoHosts() {
        assertRefused(() -> Subnet.builder("224.0.0.0/24"), "unicast");
        assertRefused(() -> Subnet.builder("240.0.0.0/8"), "unicast");
        assertRefused(() -> Subnet.builder("0.0.0.0/8"), "unicast");
    }

    @Test
    void refusesExclusionsThatExcludeNothing() {
        assertRefused(() -> builder().exclude("fd77::1"), "expected: four numbers");
        assertRefused(
                () -> builder()
                        .pool("10.77.0.2", "10.77.0.3")
                        .exclude("10.78.0.1")
                        .build(),
                "excluded address 10.78.0.1 is outside of subnet 10.77.0.0/24");
    }

    @Test
    void refusesRelayAgentsWithoutAnAddressOfTheirOwn() {
        assertRefused(() -> builder().relay("0.0.0.0"), "relay agent: 0.0.0.0");
        assertRefused(() -> builder().relay("255.255.255.255"), "relay agent: 255.255.255.255");
    }

    @Test
    void refusesPoolsUpsideDown() {
        assertRefused(() -> builder().pool("10.77.0.9", "10.77.0.2"), "put the lower address first");
    }

    @Test
    void refusesARouterOutside() {
        assertRefused(
                () -> builder()
                        .router("10.78.0.1")
                        .pool("10.77.0.2", "10.77.0.3")
                        .build(),
                "router 10.78.0.1");
    }

    @Test
    void refusesLeaseTimesOutOfRange() {
        assertRefused(() -> builder().leaseTime(Duration.ofSeconds(59)), "60 seconds");
        assertRefused(() -> builder().leaseTime(Duration.ofDays(60_000)), "4294967295");
    }

    @Test
    void refusesOptionsThatTheServerSetsItself() {
        assertRefused(
                () -> builder().option(DhcpOption.SERVER_IDENTIFIER, Ipv4.parse("10.77.0.1")),
                "set by the server itself");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
