package dev.pxekit.dhcp.lease;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Objects;
import java.util.Set;

/** The tables that leases are kept in: their version, and the statements that lead from one version to the next. */
final class LeaseSchema {

    /** The version that this library reads and writes; {@code schema-N.sql} leads to version N. */
    static final int VERSION = 1;

    private static final String FAILING = "cannot find out the version of the lease schema";

    private static final int ATTEMPTS = 5;

    /** No such table, as PostgreSQL and H2 say it. */
    private static final Set<String> NO_TABLE = Set.of("42P01", "42S02", "42S03", "42S04");

    private final JdbcDatabase database;

    LeaseSchema(JdbcDatabase database) {
        this.database = database;
    }

    /**
     * Brings the schema to this library's version; needs no right to do so if it is there already. H2 has no lock that outlasts
     * a change of the schema: servers of one process wait for each other here, those of several try again.
     */
    void migrate() throws IOException {
        synchronized (LeaseSchema.class) {
            for (int attempt = 1; database.run(FAILING, LeaseSchema::version) < VERSION; attempt++) {
                try {
                    database.run("cannot bring the lease schema to version " + VERSION, this::migrate);
                } catch (IOException e) {
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                }
            }
        }
        check();
    }

    /** Makes sure that the schema is of this library's version. */
    void check() throws IOException {
        int version = database.run(FAILING, LeaseSchema::version);
        if (version > VERSION) {
            throw new IOException(
                    "the lease schema is of version " + version + ", which a newer library made (expected: " + VERSION
                            + "): use that library, or another database");
        }
        if (version < VERSION) {
            throw new IOException("the lease schema is of version " + version + " (expected: " + VERSION
                    + "): run dev/pxekit/dhcp/lease/schema-" + (version + 1) + ".sql"
                    + (version + 1 == VERSION ? "" : " to schema-" + VERSION + ".sql") + " of the library's jar");
        }
    }

    /** In a transaction, after any other server that does the same. */
    private boolean migrate(Connection connection) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            database.dialect().lockSchema(connection);
            for (int next = version(connection) + 1; next <= VERSION; next++) {
                statement.execute(script(next));
            }
            connection.commit();
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        } finally {
            connection.setAutoCommit(autoCommit);
        }
        return true;
    }

    /** 0 if there are no tables. */
    private static int version(Connection connection) throws SQLException {
        boolean inTransaction = !connection.getAutoCommit();
        Savepoint before = inTransaction ? connection.setSavepoint() : null;
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT MAX(version) FROM pxekit_schema_version")) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            if (!NO_TABLE.contains(e.getSQLState())) {
                throw e;
            }
            if (before != null) {
                connection.rollback(before);
            }
            return 0;
        }
    }

    private static String script(int version) {
        String name = "schema-" + version + ".sql";
        try (InputStream script = Objects.requireNonNull(LeaseSchema.class.getResourceAsStream(name), name)) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("the library's jar cannot be read", e);
        }
    }
}
