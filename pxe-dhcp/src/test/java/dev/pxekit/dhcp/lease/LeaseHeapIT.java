package dev.pxekit.dhcp.lease;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pxekit.testkit.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A hundred thousand leases in a bounded heap, with the server, its sockets and the clients that ask. */
@Tag("interop")
@Timeout(600)
class LeaseHeapIT {

    /** BENCHMARKS.md has what less does. */
    private static final String HEAP = "-Xmx64m";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static String lease(String store) throws Exception {
        Process process = ChildJvm.start(
                List.of(),
                List.of(HEAP, "-XX:+ExitOnOutOfMemoryError"),
                LeaseStore.class,
                LeaseHeapProgram.class,
                store,
                "100000");
        try {
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void keepsThemInMemory() throws Exception {
        assertThat(lease("memory")).contains("leases: 100000, ");
    }

    @Test
    void keepsThemInAJournalAndReadsThemAgain() throws Exception {
        assertThat(lease(directory.resolve("leases").toString())).contains("leases: 100000, ");
    }
}
