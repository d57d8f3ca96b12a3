package dev.pxekit.dhcp.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What the databases do differently. */
enum SqlDialect {

    /** PostgreSQL: a claim is one statement; a schema can be changed in a transaction. */
    POSTGRESQL("PostgreSQL") {

        private static final String CLAIM = "INSERT INTO pxekit_lease AS held (" + LeaseRow.WRITTEN
                + ", claim_number) VALUES (" + "?, ".repeat(LeaseRow.WRITTEN_COLUMNS) + "nextval('pxekit_claim'))"
                + " ON CONFLICT (address) DO UPDATE SET "
                + LeaseRow.WRITTEN.replaceAll("(\\w+)", "$1 = EXCLUDED.$1")
                + ", claim_number = EXCLUDED.claim_number"
                + " WHERE held.state IN ('OFFERED', 'RELEASED') OR held.expires_at <= ?"
                + " OR (held.state = 'BOUND' AND held.client = EXCLUDED.client AND EXCLUDED.state <> 'OFFERED')";

        // Locks of transactions have numbers; this one is the lease schema's.
        private static final String LOCK = "SELECT pg_advisory_xact_lock(7953477213390462)";

        @Override
        boolean claim(Connection connection, Lease lease, Instant now) throws SQLException {
            try (PreparedStatement statement = prepare(connection, CLAIM)) {
                LeaseRow.write(lease, statement);
                statement.setLong(LeaseRow.WRITTEN_COLUMNS + 1, LeaseRow.millis(now));
                return statement.executeUpdate() == 1;
            }
        }

        @Override
        PreparedStatement prepare(Connection connection, String sql) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            statement.setQueryTimeout(JdbcDatabase.QUERY_SECONDS);
            return statement;
        }

        @Override
        void lockSchema(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(LOCK);
            }
        }
    },

    /**
     * H2: a claim is two statements, or three; a change of the schema commits by itself, which is why each can be run again.
     * Waits for locks are bounded by the {@code LOCK_TIMEOUT} of the URL, 2 seconds if not told.
     */
    H2("H2") {

        private static final String UPDATE =
                "UPDATE pxekit_lease SET " + LeaseRow.WRITTEN.replaceAll("(\\w+)", "$1 = ?")
                        + ", claim_number = nextval('pxekit_claim') WHERE address = ? AND (state IN ('OFFERED', 'RELEASED')"
                        + " OR expires_at <= ? OR (state = 'BOUND' AND client = ? AND ? <> 'OFFERED'))";

        private static final String INSERT = "INSERT INTO pxekit_lease (" + LeaseRow.WRITTEN
                + ", claim_number) VALUES (" + "?, ".repeat(LeaseRow.WRITTEN_COLUMNS) + "nextval('pxekit_claim'))";

        // Rows are never deleted: one that is in the way of the insertion is there, and decides, in the second update.
        @Override
        boolean claim(Connection connection, Lease lease, Instant now) throws SQLException {
            return update(connection, lease, now) || insert(connection, lease) || update(connection, lease, now);
        }

        private boolean update(Connection connection, Lease lease, Instant now) throws SQLException {
            try (PreparedStatement statement = prepare(connection, UPDATE)) {
                LeaseRow.write(lease, statement);
                statement.setBytes(LeaseRow.WRITTEN_COLUMNS + 1, LeaseRow.key(lease.address()));
                statement.setLong(LeaseRow.WRITTEN_COLUMNS + 2, LeaseRow.millis(now));
                statement.setBytes(LeaseRow.WRITTEN_COLUMNS + 3, lease.client().bytes());
                statement.setString(LeaseRow.WRITTEN_COLUMNS + 4, lease.state().name());
                return statement.executeUpdate() == 1;
            }
        }

        private boolean insert(Connection connection, Lease lease) throws SQLException {
            try (PreparedStatement statement = prepare(connection, INSERT)) {
                LeaseRow.write(lease, statement);
                return statement.executeUpdate() == 1;
            } catch (SQLException e) {
                if (DUPLICATE_KEY.equals(e.getSQLState())) {
                    return false;
                }
                throw e;
            }
        }

        // Without a time limit: H2 has it for the whole connection, which is not ours.
        @Override
        PreparedStatement prepare(Connection connection, String sql) throws SQLException {
            return connection.prepareStatement(sql);
        }

        @Override
        void lockSchema(Connection connection) {}
    };

    static final String DUPLICATE_KEY = "23505";

    private final String product;

    SqlDialect(String product) {
        this.product = product;
    }

    /** The dialect of the database at the other end. */
    static SqlDialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return Arrays.stream(values())
                .filter(dialect -> dialect.product.equals(product))
                .findFirst()
                .orElseThrow(() -> new SQLException("database " + product + " (expected: "
                        + Arrays.stream(values())
                                .map(dialect -> dialect.product)
                                .collect(Collectors.joining(" or "))
                        + ")"));
    }

    /** Records a lease if the rule of {@link Lease#yieldsTo} allows it, at whatever else happens at the same time. */
    abstract boolean claim(Connection connection, Lease lease, Instant now) throws SQLException;

    /** A statement that ends in bounded time. */
    abstract PreparedStatement prepare(Connection connection, String sql) throws SQLException;

    /** Waits until no other server changes the schema; holds until the transaction ends. */
    abstract void lockSchema(Connection connection) throws SQLException;
}
