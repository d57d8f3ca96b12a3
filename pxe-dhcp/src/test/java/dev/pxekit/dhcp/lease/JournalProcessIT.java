package dev.pxekit.dhcp.lease;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.testkit.ChildJvm;
import dev.pxekit.testkit.Needs;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A journal that another process has, and one on a disk that is really full. */
@Tag("interop")
@Timeout(120)
class JournalProcessIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void namesTheProcessThatHasTheJournal() throws Exception {
        Path journal = directory.resolve("leases");
        Process server =
                ChildJvm.start(List.of(), List.of(), LeaseStore.class, JournalChild.class, journal.toString(), "1");
        try {
            String line;
            BufferedReader output = server.inputReader(UTF_8);
            do {
                line = output.readLine();
            } while (line != null && !line.startsWith("bound "));
            assertThatThrownBy(() -> LeaseStore.journal(journal))
                    .isInstanceOf(IOException.class)
                    .hasMessage("lease journal " + journal.toRealPath() + " is in use by process " + server.pid()
                            + ", which holds a lock on " + journal.toRealPath()
                            + ".lock: stop it, or give this one a journal of its own");
        } finally {
            server.destroyForcibly();
        }
        server.waitFor();
        LeaseStore.journal(journal).close();
    }

    @Test
    void worksAgainWhenAFullDiskHasRoom() throws Exception {
        Path unshare = Needs.program("unshare", "util-linux");
        Needs.mountNamespaces();
        String mount = "mount -t tmpfs -o size=256k tmpfs '" + directory + "' && exec \"$@\"";
        Process program = ChildJvm.start(
                List.of(unshare.toString(), "-m", "sh", "-ec", mount, "sh"),
                List.of("-ea"),
                LeaseStore.class,
                JournalFullDisk.class,
                directory.toString());
        String output = new String(program.getInputStream().readAllBytes(), UTF_8);
        assertThat(program.waitFor()).as(output).isZero();
        assertThat(output).endsWith("passed\n");
    }
}
