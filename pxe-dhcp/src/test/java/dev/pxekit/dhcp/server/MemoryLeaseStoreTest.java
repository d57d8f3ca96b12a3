package dev.pxekit.dhcp.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Ipv4;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryLeaseStoreTest {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final Subnet subnet =
            Subnet.builder("10.77.0.0/24").pool("10.77.0.10", "10.77.0.12").build();
    private final LeaseStore store = LeaseStore.inMemory();

    private static Lease lease(int client, String address, Lease.State state, Instant end) {
        HardwareAddress hardware = HardwareAddress.of(new byte[] {2, 0, 0, 0, 0, (byte) client});
        return new Lease(Ipv4.parse(address), ClientIdentifier.of(hardware), hardware, state, end);
    }

    private boolean claim(int client, String address, Instant now) throws Exception {
        return store.claim(subnet, lease(client, address, Lease.State.BOUND, now.plus(HOUR)), now);
    }

    @Test
    void givesAnAddressToOneClientOnly() throws Exception {
        assertThat(claim(1, "10.77.0.10", NOW)).isTrue();
        assertThat(claim(2, "10.77.0.10", NOW)).isFalse();
        assertThat(claim(1, "10.77.0.10", NOW)).isTrue();
        assertThat(store.leases(subnet)).hasSize(1);
    }

    @Test
    void givesAnEndedLeaseToAnother() throws Exception {
        claim(1, "10.77.0.10", NOW);
        assertThat(claim(2, "10.77.0.10", NOW.plus(HOUR))).isTrue();
        assertThat(store.find(
                        subnet, lease(1, "10.77.0.10", Lease.State.BOUND, NOW).client()))
                .isEmpty();
    }

    @Test
    void endsTheOldLeaseOfAClientThatMoves() throws Exception {
        claim(1, "10.77.0.10", NOW);
        claim(1, "10.77.0.11", NOW);
        assertThat(store.find(subnet, Ipv4.parse("10.77.0.10")))
                .hasValueSatisfying(old -> assertThat(old.isActive(NOW)).isFalse());
        assertThat(store.find(
                        subnet, lease(1, "10.77.0.10", Lease.State.BOUND, NOW).client()))
                .map(Lease::address)
                .contains(Ipv4.parse("10.77.0.11"));
        assertThat(claim(2, "10.77.0.10", NOW)).isTrue();
    }

    @Test
    void keepsADeclinedAddressFromEveryoneUntilItsEnd() throws Exception {
        claim(1, "10.77.0.10", NOW);
        store.claim(subnet, lease(1, "10.77.0.10", Lease.State.DECLINED, NOW.plus(HOUR)), NOW);
        assertThat(store.find(
                        subnet, lease(1, "10.77.0.10", Lease.State.BOUND, NOW).client()))
                .isEmpty();
        assertThat(claim(1, "10.77.0.10", NOW)).isFalse();
        assertThat(claim(2, "10.77.0.10", NOW)).isFalse();
        assertThat(claim(2, "10.77.0.10", NOW.plus(HOUR))).isTrue();
    }

    @Test
    void findsFreshAddressesBeforeEndedOnes() throws Exception {
        claim(1, "10.77.0.10", NOW.minus(HOUR).minus(HOUR));
        claim(2, "10.77.0.11", NOW.minus(HOUR));
        assertThat(store.freeAddress(subnet, NOW)).contains(Ipv4.parse("10.77.0.12"));
        claim(3, "10.77.0.12", NOW);
        assertThat(store.freeAddress(subnet, NOW)).contains(Ipv4.parse("10.77.0.10"));
        claim(4, "10.77.0.10", NOW);
        assertThat(store.freeAddress(subnet, NOW)).contains(Ipv4.parse("10.77.0.11"));
        claim(5, "10.77.0.11", NOW);
        assertThat(store.freeAddress(subnet, NOW)).isEmpty();
    }

    @Test
    void refusesAnAddressOutsideOfThePools() {
        assertThatThrownBy(() -> claim(1, "10.77.0.99", NOW)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void neverGivesOneAddressTwiceAndNeverLosesOne() throws Exception {
        Subnet large =
                Subnet.builder("10.0.0.0/16").pool("10.0.1.0", "10.0.1.99").build();
        Random random = new Random(1);
        Map<ClientIdentifier, Lease> active = new HashMap<>();
        Instant now = NOW;
        for (int step = 0; step < 20_000; step++) {
            now = now.plusSeconds(random.nextInt(3));
            Instant time = now;
            active.values().removeIf(lease -> !lease.isActive(time));
            String address = "10.0.1." + random.nextInt(100);
            Lease lease = lease(random.nextInt(200), address, Lease.State.BOUND, now.plusSeconds(random.nextInt(200)));
            boolean free = active.values().stream()
                    .noneMatch(other -> other.address().equals(lease.address())
                            && !other.client().equals(lease.client()));
            assertThat(store.claim(large, lease, now)).isEqualTo(free);
            if (free) {
                active.put(lease.client(), lease);
            }
        }
        Instant later = now.plus(HOUR);
        Set<Object> found = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Lease lease = new Lease(
                    store.freeAddress(large, later).orElseThrow(),
                    ClientIdentifier.of(new byte[] {9, (byte) i}),
                    HardwareAddress.of(new byte[6]),
                    Lease.State.BOUND,
                    later.plus(HOUR));
            assertThat(store.claim(large, lease, later)).isTrue();
            found.add(lease.address());
        }
        assertThat(found).hasSize(100);
        assertThat(store.leases(large)).hasSize(100);
        assertThat(store.freeAddress(large, later)).isEmpty();
    }
}
