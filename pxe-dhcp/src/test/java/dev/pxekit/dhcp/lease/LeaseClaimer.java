package dev.pxekit.dhcp.lease;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A server of a process of its own: claims addresses of a small pool for its clients until it is killed, and tells of each. */
final class LeaseClaimer {

    static final AddressPool POOL = AddressPool.of("10.77.0.0", "10.77.0.23");

    /** How many clients each process has, of numbers from that of the process times this on. */
    static final int CLIENTS = 32;

    private static final int THREADS = 4;
    private static final Duration LEASE_TIME = Duration.ofMillis(100);

    private LeaseClaimer() {}

    /** The URL of the database and the number of the process. */
    public static void main(String[] arguments) throws IOException {
        LeaseStore store = LeaseStore.jdbc(PostgresServer.pool(arguments[0]));
        int process = Integer.parseInt(arguments[1]);
        for (int thread = 0; thread < THREADS; thread++) {
            int first = process * CLIENTS + thread * (CLIENTS / THREADS);
            new Thread(() -> claimForEver(store, first)).start();
        }
    }

    /** Each client is one thread's. */
    private static void claimForEver(LeaseStore store, int firstClient) {
        Random random = new Random();
        try {
            while (true) {
                int client = firstClient + random.nextInt(CLIENTS / THREADS);
                Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
                Optional<InetAddress> address = address(store, client, random, now);
                if (address.isPresent()) {
                    claim(store, client, address.get(), now);
                }
            }
        } catch (IOException e) {
            System.err.println(e);
            System.exit(1);
        }
    }

    /** The client's address of before, a free one, or any. */
    private static Optional<InetAddress> address(LeaseStore store, int client, Random random, Instant now)
            throws IOException {
        List<Lease> known = store.find(LeaseStoreContract.client(client));
        return switch (random.nextInt(3)) {
            case 0 -> known.stream().findFirst().map(Lease::address);
            case 1 -> store.freeAddress(POOL, now);
            default -> Optional.of(POOL.address(random.nextInt((int) POOL.span())));
        };
    }

    private static void claim(LeaseStore store, int client, InetAddress address, Instant now) throws IOException {
        Lease lease =
                LeaseStoreContract.lease(client, address.getHostAddress(), Lease.State.BOUND, now.plus(LEASE_TIME));
        if (store.claim(lease, now)) {
            acknowledge(ClaimRecord.of(lease, now));
        }
    }

    /** In one write to the pipe: it is there as a whole, or not at all. */
    private static synchronized void acknowledge(ClaimRecord claim) {
        PrintStream out = System.out;
        byte[] line = (claim.toLine() + "\n").getBytes(StandardCharsets.US_ASCII);
        out.write(line, 0, line.length);
        out.flush();
    }
}
