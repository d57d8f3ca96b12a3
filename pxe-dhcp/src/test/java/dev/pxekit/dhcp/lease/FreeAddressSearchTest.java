package dev.pxekit.dhcp.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.internal.Addresses;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many leases are read to find a free address: as many in a large pool as in a small one. */
class FreeAddressSearchTest {

    private static final Instant NOW = LeaseStoreContract.NOW;
    private static final long FOR_EVER = Long.MAX_VALUE;

    private final NavigableSet<InetAddress> given = new TreeSet<>(Addresses.ORDER);
    private final NavigableSet<EndedLeases.End> ends = new TreeSet<>(
            Comparator.comparingLong(EndedLeases.End::millis).thenComparing(EndedLeases.End::address, Addresses.ORDER));
    private int questions;
    private int read;

    private Set<InetAddress> given(InetAddress first, InetAddress last) {
        Set<InetAddress> found = given.subSet(first, true, last, true);
        questions++;
        read += found.size();
        return found;
    }

    /** An index in the order of ends: those of other pools are passed over, but read. */
    private List<EndedLeases.End> ends(boolean offered, long from, long to, AddressPool pool, int most) {
        questions++;
        List<EndedLeases.End> found = new ArrayList<>();
        if (!offered) {
            for (EndedLeases.End end : ends) {
                if (end.millis() >= from && end.millis() <= to && found.size() < most) {
                    read++;
                    if (Addresses.ORDER.compare(end.address(), pool.first()) >= 0
                            && Addresses.ORDER.compare(end.address(), pool.last()) <= 0) {
                        found.add(end);
                    }
                }
            }
        }
        return found;
    }

    private static AddressPool poolOf(int addresses) {
        InetAddress first = Addresses.parse("10.0.0.0");
        return AddressPool.of(first, Addresses.plus(first, addresses - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {4096, 65_536, 16_777_216})
    void findsFreshAddressesWithOneQuestionEach(int size) throws Exception {
        AddressPool pool = poolOf(size);
        FreshAddresses search = new FreshAddresses(pool, size - 500);
        for (int i = 0; i < 1000; i++) {
            assertThat(given.add(search.find(this::given, FOR_EVER).orElseThrow()))
                    .isTrue();
        }
        assertThat(questions).isLessThanOrEqualTo(1001);
        assertThat(read).isZero();
    }

    @Test
    void passesEachGivenAddressOnceAndLooksNoMoreOnceAllAre() throws Exception {
        AddressPool pool = poolOf(65_536);
        for (int i = 0; i < 65_536; i++) {
            given.add(pool.address(i));
        }
        given.remove(pool.address(40_000));
        FreshAddresses search = new FreshAddresses(pool, 50_000);
        assertThat(search.find(this::given, 4096)).isEmpty();
        assertThat(read).isBetween(4096, 6000);
        assertThat(search.find(this::given, FOR_EVER)).contains(pool.address(40_000));
        given.add(pool.address(40_000));
        read = 0;
        assertThat(search.find(this::given, FOR_EVER)).isEmpty();
        assertThat(read).isLessThan(70_000);
        questions = 0;
        assertThat(search.find(this::given, FOR_EVER)).isEmpty();
        assertThat(questions).isZero();
    }

    @Test
    void comesBackToFreshAddressesThatWereNotClaimed() throws Exception {
        FreshAddresses search = new FreshAddresses(poolOf(4), 2);
        List<InetAddress> found = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            found.add(search.find(this::given, FOR_EVER).orElseThrow());
        }
        assertThat(found.subList(0, 4)).doesNotHaveDuplicates().isEqualTo(found.subList(4, 8));
    }

    @Test
    void readsTheEndedLeasesOfOtherPoolsOnce() throws Exception {
        AddressPool pool = poolOf(256);
        InetAddress elsewhere = Addresses.parse("10.9.0.0");
        long now = NOW.toEpochMilli();
        for (int i = 0; i < 10_000; i++) {
            ends.add(new EndedLeases.End(
                    Addresses.plus(elsewhere, i), now - Duration.ofDays(1).toMillis() + i));
        }
        EndedLeases search = new EndedLeases(pool, new Random(1));
        assertThat(search.find(this::ends, NOW)).isEmpty();
        read = 0;
        assertThat(search.find(this::ends, NOW.plusSeconds(1))).isEmpty();
        assertThat(read).isZero();
        ends.add(new EndedLeases.End(pool.address(7), now + 1500));
        assertThat(search.find(this::ends, NOW.plusSeconds(2))).contains(pool.address(7));
        assertThat(read).isEqualTo(1);
    }

    @Test
    void findsEndsThatCameIntoBeingInThePast() throws Exception {
        AddressPool pool = poolOf(256);
        EndedLeases search = new EndedLeases(pool, new Random(1));
        assertThat(search.find(this::ends, NOW)).isEmpty();
        EndedLeases.End behind =
                new EndedLeases.End(pool.address(1), NOW.minusSeconds(300).toEpochMilli());
        ends.add(behind);
        assertThat(search.find(this::ends, NOW)).contains(behind.address());
        ends.remove(behind);
        EndedLeases.End longAgo = new EndedLeases.End(pool.address(2), 0);
        ends.add(longAgo);
        assertThat(search.find(this::ends, NOW)).isEmpty();
        assertThat(search.find(this::ends, NOW.plusSeconds(3600))).contains(longAgo.address());
        search.find(this::ends, NOW.plusSeconds(3601));
        Lease own = LeaseStoreContract.lease(1, "10.0.0.3", Lease.State.RELEASED, Instant.ofEpochMilli(-1));
        ends.add(new EndedLeases.End(own.address(), -1));
        search.claimed(own, true);
        assertThat(search.find(this::ends, NOW.plusSeconds(3602))).contains(own.address());
    }

    @Test
    void choosesAmongSeveralOnceOthersAreOftenFaster() throws Exception {
        AddressPool pool = poolOf(256);
        for (int i = 0; i < 100; i++) {
            ends.add(new EndedLeases.End(pool.address(i), i));
        }
        EndedLeases search = new EndedLeases(pool, new Random(1));
        Set<InetAddress> found = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            InetAddress address = search.find(this::ends, NOW).orElseThrow();
            found.add(address);
            search.claimed(lease(address), false);
        }
        assertThat(found).hasSizeBetween(16, 32).allMatch(address -> Addresses.distance(pool.first(), address) < 32);
        Optional<InetAddress> last = Optional.empty();
        for (int i = 0; i < 6; i++) {
            last = search.find(this::ends, NOW);
            search.claimed(lease(last.orElseThrow()), true);
        }
        assertThat(last).contains(pool.address(0));
    }

    private static Lease lease(InetAddress address) {
        return LeaseStoreContract.lease(1, address.getHostAddress(), Lease.State.BOUND, NOW);
    }
}
