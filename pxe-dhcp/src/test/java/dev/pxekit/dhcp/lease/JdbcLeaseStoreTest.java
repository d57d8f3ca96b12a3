package dev.pxekit.dhcp.lease;

import java.nio.file.Path;
import java.util.UUID;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract on H2. */
class JdbcLeaseStoreTest {

    @Nested
    class InMemory extends OnH2 {

        @Override
        String url() {
            return "jdbc:h2:mem:" + UUID.randomUUID();
        }
    }

    @Nested
    class InAFile extends OnH2 {

        @TempDir
        private Path directory;

        @Override
        String url() {
            return "jdbc:h2:file:" + directory.resolve("leases");
        }
    }

    abstract static class OnH2 extends LeaseStoreContract {

        private JdbcConnectionPool connections = JdbcConnectionPool.create("jdbc:h2:mem:", "", "");

        abstract String url();

        @Override
        LeaseStore open() throws Exception {
            connections = JdbcConnectionPool.create(url(), "sa", "");
            return LeaseStore.jdbc(connections);
        }

        @AfterEach
        void closeDatabase() {
            connections.dispose();
        }

        @Override
        int steps() {
            return 2_000;
        }
    }
}
