package dev.pxekit.dhcp.lease;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.internal.Addresses;
import dev.pxekit.testkit.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Servers are killed (SIGKILL) while they write, after any number of answers: no acknowledged lease is forgotten, no address is
 * given to two clients. How often is said by {@code -Dpxekit.kills=1000}.
 */
@Tag("interop")
class JournalKillIT {

    private static final int KILLS = Integer.getInteger("pxekit.kills", 50);

    /** How many lines a server writes at most before it is killed. One in ten is killed while it opens the journal. */
    private static final int MOST_LINES = 800;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** What the clients were told. */
    private final Map<InetAddress, Lease> acknowledged = new HashMap<>();

    /** What they gave back, whether or not they were told so. */
    private final Set<InetAddress> released = new HashSet<>();

    private long claims;

    /** Two of them at a time if there are two processors. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    @Timeout(7200)
    void losesNothingWhenItIsKilled(long seed) throws Exception {
        Path journal = directory.resolve("leases");
        Random random = new Random(seed);
        for (int kill = 1; kill <= KILLS / 2; kill++) {
            run(journal, kill, random.nextInt(10) == 0 ? 0 : random.nextInt(MOST_LINES));
            check(journal);
        }
        assertThat(claims).isGreaterThan(KILLS);
        System.out.println("journal: " + KILLS / 2 + " servers killed, " + claims + " claims acknowledged, "
                + acknowledged.size() + " leases in the end");
    }

    /** Kills a server after so many lines. */
    private void run(Path journal, int number, int lines) throws IOException, InterruptedException {
        Process process = ChildJvm.start(
                List.of(),
                List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:+UseSerialGC", "-Xmx64m"),
                LeaseStore.class,
                JournalChild.class,
                journal.toString(),
                Integer.toString(number));
        try (BufferedReader output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
            int read = 0;
            for (String line; (line = output.readLine()) != null; read++) {
                take(line);
                if (read >= lines) {
                    // Not through the process, which would close its output.
                    process.toHandle().destroyForcibly();
                }
            }
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor()).as("exit status of the killed").isEqualTo(137);
    }

    private void take(String line) {
        String[] words = line.split(" ", -1);
        if (words.length == 1) {
            return;
        }
        assertThat(words).as(line).hasSize(4);
        InetAddress address = Addresses.parse(words[1]);
        ClientIdentifier client = ClientIdentifier.parse(words[2]);
        Instant end = Instant.ofEpochMilli(Long.parseLong(words[3]));
        Lease before = acknowledged.get(address);
        switch (words[0]) {
            case "release" -> released.add(address);
            case "released" -> acknowledged.remove(address);
            case "bound" -> {
                claims++;
                if (before != null) {
                    assertThat(client)
                            .as("address given twice: %s, and %s", line, before)
                            .isEqualTo(before.client());
                }
                acknowledged.put(
                        address,
                        new Lease(address, client, LeaseStoreContract.hardware(0), "", Lease.State.BOUND, end));
            }
            default -> throw new AssertionError(line);
        }
    }

    /** What was on its way when the server was killed may be there or not, and is what the next one begins with. */
    private void check(Path journal) throws IOException {
        try (LeaseStore store = LeaseStore.journal(journal)) {
            for (Lease lease : List.copyOf(acknowledged.values())) {
                Lease found = store.find(lease.address()).orElseThrow(() -> new AssertionError("forgotten: " + lease));
                if (found.state() == Lease.State.RELEASED) {
                    assertThat(released).as("released, but not by its client").contains(lease.address());
                    acknowledged.remove(lease.address());
                } else {
                    assertThat(found.client()).as("given to another: %s", lease).isEqualTo(lease.client());
                    assertThat(found.expiresAt()).as("renewal forgotten").isAfterOrEqualTo(lease.expiresAt());
                }
            }
            store.forEach(lease -> {
                if (lease.state() == Lease.State.BOUND) {
                    acknowledged.put(lease.address(), lease);
                }
            });
        }
        released.clear();
    }
}
