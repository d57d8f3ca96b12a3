package dev.pxekit.dhcp.lease;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pxekit.dhcp.internal.Addresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A server to kill. It tells on its output, a line each, what it is about to release, what it has released, and what it has bound,
 * when {@code claim} has returned true. First it releases some leases, one after the other; then threads with clients of their own
 * bind free addresses and renew what they have, until it is killed.
 */
final class JournalChild {

    static final AddressPool POOL = AddressPool.of("10.77.0.0", "10.77.1.255");

    /** No lease ends while the test runs. */
    private static final long FIRST_END =
            LeaseStoreContract.NOW.plusSeconds(1_000_000).toEpochMilli();

    private static final int THREADS = 4;
    private static final int CLIENTS = 100;
    private static final int RELEASED = 30;

    /** How many outdated records are rewritten: so few that a run does it a few times. */
    private static final int SLACK = 100;

    private final LeaseStore store;
    private final Random random;
    private final long serial;

    private JournalChild(LeaseStore store, long seed) {
        this.store = store;
        random = new Random(seed);
        serial = FIRST_END + 100_000 * seed;
    }

    /**
     * Serves until it is killed.
     *
     * @param arguments the journal, and the number of the run, counting up
     */
    public static void main(String[] arguments) throws Exception {
        say("opening");
        try (LeaseStore store = JournalLeaseStore.open(Path.of(arguments[0]), false, SLACK)) {
            JournalChild child = new JournalChild(store, Long.parseLong(arguments[1]));
            child.release();
            for (int thread = 1; thread < THREADS; thread++) {
                int number = thread;
                Thread other = new Thread(() -> child.bind(number));
                other.setDaemon(true);
                other.start();
            }
            child.bind(0);
        }
    }

    private static void say(String line) {
        byte[] octets = (line + "\n").getBytes(UTF_8);
        synchronized (System.out) {
            System.out.write(octets, 0, octets.length);
            System.out.flush();
        }
    }

    private void release() throws IOException {
        for (int i = 0; i < RELEASED; i++) {
            Optional<Lease> lease = store.find(POOL.address(random.nextInt((int) POOL.span())));
            if (lease.isPresent() && lease.get().state() == Lease.State.BOUND) {
                say("release " + text(lease.get()));
                Lease released = lease.get().to(Lease.State.RELEASED, LeaseStoreContract.NOW);
                if (store.claim(released, LeaseStoreContract.NOW)) {
                    say("released " + text(lease.get()));
                }
            }
        }
    }

    private void bind(int thread) {
        Random own = new Random(serial + thread);
        try {
            for (long end = serial; ; end++) {
                int client = thread * CLIENTS + own.nextInt(CLIENTS);
                List<Lease> held = store.find(LeaseStoreContract.client(client));
                Optional<InetAddress> address = held.isEmpty() || own.nextInt(4) == 0
                        ? store.freeAddress(POOL, LeaseStoreContract.NOW)
                        : Optional.of(held.get(own.nextInt(held.size())).address());
                if (address.isPresent()) {
                    claim(client, address.get(), end);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void claim(int client, InetAddress address, long end) throws IOException {
        Lease lease = LeaseStoreContract.lease(
                client, Addresses.toString(address), Lease.State.BOUND, Instant.ofEpochMilli(end));
        if (store.claim(lease, LeaseStoreContract.NOW)) {
            say("bound " + text(lease));
        }
    }

    private static String text(Lease lease) {
        return Addresses.toString(lease.address()) + " " + lease.client() + " "
                + lease.expiresAt().toEpochMilli();
    }
}
