package dev.pxekit.dhcp.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fills a disk with leases and with another file, and makes room again. */
final class JournalFullDisk {

    private JournalFullDisk() {}

    private static boolean bind(LeaseStore store, int client) throws IOException {
        String address = "10.0." + client / 256 + "." + client % 256;
        return store.claim(
                LeaseStoreContract.lease(client, address, Lease.State.BOUND, Lease.NEVER), LeaseStoreContract.NOW);
    }

    private static int count(LeaseStore store) throws IOException {
        int[] count = {0};
        store.forEach(lease -> count[0]++);
        return count[0];
    }

    /**
     * Says that it passed, or why it did not.
     *
     * @param arguments a directory on a disk of 256 KiB
     */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        Path journal = directory.resolve("leases");
        Path other = directory.resolve("other");
        Files.write(other, new byte[160_000]);
        int bound = 0;
        try (LeaseStore store = LeaseStore.journal(journal)) {
            try {
                for (; bound < 10_000; bound++) {
                    bind(store, bound);
                }
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("lease journal " + journal + " cannot be written: ");
            }
            assertThat(bound).isBetween(100, 5_000);
            assertThat(count(store)).isEqualTo(bound);
            int client = bound;
            assertThatThrownBy(() -> bind(store, client)).isInstanceOf(IOException.class);
            assertThat(store.claim(
                            LeaseStoreContract.lease(7, "10.1.0.0", Lease.State.OFFERED, Lease.NEVER),
                            LeaseStoreContract.NOW))
                    .isTrue();
        }
        // Too full to be rewritten.
        try (LeaseStore store = LeaseStore.journal(journal)) {
            assertThat(count(store)).isEqualTo(bound);
            int client = bound;
            assertThatThrownBy(() -> bind(store, client)).isInstanceOf(IOException.class);
            Files.delete(other);
            for (int i = 0; i < 50; i++) {
                assertThat(bind(store, bound)).isTrue();
                bound++;
            }
        }
        try (LeaseStore store = LeaseStore.journal(journal)) {
            assertThat(count(store)).isEqualTo(bound);
        }
        System.out.println("passed");
    }
}
