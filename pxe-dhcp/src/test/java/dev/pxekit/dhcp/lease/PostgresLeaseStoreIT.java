package dev.pxekit.dhcp.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What is promised of all stores, and of those in a database, on PostgreSQL. */
@Tag("interop")
class PostgresLeaseStoreIT {

    private static PostgresServer server;
    private @Nullable JdbcConnectionPool connections;

    @BeforeAll
    static void startServer() throws Exception {
        server = new PostgresServer();
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    private DataSource emptySchema() throws SQLException {
        connections = PostgresServer.pool(server.newSchema());
        return connections;
    }

    @AfterEach
    void closeConnections() {
        if (connections != null) {
            connections.dispose();
        }
    }

    @Nested
    class AnyStore extends LeaseStoreContract {

        @Override
        LeaseStore open() throws Exception {
            return LeaseStore.jdbc(emptySchema());
        }

        @Override
        int steps() {
            return 2_000;
        }
    }

    @Nested
    class Shared extends SharedDatabaseContract {

        @Override
        DataSource emptyDatabase() throws Exception {
            return emptySchema();
        }

        @Test
        void needsNoRightToMakeTablesOnceTheyAreThere() throws Exception {
            LeaseStore.jdbc(database());
            execute("CREATE ROLE clerk");
            execute("GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA " + schema() + " TO clerk");
            execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA " + schema() + " TO clerk");
            execute("GRANT USAGE ON SCHEMA " + schema() + " TO clerk");
            DataSource clerk = mapped(connection -> {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET ROLE clerk");
                }
            });
            Lease lease = bound(1, "10.77.0.1", LeaseStoreContract.NOW);
            assertThat(LeaseStore.jdbc(clerk).claim(lease, LeaseStoreContract.NOW))
                    .isTrue();
            assertThat(LeaseStore.jdbcWithoutMigration(clerk).find(lease.address()))
                    .contains(lease);
        }

        private String schema() throws SQLException {
            try (Connection connection = database().getConnection()) {
                return connection.getSchema();
            }
        }

        @Test
        void waitsForALockForABoundedTime() throws Exception {
            LeaseStore store = LeaseStore.jdbc(database());
            Lease lease = bound(1, "10.77.0.1", LeaseStoreContract.NOW.plusSeconds(60));
            try (Connection other = database().getConnection()) {
                other.setAutoCommit(false);
                try (Statement statement = other.createStatement()) {
                    statement.execute("LOCK TABLE pxekit_lease IN ACCESS EXCLUSIVE MODE");
                }
                assertThatThrownBy(() -> store.claim(lease, LeaseStoreContract.NOW))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("the lease of 10.77.0.1 may not be recorded: ");
                other.rollback();
            }
            assertThat(store.claim(lease, LeaseStoreContract.NOW)).isTrue();
        }

        /** The pool takes a tenth of the addresses. Nothing is read but parts of the indexes, whatever the parameters are. */
        @Test
        void findsFreeAddressesByAnIndex() throws Exception {
            LeaseStore.jdbc(database());
            execute("INSERT INTO pxekit_lease SELECT decode('040a' || lpad(to_hex(i), 6, '0'), 'hex'), '\\x0102', 1, 1,"
                    + " '', '', CASE WHEN i % 10 = 0 THEN 'OFFERED' ELSE 'BOUND' END, i % 10 = 0, i, i"
                    + " FROM generate_series(0, 99999) i");
            execute("VACUUM ANALYZE pxekit_lease");
            for (String mode : List.of("force_custom_plan", "force_generic_plan")) {
                assertThat(plan(mode, JdbcLeaseStore.GIVEN, "'\\x040a004000', '\\x040a0043ff'"))
                        .contains("Index Only Scan using pxekit_lease_pkey")
                        .doesNotContain("Seq Scan");
                for (String kind : List.of("true", "false")) {
                    assertThat(plan(
                                    mode,
                                    JdbcLeaseStore.ENDS + 64,
                                    kind + ", 0, 99999, '\\x040a004000', '\\x040a0067ff'"))
                            .contains("Index Only Scan using pxekit_lease_end")
                            .doesNotContain("Seq Scan")
                            .doesNotContain("Sort");
                }
            }
        }

        private String plan(String mode, String sql, String parameters) throws SQLException {
            String numbered = IntStream.rangeClosed(1, parameters.split(",", -1).length)
                    .boxed()
                    .reduce(sql, (text, number) -> text.replaceFirst("\\?", "\\$" + number), (one, other) -> other);
            try (Connection connection = database().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET plan_cache_mode = " + mode);
                statement.execute("PREPARE searched AS " + numbered);
                StringBuilder plan = new StringBuilder();
                try (ResultSet rows = statement.executeQuery("EXPLAIN EXECUTE searched (" + parameters + ")")) {
                    while (rows.next()) {
                        plan.append(rows.getString(1)).append('\n');
                    }
                }
                statement.execute("DEALLOCATE searched");
                return plan.toString();
            }
        }
    }

    /** With connections that are used again, and with a new one for each call. */
    @Test
    void goesOnOnceTheDatabaseIsBack() throws Exception {
        String url = server.newSchema();
        connections = PostgresServer.pool(url);
        for (DataSource source : List.of(unpooled(url), connections)) {
            LeaseStore store = LeaseStore.jdbc(source);
            List<Lease> leases = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Lease lease = SharedDatabaseContract.bound(i, "10.77.0." + i, LeaseStoreContract.NOW.plusSeconds(60));
                assertThat(store.claim(lease, LeaseStoreContract.NOW)).isTrue();
                leases.add(lease);
            }
            server.stop();
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(() -> store.claim(leases.get(0), LeaseStoreContract.NOW))
                        .isInstanceOf(IOException.class)
                        .hasMessageStartingWith("the lease of 10.77.0.0 may not be recorded: ")
                        .hasCauseInstanceOf(SQLException.class);
            }
            server.start();
            assertThat(store.claim(leases.get(0), LeaseStoreContract.NOW)).isTrue();
            List<Lease> kept = new ArrayList<>();
            store.forEach(kept::add);
            assertThat(kept).containsExactlyElementsOf(leases);
        }
    }

    private static DataSource unpooled(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    /** Claims go on from several threads while the server's processes for them are ended one by one. */
    @Test
    void losesNoAcknowledgedLeaseToBrokenConnections() throws Exception {
        String url = server.newSchema();
        connections = PostgresServer.pool(url);
        LeaseStore store = LeaseStore.jdbc(connections);
        List<Callable<List<Lease>>> tasks = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            int part = thread;
            tasks.add(() -> claimAll(store, part));
        }
        tasks.add(() -> {
            for (int i = 0; i < 50; i++) {
                try (Connection connection = DriverManager.getConnection(url);
                        Statement statement = connection.createStatement()) {
                    statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
                }
            }
            return List.of();
        });
        List<Lease> acknowledged = new ArrayList<>();
        SharedDatabaseContract.inParallel(tasks).forEach(acknowledged::addAll);
        List<Lease> kept = new ArrayList<>();
        // The pool may still hold connections that were broken.
        LeaseStore.jdbc(unpooled(url)).forEach(kept::add);
        assertThat(acknowledged).isNotEmpty();
        assertThat(kept).containsAll(acknowledged);
    }

    private static List<Lease> claimAll(LeaseStore store, int part) {
        List<Lease> acknowledged = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            Lease lease = SharedDatabaseContract.bound(
                    part * 1000 + i, "10.77." + part + "." + i, LeaseStoreContract.NOW.plusSeconds(60));
            try {
                if (store.claim(lease, LeaseStoreContract.NOW)) {
                    acknowledged.add(lease);
                }
            } catch (IOException e) {
                assertThat(e).hasMessageContaining("may not be recorded: ");
            }
        }
        return acknowledged;
    }
}
