package dev.pxekit.dhcp.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.dhcp.internal.Addresses;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two processes hand out from one small pool in PostgreSQL, and are killed in turns. */
@Tag("interop")
@Timeout(900)
class KilledLeaseServerIT {

    private static final int KILLS = 12;
    private static final int CLAIMS_BETWEEN_KILLS = 150;

    @Test
    void noAddressIsTwoClientsAndNoAcknowledgedLeaseIsMissing() throws Exception {
        List<ClaimRecord> acknowledged = new ArrayList<>();
        List<ClaimerProcess> running = new ArrayList<>();
        try (PostgresServer server = new PostgresServer()) {
            String url = server.newSchema();
            LeaseStore store = LeaseStore.jdbc(PostgresServer.pool(url));
            try {
                running.add(new ClaimerProcess(url, 0));
                running.add(new ClaimerProcess(url, 1));
                for (int kill = 0; kill < KILLS; kill++) {
                    ClaimerProcess victim = running.get(kill % 2);
                    victim.awaitClaims(CLAIMS_BETWEEN_KILLS);
                    acknowledged.addAll(victim.kill());
                    running.set(kill % 2, new ClaimerProcess(url, kill % 2));
                }
            } finally {
                for (ClaimerProcess process : running) {
                    acknowledged.addAll(process.kill());
                }
            }
            assertThat(acknowledged).hasSizeGreaterThan(KILLS * CLAIMS_BETWEEN_KILLS);
            assertThat(ClaimRecord.conflicts(acknowledged)).isEmpty();
            assertNothingIsMissing(acknowledged, store);
        }
    }

    /** The last acknowledged lease of each address is there, unless a later one is, whose server was killed before it told. */
    private static void assertNothingIsMissing(List<ClaimRecord> acknowledged, LeaseStore store) throws IOException {
        for (List<ClaimRecord> each : ClaimRecord.byAddress(acknowledged).values()) {
            ClaimRecord last =
                    each.stream().max(Comparator.comparingLong(ClaimRecord::to)).orElseThrow();
            Lease kept = store.find(Addresses.parse(last.address())).orElseThrow();
            assertThat(kept.expiresAt().toEpochMilli()).as(last.toLine()).isGreaterThanOrEqualTo(last.to());
            if (kept.expiresAt().toEpochMilli() == last.to()) {
                assertThat(kept.client().toString()).isEqualTo(last.client());
            }
        }
    }

    /** A {@link LeaseClaimer} in a process, and what it told. */
    private static final class ClaimerProcess {

        private final Process process;
        private final List<ClaimRecord> told = new ArrayList<>();
        private final Thread listener = new Thread(this::listen);

        ClaimerProcess(String url, int number) throws IOException {
            String classPath = String.join(
                    File.pathSeparator,
                    Path.of("target", "test-classes").toAbsolutePath().toString(),
                    System.getProperty("jdk.module.path", ""),
                    System.getProperty("java.class.path"));
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classPath,
                            LeaseClaimer.class.getName(),
                            url,
                            Integer.toString(number))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            listener.start();
        }

        private void listen() {
            try (BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    synchronized (told) {
                        told.add(ClaimRecord.parse(line));
                        told.notifyAll();
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                synchronized (told) {
                    told.notifyAll();
                }
            }
        }

        void awaitClaims(int count) throws InterruptedException {
            synchronized (told) {
                while (told.size() < count) {
                    assertThat(process.isAlive()).isTrue();
                    told.wait(100);
                }
            }
        }

        /** All that it told before its end: the process itself would also close the pipe to it. */
        List<ClaimRecord> kill() throws InterruptedException {
            process.toHandle().destroyForcibly();
            process.onExit().orTimeout(60, TimeUnit.SECONDS).join();
            listener.join();
            return told;
        }
    }
}
