package dev.pxekit.dhcp.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.HardwareAddress;
import dev.pxekit.dhcp.internal.Addresses;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What several servers that share a database count on; the database is the subclass's. */
@Timeout(300)
abstract class SharedDatabaseContract {

    private static final Instant NOW = LeaseStoreContract.NOW;
    private static final int THREADS = 16;

    private DataSource database;

    /** A database without tables. */
    abstract DataSource emptyDatabase() throws Exception;

    @BeforeEach
    void openDatabase() throws Exception {
        database = emptyDatabase();
    }

    final DataSource database() {
        return database;
    }

    static Lease bound(int client, String address, Instant end) {
        return LeaseStoreContract.lease(client, address, Lease.State.BOUND, end);
    }

    final void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> each : threads.invokeAll(tasks)) {
                results.add(each.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Every claim has a time of its own, by one clock, which is taken before the store is asked. */
    @Test
    void manyThreadsOfSeveralServersNeverBindOneAddressToTwoClientsAtOnce() throws Exception {
        List<LeaseStore> stores =
                List.of(LeaseStore.jdbc(database), LeaseStore.jdbc(database), LeaseStore.jdbc(database));
        AtomicLong clock = new AtomicLong(NOW.toEpochMilli());
        List<ClaimRecord> recorded = Collections.synchronizedList(new ArrayList<>());
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Random random = new Random(thread);
            LeaseStore store = stores.get(thread % stores.size());
            int firstClient = thread * 4;
            tasks.add(() -> {
                for (int i = 0; i < 100; i++) {
                    String address = "10.77.0." + random.nextInt(4);
                    int client = firstClient + random.nextInt(4);
                    Instant now = Instant.ofEpochMilli(clock.incrementAndGet());
                    Lease lease = bound(client, address, now.plusMillis(5));
                    if (store.claim(lease, now)) {
                        recorded.add(ClaimRecord.of(lease, now));
                    }
                }
                return null;
            });
        }
        inParallel(tasks);
        assertThat(recorded).hasSizeGreaterThan(THREADS);
        assertThat(ClaimRecord.conflicts(recorded)).isEmpty();
    }

    @Test
    void oneOfManyWinsAnAddressThatWasNeverGivenAndOneThatEnded() throws Exception {
        LeaseStore one = LeaseStore.jdbc(database);
        LeaseStore other = LeaseStore.jdbc(database);
        for (int round = 0; round < 20; round++) {
            String address = "10.77.0." + round / 2;
            Instant now = NOW.plusSeconds(round);
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int client = 0; client < THREADS; client++) {
                LeaseStore store = client % 2 == 0 ? one : other;
                Lease lease = bound(round * THREADS + client, address, now.plusSeconds(1));
                tasks.add(() -> store.claim(lease, now));
            }
            assertThat(inParallel(tasks)).containsOnlyOnce(true);
        }
    }

    @Test
    void seesWhatAnotherServerDid() throws Exception {
        LeaseStore one = LeaseStore.jdbc(database);
        LeaseStore other = LeaseStore.jdbc(database);
        AddressPool pool = AddressPool.of("10.77.0.0", "10.77.0.1");
        Lease first = bound(1, "10.77.0.0", NOW.plusSeconds(60));
        assertThat(one.claim(first, NOW)).isTrue();
        assertThat(other.find(first.client())).containsExactly(first);
        assertThat(other.claim(bound(2, "10.77.0.0", NOW.plusSeconds(60)), NOW)).isFalse();
        assertThat(other.freeAddress(pool, NOW)).contains(Addresses.parse("10.77.0.1"));
        assertThat(other.claim(bound(2, "10.77.0.1", NOW.plusSeconds(60)), NOW)).isTrue();
        assertThat(one.freeAddress(pool, NOW)).isEmpty();
        assertThat(one.claim(first.to(Lease.State.RELEASED, NOW), NOW)).isTrue();
        assertThat(other.freeAddress(pool, NOW)).contains(first.address());
    }

    @Test
    void keepsHostNamesOfAnyCharactersAndIdentifiersOfAnyLength() throws Exception {
        LeaseStore store = LeaseStore.jdbc(database);
        byte[] octets = new byte[5000];
        new Random(3).nextBytes(octets);
        for (String name : List.of("", "\ud800", "a\udfff\u0000\\u0041\\", "\ud83d\ude00".repeat(200), "%s'\"\n")) {
            Lease lease = new Lease(
                    Addresses.parse("fd77::1"),
                    ClientIdentifier.of(octets),
                    HardwareAddress.of(255, new byte[16]),
                    name,
                    Lease.State.BOUND,
                    Lease.NEVER);
            assertThat(store.claim(lease, NOW)).isTrue();
            assertThat(store.find(lease.address())).contains(lease);
            assertThat(store.find(lease.client())).containsExactly(lease);
        }
    }

    @Test
    void showsMoreLeasesThanAPage() throws Exception {
        LeaseStore store = LeaseStore.jdbc(database);
        for (int i = 0; i < 1_001; i++) {
            assertThat(store.claim(bound(i, "10.77." + i / 256 + "." + i % 256, NOW.plusSeconds(60)), NOW))
                    .isTrue();
        }
        List<Lease> all = new ArrayList<>();
        store.forEach(all::add);
        assertThat(all).hasSize(1_001).doesNotHaveDuplicates();
    }

    @Test
    void serversThatStartAtOnceMakeTheTablesOnce() throws Exception {
        List<Callable<LeaseStore>> tasks = Collections.nCopies(8, () -> LeaseStore.jdbc(database));
        assertThat(inParallel(tasks).get(7).claim(bound(1, "10.77.0.1", NOW), NOW))
                .isTrue();
    }

    @Test
    void refusesTablesOfANewerLibrary() throws Exception {
        LeaseStore.jdbc(database);
        execute("INSERT INTO pxekit_schema_version (version) VALUES (7)");
        assertThatThrownBy(() -> LeaseStore.jdbc(database))
                .isInstanceOf(IOException.class)
                .hasMessage("the lease schema is of version 7, which a newer library made (expected: 1):"
                        + " use that library, or another database");
    }

    @Test
    void makesNoTablesUnlessItMay() throws Exception {
        assertThatThrownBy(() -> LeaseStore.jdbcWithoutMigration(database))
                .isInstanceOf(IOException.class)
                .hasMessage("the lease schema is of version 0 (expected: 1):"
                        + " run dev/pxekit/dhcp/lease/schema-1.sql of the library's jar");
        try (var script = LeaseStore.class.getResourceAsStream("schema-1.sql")) {
            String statements = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            execute(statements);
            execute(statements);
        }
        assertThat(LeaseStore.jdbcWithoutMigration(database).claim(bound(1, "10.77.0.1", NOW), NOW))
                .isTrue();
    }

    @Test
    void commitsOnConnectionsThatDoNotByThemselves() throws Exception {
        DataSource manual = mapped(connection -> connection.setAutoCommit(false));
        LeaseStore store = LeaseStore.jdbc(manual);
        Lease lease = bound(1, "10.77.0.1", NOW.plusSeconds(60));
        assertThat(store.claim(lease, NOW)).isTrue();
        assertThat(store.claim(bound(2, "10.77.0.1", NOW), NOW)).isFalse();
        assertThat(LeaseStore.jdbc(database).find(lease.address())).contains(lease);
    }

    @Test
    void claimsAtTheStrictestIsolation() throws Exception {
        LeaseStore store = LeaseStore.jdbc(
                mapped(connection -> connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE)));
        List<Callable<Boolean>> tasks = new ArrayList<>();
        for (int client = 0; client < 4; client++) {
            Lease lease = bound(client, "10.77.0.1", NOW.plusSeconds(1));
            tasks.add(() -> store.claim(lease, NOW));
        }
        assertThat(inParallel(tasks)).containsOnlyOnce(true);
    }

    /** What is done to a connection before it is handed out. */
    interface Preparation {
        void on(Connection connection) throws SQLException;
    }

    final DataSource mapped(Preparation preparation) {
        return (DataSource) Proxy.newProxyInstance(
                SharedDatabaseContract.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(database, arguments);
                        if (result instanceof Connection connection) {
                            preparation.on(connection);
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
