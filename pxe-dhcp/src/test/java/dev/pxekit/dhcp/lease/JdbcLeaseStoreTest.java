package dev.pxekit.dhcp.lease;

import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** What is promised of all stores, and of those in a database, on H2. */
class JdbcLeaseStoreTest {

    private static final String PATIENT = ";LOCK_TIMEOUT=60000";

    private JdbcConnectionPool connections = pool("jdbc:h2:mem:");

    private static JdbcConnectionPool pool(String url) {
        JdbcConnectionPool pool = JdbcConnectionPool.create(url, "sa", "");
        pool.setMaxConnections(64);
        return pool;
    }

    private DataSource inMemory() {
        connections = pool("jdbc:h2:mem:" + UUID.randomUUID() + PATIENT);
        return connections;
    }

    @AfterEach
    void closeDatabase() {
        connections.dispose();
    }

    @Nested
    class InMemory extends LeaseStoreContract {

        @Override
        LeaseStore open() throws Exception {
            return LeaseStore.jdbc(inMemory());
        }

        @Override
        int steps() {
            return 2_000;
        }
    }

    @Nested
    class InAFile extends LeaseStoreContract {

        @TempDir
        private Path directory;

        @Override
        LeaseStore open() throws Exception {
            connections = pool("jdbc:h2:file:" + directory.resolve("leases") + PATIENT);
            return LeaseStore.jdbc(connections);
        }

        @Override
        int steps() {
            return 2_000;
        }
    }

    @Nested
    class Shared extends SharedDatabaseContract {

        @Override
        DataSource emptyDatabase() {
            return inMemory();
        }
    }
}
