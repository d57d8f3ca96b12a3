package dev.pxekit.dhcp.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A disk that is full, or fails: what is not acknowledged is not there, and claims work again when the disk does. */
@Timeout(600)
class JournalFailureTest {

    private static final String NAME = "leases";
    private static final SimulatedDisk.Fault NONE = operation -> {};

    private final SimulatedDisk disk = new SimulatedDisk();

    private JournalLeaseStore open() throws IOException {
        return open(disk);
    }

    private static JournalLeaseStore open(SimulatedDisk disk) throws IOException {
        return new JournalLeaseStore(disk, NAME, () -> {}, false, 20);
    }

    private static Lease bound(int client, int address) {
        return lease(client, address, Lease.State.BOUND);
    }

    private static Lease lease(int client, int address, Lease.State state) {
        return LeaseStoreContract.lease(
                client, "10.0.0." + address, state, LeaseStoreContract.NOW.plus(LeaseStoreContract.HOUR));
    }

    private static boolean claim(LeaseStore store, Lease lease) throws IOException {
        return store.claim(lease, LeaseStoreContract.NOW);
    }

    private static List<Lease> leases(LeaseStore store) throws IOException {
        List<Lease> leases = new ArrayList<>();
        store.forEach(leases::add);
        return leases;
    }

    private static SimulatedDisk.Fault failing(String failing) {
        return operation -> {
            if (operation.equals(failing)) {
                throw new IOException("Input/output error");
            }
        };
    }

    @Test
    void whatWasSubmittedAndCannotBeWrittenIsTakenBack() throws IOException {
        try (LeaseStore store = open()) {
            Lease mine = bound(1, 1);
            claim(store, mine);
            disk.fault(failing("write"));
            CompletableFuture<Void> renewed = store.submit(
                            mine.to(
                                    Lease.State.BOUND,
                                    LeaseStoreContract.NOW.plus(LeaseStoreContract.HOUR.plus(LeaseStoreContract.HOUR))),
                            LeaseStoreContract.NOW)
                    .orElseThrow();
            assertThat(renewed)
                    .failsWithin(Duration.ofSeconds(60))
                    .withThrowableThat()
                    .withCauseInstanceOf(IOException.class)
                    .withMessageContaining("/simulated/leases cannot be written: Input/output error");
            assertThat(leases(store)).containsExactly(mine);
            disk.fault(NONE);
            assertThat(claim(store, bound(2, 2))).isTrue();
        }
    }

    @Test
    void aFailedClaimLeavesWhatWasThere() throws IOException {
        for (String operation : List.of("write", "force")) {
            SimulatedDisk own = new SimulatedDisk();
            try (LeaseStore store = open(own)) {
                Lease mine = bound(1, 1);
                claim(store, mine);
                own.fault(failing(operation));
                assertThatThrownBy(() -> claim(store, lease(1, 1, Lease.State.RELEASED)))
                        .isInstanceOf(IOException.class)
                        .hasMessage("lease journal /simulated/leases cannot be written: Input/output error");
                assertThatThrownBy(() -> claim(store, bound(2, 2))).isInstanceOf(IOException.class);
                assertThat(leases(store)).containsExactly(mine);
                assertThat(store.find(mine.client())).containsExactly(mine);
                assertThat(claim(store, bound(3, 1))).isFalse();
                assertThat(claim(store, lease(3, 3, Lease.State.OFFERED))).isTrue();
                assertThat(leases(store)).hasSize(2);
                own.fault(NONE);
                assertThat(claim(store, bound(2, 2))).isTrue();
            }
            try (LeaseStore store = open(own.afterPowerCut())) {
                assertThat(leases(store)).containsExactlyInAnyOrder(bound(1, 1), bound(2, 2));
            }
        }
    }

    /** The address of a claim that failed is found free again. */
    @Test
    void aFailedClaimUsesNoAddress() throws IOException {
        AddressPool pool = AddressPool.of("10.0.0.1", "10.0.0.3");
        try (LeaseStore store = open()) {
            claim(store, bound(1, 1));
            assertThat(store.freeAddress(pool, LeaseStoreContract.NOW))
                    .contains(bound(2, 2).address());
            disk.fault(failing("force"));
            assertThatThrownBy(() -> claim(store, bound(2, 2))).isInstanceOf(IOException.class);
            assertThat(store.freeAddress(pool, LeaseStoreContract.NOW))
                    .contains(bound(2, 2).address());
        }
    }

    @Test
    void worksAgainInTheSameFileWhenTheDiskHasRoom() throws IOException {
        try (LeaseStore store = open()) {
            disk.capacity(300);
            int claimed = 0;
            try {
                for (; claimed < 100; claimed++) {
                    claim(store, bound(claimed, claimed));
                }
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("No space left on device");
            }
            assertThat(claimed).isBetween(2, 5);
            assertThat(leases(store)).hasSize(claimed);
            assertThat(disk.names()).containsExactly(NAME);
            disk.capacity(disk.content(NAME).length + 60);
            assertThat(claim(store, bound(200, 200))).isTrue();
            assertThat(leases(open(disk.afterPowerCut()))).hasSize(claimed + 1);
        }
    }

    /** A rewrite that fails does not fail a claim. */
    @Test
    void growsWhenItCannotBeRewritten() throws IOException {
        disk.fault(operation -> {
            if (operation.equals("create") && disk.exists(NAME)) {
                throw new IOException("No space left on device");
            }
        });
        try (LeaseStore store = open()) {
            for (int i = 0; i < 500; i++) {
                assertThat(claim(store, bound(1, i % 3))).isTrue();
            }
            assertThat(disk.content(NAME).length).isGreaterThan(500 * 40);
            disk.fault(NONE);
            for (int i = 0; i < 1_100; i++) {
                assertThat(claim(store, bound(1, i % 3))).isTrue();
            }
            assertThat(disk.content(NAME).length).isLessThan(50 * 60);
        }
        assertThat(disk.open()).isZero();
    }

    /** A store whose journal cannot be rewritten at the start, as it should be after a kill, can be read and tries again. */
    @Test
    void opensOnAFullDisk() throws IOException {
        JournalLeaseStore killed = open();
        claim(killed, bound(1, 1));
        disk.capacity(0);
        try (LeaseStore store = open()) {
            assertThat(leases(store)).containsExactly(bound(1, 1));
            assertThat(claim(store, lease(2, 2, Lease.State.OFFERED))).isTrue();
            assertThatThrownBy(() -> claim(store, bound(2, 2))).hasMessageContaining("No space left");
            disk.capacity(10_000);
            assertThat(claim(store, bound(2, 2))).isTrue();
        }
        assertThat(leases(open(disk.afterPowerCut()))).hasSize(2);
    }

    /** Any operation fails at any time, again and again, and then the power is cut: no claim that returned true is lost. */
    @Test
    void losesNothingWhateverFails() throws IOException {
        for (int seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            SimulatedDisk own = new SimulatedDisk();
            Map<Integer, Lease> acknowledged = new HashMap<>();
            Map<Integer, Set<Lease>> unknown = new HashMap<>();
            JournalLeaseStore store = open(own);
            own.fault(operation -> {
                if (random.nextInt(6) == 0) {
                    throw new IOException("Input/output error");
                }
            });
            int failures = 0;
            for (int i = 0; i < 150; i++) {
                int address = random.nextInt(10);
                Lease before = acknowledged.get(address);
                Lease.State state = random.nextBoolean() ? Lease.State.BOUND : Lease.State.RELEASED;
                Lease lease = lease(
                                before == null
                                        ? i
                                        : Integer.parseInt(before.hostName().substring(4)),
                                address,
                                state)
                        .to(state, LeaseStoreContract.NOW.plusSeconds(1000 + i));
                try {
                    assertThat(claim(store, lease)).isTrue();
                    acknowledged.put(address, lease);
                    unknown.remove(address);
                } catch (IOException e) {
                    failures++;
                    unknown.computeIfAbsent(address, any -> new HashSet<>()).add(lease);
                }
                assertThat(leases(store)).containsExactlyInAnyOrderElementsOf(acknowledged.values());
            }
            assertThat(failures).isPositive();
            check(own.afterPowerCut(), acknowledged, unknown);
            check(own.afterPowerCut(random), acknowledged, unknown);
            own.fault(NONE);
            store.close();
        }
    }

    private static void check(SimulatedDisk cut, Map<Integer, Lease> acknowledged, Map<Integer, Set<Lease>> unknown)
            throws IOException {
        try (LeaseStore store = open(cut)) {
            for (int address = 0; address < 10; address++) {
                Set<Lease> possible = new HashSet<>(unknown.getOrDefault(address, Set.of()));
                Lease lease = acknowledged.get(address);
                Optional<Lease> found = store.find(bound(0, address).address());
                if (lease != null) {
                    possible.add(lease);
                    assertThat(found).isPresent();
                }
                found.ifPresent(there -> assertThat(possible).contains(there));
            }
        }
    }

    /** Claims that waited behind a group that fails may build on it: an address that was given back, then given to another. */
    @Test
    void failsWhatBuildsOnAGroupThatFailed() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try (LeaseStore store = open()) {
            claim(store, bound(1, 1));
            CountDownLatch writing = new CountDownLatch(1);
            CountDownLatch queued = new CountDownLatch(1);
            disk.fault(operation -> {
                if (operation.equals("force")) {
                    writing.countDown();
                    await(queued);
                    throw new IOException("Input/output error");
                }
            });
            Future<Boolean> release = threads.submit(() -> claim(store, lease(1, 1, Lease.State.RELEASED)));
            writing.await();
            Future<Boolean> other = threads.submit(() -> claim(store, bound(2, 1)));
            while (store.find(bound(2, 1).client()).isEmpty()) {
                Thread.onSpinWait();
            }
            queued.countDown();
            assertThatThrownBy(release::get).hasMessageContaining("Input/output error");
            assertThatThrownBy(other::get).hasMessageContaining("Input/output error");
            assertThat(leases(store)).containsExactly(bound(1, 1));
            disk.fault(NONE);
            assertThat(claim(store, lease(1, 1, Lease.State.RELEASED))).isTrue();
            assertThat(claim(store, bound(2, 1))).isTrue();
        } finally {
            threads.shutdownNow();
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
