package dev.pxekit.dhcp.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Addresses;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link LeaseStore} promises: every kind of store is tested with a subclass of this. */
@Timeout(120)
abstract class LeaseStoreContract {

    static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");
    static final Duration HOUR = Duration.ofHours(1);

    private final AddressPool pool = AddressPool.of("10.77.0.10", "10.77.0.12");
    private LeaseStore store = LeaseStore.inMemory();

    /** A new store without leases, closed by the contract. */
    abstract LeaseStore open() throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() throws Exception {
        store.close();
        store.close();
    }

    static HardwareAddress hardware(int client) {
        return HardwareAddress.of(new byte[] {2, 0, 0, (byte) (client >> 16), (byte) (client >> 8), (byte) client});
    }

    static ClientIdentifier client(int number) {
        return ClientIdentifier.of(hardware(number));
    }

    static Lease lease(int client, String address, Lease.State state, Instant end) {
        return new Lease(Addresses.parse(address), client(client), hardware(client), "host" + client, state, end);
    }

    private boolean claim(int client, String address, Lease.State state, Instant end, Instant now) throws Exception {
        return store.claim(lease(client, address, state, end), now);
    }

    private boolean bind(int client, String address, Instant now) throws Exception {
        return claim(client, address, Lease.State.BOUND, now.plus(HOUR), now);
    }

    private List<Lease> leases() throws Exception {
        List<Lease> leases = new ArrayList<>();
        store.forEach(leases::add);
        return leases;
    }

    @Test
    void findsWhatWasClaimedByAddressAndByClient() throws Exception {
        Lease lease = lease(1, "10.77.0.10", Lease.State.BOUND, NOW.plus(HOUR).plusNanos(1_234_567));
        assertThat(store.find(lease.address())).isEmpty();
        assertThat(store.find(lease.client())).isEmpty();
        assertThat(store.claim(lease, NOW)).isTrue();
        assertThat(store.find(lease.address())).contains(lease);
        assertThat(store.find(lease.client())).containsExactly(lease);
        assertThat(leases()).containsExactly(lease);
    }

    @Test
    void seesWhatWasSubmittedAtOnceAndKeepsIt() throws Exception {
        Lease lease = lease(1, "10.77.0.10", Lease.State.BOUND, NOW.plus(HOUR));
        CompletableFuture<Void> kept = store.submit(lease, NOW).orElseThrow();
        assertThat(store.find(lease.address())).contains(lease);
        assertThat(store.submit(lease(2, "10.77.0.10", Lease.State.BOUND, NOW.plus(HOUR)), NOW))
                .isEmpty();
        kept.get(60, TimeUnit.SECONDS);
        assertThat(leases()).containsExactly(lease);
    }

    @Test
    void keepsEveryFieldOfEitherFamily() throws Exception {
        for (String address : List.of("10.77.0.10", "255.255.255.254", "fd77::100", "ffff:ffff::ffff")) {
            for (Lease.State state : Lease.State.values()) {
                byte[] identifier = new byte[134];
                new Random(7).nextBytes(identifier);
                Lease lease = new Lease(
                        Addresses.parse(address),
                        ClientIdentifier.of(identifier),
                        HardwareAddress.of(32, new byte[0]),
                        "名 'x'\u0000\n\\" + "y".repeat(300),
                        state,
                        Lease.NEVER);
                store.claim(lease, Lease.NEVER.minusMillis(1));
                if (state != Lease.State.DECLINED) {
                    assertThat(store.find(lease.client())).contains(lease);
                }
                assertThat(store.find(lease.address())).contains(lease);
            }
        }
    }

    @Test
    void givesAnAddressToOneClientOnly() throws Exception {
        assertThat(bind(1, "10.77.0.10", NOW)).isTrue();
        assertThat(bind(2, "10.77.0.10", NOW)).isFalse();
        assertThat(claim(2, "10.77.0.10", Lease.State.OFFERED, NOW.plus(HOUR), NOW))
                .isFalse();
        assertThat(claim(2, "10.77.0.10", Lease.State.DECLINED, NOW.plus(HOUR), NOW))
                .isFalse();
        assertThat(bind(1, "10.77.0.10", NOW.plusSeconds(1))).isTrue();
        assertThat(leases())
                .containsExactly(lease(
                        1, "10.77.0.10", Lease.State.BOUND, NOW.plusSeconds(1).plus(HOUR)));
    }

    @Test
    void givesAnEndedLeaseToAnother() throws Exception {
        bind(1, "10.77.0.10", NOW);
        assertThat(bind(2, "10.77.0.10", NOW.plus(HOUR).minusMillis(1))).isFalse();
        assertThat(bind(2, "10.77.0.10", NOW.plus(HOUR))).isTrue();
        assertThat(store.find(client(1))).isEmpty();
    }

    @Test
    void givesAnOfferedOrReleasedAddressToAnother() throws Exception {
        claim(1, "10.77.0.10", Lease.State.OFFERED, NOW.plus(HOUR), NOW);
        claim(1, "10.77.0.11", Lease.State.RELEASED, NOW.plus(HOUR), NOW);
        assertThat(bind(2, "10.77.0.10", NOW)).isTrue();
        assertThat(bind(2, "10.77.0.11", NOW)).isTrue();
        assertThat(store.find(client(1))).isEmpty();
        assertThat(store.find(client(2))).hasSize(2);
    }

    @Test
    void keepsABoundLeaseFromALateOfferToTheSameClient() throws Exception {
        bind(1, "10.77.0.10", NOW);
        assertThat(claim(1, "10.77.0.10", Lease.State.OFFERED, NOW.plusSeconds(60), NOW))
                .isFalse();
        assertThat(store.find(Addresses.parse("10.77.0.10"))).map(Lease::state).contains(Lease.State.BOUND);
        assertThat(claim(1, "10.77.0.10", Lease.State.OFFERED, NOW.plus(HOUR).plusSeconds(60), NOW.plus(HOUR)))
                .isTrue();
    }

    @Test
    void findsTheLeasesOfAClientLastFirstAndNotMoreThanItSays() throws Exception {
        for (int i = 1; i <= 12; i++) {
            bind(1, "10.0.0." + i, NOW.plusSeconds(i));
        }
        assertThat(store.find(client(1)))
                .extracting(lease -> lease.address().getHostAddress())
                .hasSize(LeaseStore.MOST_LEASES_OF_CLIENT)
                .startsWith("10.0.0.12", "10.0.0.11", "10.0.0.10");
        bind(1, "10.0.0.7", NOW.plusSeconds(20));
        assertThat(store.find(client(1)))
                .extracting(lease -> lease.address().getHostAddress())
                .startsWith("10.0.0.7", "10.0.0.12");
    }

    @Test
    void keepsADeclinedAddressFromEveryoneUntilItsEnd() throws Exception {
        bind(1, "10.77.0.10", NOW);
        claim(1, "10.77.0.10", Lease.State.DECLINED, NOW.plus(HOUR), NOW);
        assertThat(store.find(client(1))).isEmpty();
        assertThat(bind(1, "10.77.0.10", NOW)).isFalse();
        assertThat(bind(2, "10.77.0.10", NOW)).isFalse();
        assertThat(bind(2, "10.77.0.10", NOW.plus(HOUR))).isTrue();
    }

    @Test
    void findsFreshAddressesThenEndedOnesAndOffersApart() throws Exception {
        claim(1, "10.77.0.10", Lease.State.BOUND, NOW.minus(HOUR), NOW.minus(HOUR));
        claim(2, "10.77.0.11", Lease.State.BOUND, NOW, NOW.minus(HOUR));
        assertThat(store.freeAddress(pool, NOW)).contains(Addresses.parse("10.77.0.12"));
        claim(3, "10.77.0.12", Lease.State.OFFERED, NOW.plusSeconds(60), NOW);
        assertThat(store.freeAddress(pool, NOW)).contains(Addresses.parse("10.77.0.10"));
        bind(4, "10.77.0.10", NOW);
        assertThat(store.freeAddress(pool, NOW)).contains(Addresses.parse("10.77.0.11"));
        claim(5, "10.77.0.11", Lease.State.DECLINED, NOW.plus(HOUR), NOW);
        assertThat(store.freeAddress(pool, NOW)).isEmpty();
        assertThat(store.offeredAddress(pool, NOW)).contains(Addresses.parse("10.77.0.12"));
        bind(3, "10.77.0.12", NOW);
        assertThat(store.freeAddress(pool, NOW)).isEmpty();
        assertThat(store.offeredAddress(pool, NOW)).isEmpty();
        assertThat(store.freeAddress(pool, NOW.plus(HOUR))).isPresent();
    }

    @Test
    void findsAnEndedOfferBeforeAnEndedLeaseAndTheOldestOfferFirst() throws Exception {
        claim(1, "10.77.0.10", Lease.State.BOUND, NOW.plusSeconds(1), NOW);
        claim(2, "10.77.0.11", Lease.State.OFFERED, NOW.plusSeconds(20), NOW);
        claim(3, "10.77.0.12", Lease.State.OFFERED, NOW.plusSeconds(10), NOW);
        assertThat(store.freeAddress(pool, NOW)).isEmpty();
        assertThat(store.offeredAddress(pool, NOW)).contains(Addresses.parse("10.77.0.12"));
        assertThat(store.freeAddress(pool, NOW.plusSeconds(5))).contains(Addresses.parse("10.77.0.10"));
        assertThat(store.freeAddress(pool, NOW.plusSeconds(10))).contains(Addresses.parse("10.77.0.12"));
    }

    @Test
    void findsTheOnlyFreshAddressOfALargePoolWhereverTheSearchBegins() throws Exception {
        AddressPool large = AddressPool.of("10.80.0.0", "10.80.19.255");
        InetAddress fresh = large.address(77);
        for (int i = 0; i < large.span(); i++) {
            if (i != 77) {
                claim(i, large.address(i).getHostAddress(), Lease.State.OFFERED, NOW.plusSeconds(60), NOW);
            }
        }
        assertThat(store.freeAddress(large, NOW)).contains(fresh);
        assertThat(store.freeAddress(large, NOW)).as("behind it").contains(fresh);
    }

    @Test
    void leavesExcludedAddressesOut() throws Exception {
        AddressPool holed = pool.without(Set.of(Addresses.parse("10.77.0.10"), Addresses.parse("10.77.0.12")));
        bind(1, "10.77.0.10", NOW.minus(HOUR).minus(HOUR));
        assertThat(store.freeAddress(holed, NOW)).contains(Addresses.parse("10.77.0.11"));
        bind(1, "10.77.0.11", NOW);
        assertThat(store.freeAddress(holed, NOW)).isEmpty();
        assertThat(store.freeAddress(pool, NOW)).contains(Addresses.parse("10.77.0.12"));
    }

    @Test
    void findsFreeAddressesOfIpv6() throws Exception {
        AddressPool six = AddressPool.of("fd77::fffe", "fd77::1:1");
        Set<InetAddress> given = new HashSet<>();
        for (int i = 0; i < 4; i++) {
            InetAddress free = store.freeAddress(six, NOW).orElseThrow();
            Lease lease = new Lease(free, client(i), hardware(i), "", Lease.State.BOUND, NOW.plus(HOUR));
            assertThat(store.claim(lease, NOW)).isTrue();
            given.add(free);
        }
        assertThat(given).hasSize(4).allMatch(six::contains);
        assertThat(store.freeAddress(six, NOW)).isEmpty();
    }

    @Test
    void neverGivesOneAddressTwiceAndNeverLosesOne() throws Exception {
        Random random = new Random(1);
        Map<InetAddress, Lease> model = new HashMap<>();
        Instant now = NOW;
        for (int step = 0; step < steps(); step++) {
            now = now.plusSeconds(random.nextInt(3));
            Lease.State state = List.of(Lease.State.values()).get(random.nextInt(4));
            Lease lease = lease(
                    random.nextInt(200),
                    "10.0.1." + random.nextInt(100),
                    state,
                    now.plusSeconds(random.nextInt(state == Lease.State.DECLINED ? 50 : 200)));
            Lease before = model.get(lease.address());
            boolean free = before == null || before.yieldsTo(lease, now);
            assertThat(store.claim(lease, now)).isEqualTo(free);
            if (free) {
                model.put(lease.address(), lease);
            }
        }
        assertThat(leases()).containsExactlyInAnyOrderElementsOf(model.values());
        AddressPool all = AddressPool.of("10.0.1.0", "10.0.1.99");
        Instant later = now.plus(HOUR);
        Set<Object> found = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Lease lease = new Lease(
                    store.freeAddress(all, later).orElseThrow(),
                    client(1000 + i),
                    hardware(1000 + i),
                    "",
                    Lease.State.BOUND,
                    later.plus(HOUR));
            assertThat(store.claim(lease, later)).isTrue();
            found.add(lease.address());
        }
        assertThat(found).hasSize(100);
        assertThat(store.freeAddress(all, later)).isEmpty();
    }

    /** How many random claims the model test makes. */
    int steps() {
        return 20_000;
    }

    @Test
    void givesNoAddressToTwoOfManyThreads() throws Exception {
        AddressPool small = AddressPool.of("10.0.2.0", "10.0.2.31");
        Map<InetAddress, ClientIdentifier> owners = new ConcurrentHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int first = thread * 100;
                running.add(threads.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        bindAnyFree(small, first + i, owners);
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(owners).hasSize(32);
        assertThat(leases())
                .hasSize(32)
                .allSatisfy(lease -> assertThat(owners.get(lease.address())).isEqualTo(lease.client()));
    }

    private void bindAnyFree(AddressPool from, int client, Map<InetAddress, ClientIdentifier> owners) throws Exception {
        while (true) {
            var free = store.freeAddress(from, NOW);
            if (free.isEmpty()) {
                return;
            }
            Lease lease =
                    new Lease(free.get(), client(client), hardware(client), "", Lease.State.BOUND, NOW.plus(HOUR));
            if (store.claim(lease, NOW)) {
                assertThat(owners.putIfAbsent(lease.address(), lease.client())).isNull();
                return;
            }
        }
    }
}
