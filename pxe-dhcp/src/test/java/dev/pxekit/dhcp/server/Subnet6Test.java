package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv6;
import dev.pxekit.dhcp.v6.Dhcp6Option;
import java.net.Inet6Address;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Subnets and servers that cannot work are refused when they are built. */
class Subnet6Test {

    private static final HardwareAddress MACHINE = HardwareAddress.parse("52:54:00:77:00:01");

    private static void refused(ThrowingCallable build, String... says) {
        assertThatThrownBy(build).isInstanceOf(IllegalArgumentException.class).hasMessageContainingAll(says);
    }

    @Test
    void knowsItsAddresses() {
        Subnet6 subnet = Subnet6.builder("fd77:0:0:40::/58").build();
        assertThat(subnet.contains(Ipv6.parse("fd77:0:0:7f:ffff::1"))).isTrue();
        assertThat(subnet.contains(Ipv6.parse("fd77:0:0:80::"))).isFalse();
        assertThat(subnet.prefix()).isEqualTo(Ipv6.parse("fd77:0:0:40::"));
        assertThat(subnet.prefixLength()).isEqualTo(58);
        assertThat(subnet).hasToString("fd77:0:0:40::/58");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"fd77::", "fd77::/", "fd77::/129", "fd77::/0", "10.0.0.0/8", "fd77::/6x", "fe80::/64", "ff00::/8"
            })
    void refusesWhatIsNoPrefix(String prefix) {
        assertThatThrownBy(() -> Subnet6.builder(prefix)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesThePrefixThatWasMeant() {
        refused(() -> Subnet6.builder("fd77::1/64"), "host bits", "fd77::/64");
    }

    @ParameterizedTest
    @CsvSource({"fd88::1, fd88::2, not inside", "fd77::, fd77::2, anycast", "10.0.0.1, 10.0.0.2, not inside"})
    void refusesWrongPools(String first, String last, String says) {
        refused(() -> Subnet6.builder("fd77::/64").pool(first, last).build(), says);
    }

    @Test
    void refusesOverlappingPools() {
        refused(
                () -> Subnet6.builder("fd77::/64")
                        .pool("fd77::100", "fd77::200")
                        .pool("fd77::200", "fd77::300")
                        .build(),
                "overlap");
    }

    @Test
    void refusesWrongReservations() {
        refused(
                () -> Subnet6.builder("fd77::/64")
                        .reserve(MACHINE, Ipv6.parse("fd88::1"))
                        .build(),
                "fd88::1",
                "fd77::/64");
        refused(
                () -> Subnet6.builder("fd77::/64")
                        .reserve(MACHINE, Ipv6.parse("fd77::2"))
                        .reserve(MACHINE, Ipv6.parse("fd77::3")),
                "two reserved addresses");
        refused(
                () -> Subnet6.builder("fd77::/64")
                        .reserve(MACHINE, Ipv6.parse("fd77::2"))
                        .reserve(HardwareAddress.parse("52:54:00:77:00:02"), Ipv6.parse("fd77::2")),
                "reserved for both");
    }

    @Test
    void refusesWrongLifetimes() {
        Subnet6.Builder subnet = Subnet6.builder("fd77::/64");
        refused(() -> subnet.lifetimes(Duration.ofSeconds(59), Duration.ofHours(1)), "60 seconds");
        refused(() -> subnet.lifetimes(Duration.ofHours(2), Duration.ofHours(1)), "not longer than valid");
        refused(() -> subnet.lifetimes(Duration.ofHours(2), Duration.ofSeconds(0x1_0000_0000L)), "4294967295");
    }

    @Test
    void refusesOptionsThatAreNotASubnets() {
        Subnet6.Builder subnet = Subnet6.builder("fd77::/64");
        refused(() -> subnet.option(Dhcp6Option.PREFERENCE, 1), "preference");
        refused(() -> subnet.option(Dhcp6Option.BOOT_FILE_URL, "tftp://[fd77::1]/x"), "boot policy");
        refused(
                () -> Subnet6.builder("fd77::/64")
                        .option(Dhcp6Option.TIME_ZONE_POSIX, "x".repeat(900))
                        .build(),
                "900");
    }

    @Test
    void takesSubnetsOfOneInterfaceAsASharedNetwork() {
        Link6 link = new Link6();
        link.settings.sharedNetwork(
                Subnet6.builder("fd77::/64").networkInterface("eth0").build(),
                Subnet6.builder("fd88::/64").networkInterface("eth0").build());
        assertThat(link.settings.build()).isNotNull();
    }

    @Test
    void refusesClassOptionsAndLifetimesAsThoseOfSubnets() {
        ClientClass.Builder all = ClientClass.builder("all", client -> true);
        refused(() -> all.option(Dhcp6Option.PREFERENCE, 1), "preference");
        refused(() -> all.lifetimes(Duration.ofHours(2), Duration.ofHours(1)), "not longer than valid");
    }

    @Test
    void doesNotTakeAnInterfaceForTwoLinks() {
        List<Network6> two = List.of(
                new Network6(List.of(Subnet6.builder("fd77::/64").build()), List.of()),
                new Network6(List.of(Subnet6.builder("fd88::/64").build()), List.of()));
        Map<String, List<Inet6Address>> both = Map.of("eth0", List.of(Ipv6.parse("fd77::1"), Ipv6.parse("fd88::1")));
        assertThat(new Networks6(two, both).ambiguity().orElseThrow())
                .contains("eth0", "fd77::/64", "fd88::/64", "sharedNetwork");
        assertThat(new Networks6(two, Map.of("eth0", List.of(Ipv6.parse("fd77::1")))).ambiguity())
                .isEmpty();
        List<Network6> said = List.of(
                two.get(0),
                new Network6(
                        List.of(Subnet6.builder("fd88::/64")
                                .networkInterface("eth0")
                                .build()),
                        List.of()));
        assertThat(new Networks6(said, both).ambiguity()).isEmpty();
    }

    @Test
    void serverRefusesWhatCannotWork() {
        Subnet6 subnet = Link6.subnet().build();
        refused(() -> Dhcp6Server.builder().networkInterface("eth0").build(), "no subnet");
        refused(() -> Dhcp6Server.builder().subnet(subnet).build(), "no interface");
        refused(
                () -> Dhcp6Server.builder()
                        .subnet(subnet)
                        .networkInterface("eth0")
                        .bind("fd77::1")
                        .build(),
                "no multicast");
        refused(() -> Dhcp6Server.builder().bind("::"), "networkInterface(name)");
        refused(() -> Link6.of(subnet, Subnet6.builder("fd77::/48").build()).responder(), "overlap");
        refused(
                () -> Link6.of(
                                Subnet6.builder("fd77::/64")
                                        .networkInterface("eth0")
                                        .build(),
                                Subnet6.builder("fd88::/64")
                                        .networkInterface("eth0")
                                        .build())
                        .responder(),
                "both for interface eth0");
        refused(
                () -> Link6.of(Subnet6.builder("fd77::/64")
                                .networkInterface("eth9")
                                .build())
                        .responder(),
                "eth9",
                "not served");
        refused(
                () -> Link6.of(
                                Subnet6.builder("fd77::/64")
                                        .relayInterfaceId(new byte[] {1})
                                        .build(),
                                Subnet6.builder("fd88::/64")
                                        .relayInterfaceId(new byte[] {1})
                                        .build())
                        .responder(),
                "interface id 01");
        Link6 noSubnets = new Link6();
        noSubnets.settings.sharedNetwork();
        refused(() -> noSubnets.settings.build(), "no subnet");
        Link6 oneEmpty = Link6.of(subnet);
        oneEmpty.settings.sharedNetwork();
        refused(() -> oneEmpty.settings.build(), "no subnets");
        Link6 overlapping = new Link6();
        overlapping.settings.sharedNetwork(subnet, Subnet6.builder("fd77::/48").build());
        refused(() -> overlapping.settings.build(), "overlap");
        Link6 talkative = Link6.of(Subnet6.builder("fd77::/64")
                .option(Dhcp6Option.TIME_ZONE_POSIX, "x".repeat(500))
                .build());
        talkative.settings.clientClass(ClientClass.builder("talkative", client -> true)
                .option(Dhcp6Option.TIME_ZONE_NAME, "x".repeat(500))
                .build());
        refused(() -> talkative.settings.build(), "class talkative", "900");
        refused(() -> Dhcp6Server.builder().newClientsPerSecond(0), "1 or more");
        refused(() -> Dhcp6Server.builder().clientRateLimit(0, 1), "1..1000000");
        refused(() -> Dhcp6Server.builder().preference(256), "0..255");
        refused(
                () -> Dhcp6Server.builder()
                        .bootFileParameters(dev.pxekit.dhcp.pxe.ClientArchitecture.X64_UEFI, List.of()),
                "one or more");
    }
}
