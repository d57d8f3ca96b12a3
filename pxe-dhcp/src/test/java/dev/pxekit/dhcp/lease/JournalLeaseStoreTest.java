package dev.pxekit.dhcp.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.internal.Addresses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, and what a journal promises beyond it. */
class JournalLeaseStoreTest extends LeaseStoreContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path file() {
        return directory.resolve("leases");
    }

    @Override
    LeaseStore open() throws Exception {
        return LeaseStore.journal(file());
    }

    /** Each is forced to the disk. */
    @Override
    int steps() {
        return 1_000;
    }

    /** A journal of its own, as the contract has one open. */
    private Path other() {
        return directory.resolve("other");
    }

    private static List<Lease> leases(LeaseStore store) throws IOException {
        List<Lease> leases = new ArrayList<>();
        store.forEach(leases::add);
        return leases;
    }

    @Test
    void hasWhatWasClaimedWhenItIsOpenedAgain() throws Exception {
        Random random = new Random(5);
        Instant now = NOW;
        List<Lease> expected = new ArrayList<>();
        List<Lease> ofOne = new ArrayList<>();
        for (int run = 0; run < 5; run++) {
            try (LeaseStore store = JournalLeaseStore.open(other(), false, 40)) {
                assertThat(leases(store)).containsExactlyInAnyOrderElementsOf(expected);
                assertThat(store.find(client(0))).containsExactlyElementsOf(ofOne);
                for (int i = 0; i < 60; i++) {
                    // The clock is set forward and back.
                    now = NOW.plusSeconds(random.nextInt(1000) - 500);
                    Lease.State state = List.of(Lease.State.BOUND, Lease.State.RELEASED, Lease.State.DECLINED)
                            .get(random.nextInt(3));
                    store.claim(
                            lease(
                                    random.nextInt(20),
                                    random.nextBoolean()
                                            ? "10.0.1." + random.nextInt(30)
                                            : "fd77::" + random.nextInt(30),
                                    state,
                                    now.plusSeconds(random.nextInt(200))),
                            now);
                }
                expected = leases(store);
                ofOne = store.find(client(0));
            }
        }
        assertThat(expected).hasSizeGreaterThan(30);
    }

    @Test
    void forgetsOffersAndHasWhatTheyCovered() throws Exception {
        Lease ended = lease(1, "10.77.0.10", Lease.State.BOUND, NOW);
        try (LeaseStore store = LeaseStore.journal(other())) {
            store.claim(ended, NOW.minus(HOUR));
            store.claim(lease(2, "10.77.0.10", Lease.State.OFFERED, NOW.plus(HOUR)), NOW);
            store.claim(lease(3, "10.77.0.11", Lease.State.OFFERED, NOW.plus(HOUR)), NOW);
            assertThat(leases(store)).hasSize(2);
        }
        try (LeaseStore store = LeaseStore.journal(other())) {
            assertThat(leases(store)).containsExactly(ended);
        }
    }

    @Test
    void keepsTheFileSmall() throws Exception {
        SimulatedDisk disk = new SimulatedDisk();
        try (LeaseStore store = new JournalLeaseStore(disk, "leases", () -> {}, false, 50)) {
            for (int i = 0; i < 3_000; i++) {
                store.claim(lease(1, "10.77.0." + i % 20, Lease.State.BOUND, NOW.plusSeconds(i)), NOW);
                store.claim(lease(1, "10.77.1." + i % 5, Lease.State.OFFERED, NOW.plusSeconds(i)), NOW);
                assertThat(disk.content("leases").length).isLessThan(100 * 60);
            }
        }
        try (LeaseStore store = new JournalLeaseStore(disk, "leases", () -> {}, false, 50)) {
            assertThat(leases(store))
                    .hasSize(20)
                    .allMatch(lease -> lease.expiresAt().isAfter(NOW.plusSeconds(2_970)));
            assertThat(store.find(client(1)).get(0).address()).isEqualTo(Addresses.parse("10.77.0.19"));
        }
    }

    @Test
    void refusesASecondStoreOfOneFile() throws Exception {
        assertThatThrownBy(() -> LeaseStore.journal(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file() + " is open in this process already");
        Path link = Files.createSymbolicLink(directory.resolve("link"), file());
        assertThatThrownBy(() -> LeaseStore.journal(link)).hasMessageContaining("is open in this process already");
    }

    @Test
    void saysWhatIsWrongWithThePath() throws Exception {
        Path missing = directory.resolve("missing");
        assertThatThrownBy(() -> LeaseStore.journal(missing.resolve("leases")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the directory " + missing + " does not exist: make it");
        assertThatThrownBy(() -> LeaseStore.journal(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(directory + " is a directory: name a file in it");
        Path text = Files.writeString(directory.resolve("text"), "lease 10.0.0.1 {\n}\n".repeat(20));
        assertThatThrownBy(() -> LeaseStore.journal(text))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(text + " of 380 octets cannot be read: it is no lease journal");
        Path empty = Files.createFile(directory.resolve("empty"));
        assertThatThrownBy(() -> LeaseStore.salvagedJournal(empty)).hasMessageContaining("of 0 octets cannot be read");
        assertThat(text).hasSize(380);
    }

    @Test
    void filesAreTheirOwnersOnly() throws Exception {
        assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
        try (LeaseStore store = JournalLeaseStore.open(other(), false, 1);
                Stream<Path> files = Files.list(directory)) {
            for (int i = 0; i < 10; i++) {
                store.claim(lease(1, "10.77.0.1", Lease.State.BOUND, NOW), NOW);
            }
            assertThat(files)
                    .hasSizeGreaterThanOrEqualTo(4)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void claimsNothingWhenItIsClosed() throws Exception {
        LeaseStore store = LeaseStore.journal(other());
        store.close();
        Lease lease = lease(1, "10.77.0.1", Lease.State.BOUND, NOW);
        assertThatThrownBy(() -> store.claim(lease, NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void refusesAClientIdentifierThatNoPacketCanHave() throws Exception {
        try (LeaseStore store = LeaseStore.journal(other())) {
            Lease longest = withClientOf(65_535);
            assertThat(store.claim(longest, NOW)).isTrue();
            assertThatThrownBy(() -> store.claim(withClientOf(65_536), NOW))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("client identifier of 65536 octets (expected: at most 65535)");
            assertThat(leases(store)).containsExactly(longest);
        }
        try (LeaseStore store = LeaseStore.journal(other())) {
            assertThat(leases(store)).containsExactly(withClientOf(65_535));
        }
    }

    private static Lease withClientOf(int octets) {
        return new Lease(
                Addresses.parse("fd77::1"),
                ClientIdentifier.of(new byte[octets]),
                hardware(1),
                "名".repeat(255),
                Lease.State.BOUND,
                NOW);
    }

    @Test
    void anInterruptedThreadStillWrites() throws Exception {
        try (LeaseStore store = JournalLeaseStore.open(other(), false, 1)) {
            for (int i = 0; i < 10; i++) {
                Thread.currentThread().interrupt();
                assertThat(store.claim(lease(i, "10.77.0." + i, Lease.State.BOUND, NOW), NOW))
                        .isTrue();
                assertThat(Thread.interrupted()).isTrue();
            }
        }
        try (LeaseStore store = LeaseStore.journal(other())) {
            assertThat(leases(store)).hasSize(10);
        }
    }
}
