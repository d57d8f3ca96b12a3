package dev.pxekit.dhcp.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The power is cut before every operation of a journal, and what is then on the disk is any of what a disk may have: no group that
 * was acknowledged is lost, and what is there is what there was at one moment.
 */
@Timeout(120)
class JournalCrashTest {

    private static final String NAME = "leases";
    private static final int RESULTS_OF_A_CUT = 25;

    /** Groups of leases; the journal is closed and opened again in the middle. */
    private static List<List<Lease>> plan(Random random) {
        List<List<Lease>> groups = new ArrayList<>();
        for (int group = 0; group < 14; group++) {
            List<Lease> leases = new ArrayList<>();
            for (int i = random.nextInt(4) == 0 ? random.nextInt(30) : 0; i >= 0; i--) {
                Lease.State state = List.of(Lease.State.BOUND, Lease.State.RELEASED, Lease.State.DECLINED)
                        .get(random.nextInt(3));
                leases.add(LeaseStoreContract.lease(
                        random.nextInt(500),
                        "10.0.0." + random.nextInt(8),
                        state,
                        LeaseStoreContract.NOW.plusMillis(random.nextInt(1_000_000))));
            }
            groups.add(leases);
        }
        return groups;
    }

    /** A server that has a journal and nothing else. */
    private static final class Server implements Journal.Durable {

        private final Map<InetAddress, Lease> leases = new LinkedHashMap<>();
        private int appended;

        void run(Disk disk, List<List<Lease>> groups) throws IOException {
            runPart(disk, groups.subList(0, groups.size() / 2));
            runPart(disk, groups.subList(groups.size() / 2, groups.size()));
        }

        private void runPart(Disk disk, List<List<Lease>> groups) throws IOException {
            leases.clear();
            JournalFile file = new JournalReader(disk, NAME).open(false, this::put);
            try (Journal journal = new Journal(disk, NAME, file, this, 5, 3)) {
                journal.ensureSound();
                for (List<Lease> group : groups) {
                    journal.append(group);
                    group.forEach(this::put);
                    appended++;
                    journal.tidy(0);
                }
            }
        }

        private void put(Lease lease) {
            leases.remove(lease.address());
            leases.put(lease.address(), lease);
        }

        @Override
        public List<Lease> leases() {
            return List.copyOf(leases.values());
        }

        @Override
        public int count() {
            return leases.size();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void losesNothingThatWasAcknowledged(int seed) throws Exception {
        List<List<Lease>> groups = plan(new Random(seed));
        SimulatedDisk whole = new SimulatedDisk();
        new Server().run(whole, groups);
        assertThat(whole.open()).isZero();
        assertThat(whole.names()).containsExactly(NAME);
        Random random = new Random(seed);
        for (int cut = 1; cut <= whole.operations(); cut++) {
            SimulatedDisk disk = new SimulatedDisk();
            disk.cutPowerAt(cut);
            Server server = new Server();
            try {
                server.run(disk, groups);
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("the power is cut");
            }
            check(disk.afterPowerCut(), groups, server.appended);
            for (int result = 0; result < RESULTS_OF_A_CUT; result++) {
                check(disk.afterPowerCut(random), groups, server.appended);
            }
        }
    }

    private static void check(SimulatedDisk disk, List<List<Lease>> groups, int appended) throws IOException {
        assertThat(prefixes(groups, appended)).contains(read(disk));
        Lease next = LeaseStoreContract.lease(7, "10.0.1.1", Lease.State.BOUND, LeaseStoreContract.NOW);
        try (LeaseStore store = new JournalLeaseStore(disk, NAME, () -> {}, false, 5)) {
            assertThat(store.claim(next, LeaseStoreContract.NOW)).isTrue();
        }
        assertThat(read(disk.afterPowerCut())).containsEntry(next.address(), next);
    }

    /** What the leases are after what was acknowledged, and after each record of the group after that. */
    private static List<Map<InetAddress, Lease>> prefixes(List<List<Lease>> groups, int appended) {
        Map<InetAddress, Lease> leases = new HashMap<>();
        groups.subList(0, appended).forEach(group -> group.forEach(lease -> leases.put(lease.address(), lease)));
        List<Map<InetAddress, Lease>> prefixes = new ArrayList<>(List.of(Map.copyOf(leases)));
        if (appended < groups.size()) {
            for (Lease lease : groups.get(appended)) {
                leases.put(lease.address(), lease);
                prefixes.add(Map.copyOf(leases));
            }
        }
        return prefixes;
    }

    private static Map<InetAddress, Lease> read(SimulatedDisk disk) throws IOException {
        Map<InetAddress, Lease> leases = new HashMap<>();
        try (LeaseStore store = new JournalLeaseStore(disk, NAME, () -> {}, false, 5)) {
            store.forEach(lease -> leases.put(lease.address(), lease));
        }
        return leases;
    }
}
