package dev.pxekit.dhcp.lease;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;

/**
 * Does one piece of work at a time on a connection of its own, in bounded time, and says what went wrong as an
 * {@link IOException}. Once the database cannot be reached, only one thread at a time tries again, and all others fail at
 * once until it succeeds: a database that is away holds one thread, not all of them.
 */
final class JdbcDatabase {

    /** How long a statement may take. */
    static final int QUERY_SECONDS = 5;

    /** How long the database may be silent on a connection; longer than a statement may take. */
    private static final int SILENCE_MILLIS = 10_000;

    /** How often work that lost against other work is done again. */
    private static final int ATTEMPTS = 8;

    /** Serialization failure, deadlock; H2: a row that was changed meanwhile. All of them leave nothing behind. */
    private static final Set<String> LOST = Set.of("40001", "40P01", "90131");

    private static final String CONNECTION_EXCEPTION = "08";
    private static final String OPERATOR_INTERVENTION = "57P";
    private static final Executor SAME_THREAD = Runnable::run;

    private final DataSource dataSource;
    private final SqlDialect dialect;
    private final ReentrantLock retry = new ReentrantLock();
    private volatile boolean away;

    JdbcDatabase(DataSource dataSource) throws IOException {
        this.dataSource = dataSource;
        try (Connection connection = dataSource.getConnection()) {
            dialect = SqlDialect.of(connection);
        } catch (SQLException e) {
            throw failure("cannot use the database for leases", e);
        }
    }

    SqlDialect dialect() {
        return dialect;
    }

    /** Something to do on a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** A statement's parameters and what it gives. */
    interface Query<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    /**
     * Runs one statement.
     *
     * @param failing what to say if it fails, such as {@code cannot read the lease of 10.77.0.10}
     */
    <T> T query(String failing, String sql, Query<T> query) throws IOException {
        return run(failing, connection -> {
            try (PreparedStatement statement = dialect.prepare(connection, sql)) {
                return query.run(statement);
            }
        });
    }

    /** Does work whose statements each stand for themselves, or that looks after its transaction. */
    <T> T run(String failing, Work<T> work) throws IOException {
        boolean alone = away;
        if (alone && !retry.tryLock()) {
            throw new IOException(failing + ": the database cannot be reached; another thread is trying to");
        }
        try {
            T result = runOrRepeat(work);
            away = false;
            return result;
        } catch (SQLException e) {
            throw failure(failing, e);
        } finally {
            if (alone) {
                retry.unlock();
            }
        }
    }

    private <T> T runOrRepeat(Work<T> work) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return runOnce(work);
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !LOST.contains(state(e))) {
                    throw e;
                }
            }
        }
    }

    private <T> T runOnce(Work<T> work) throws SQLException {
        try (Connection connection = connect()) {
            int silence = connection.getNetworkTimeout();
            if (silence == 0 || silence > SILENCE_MILLIS) {
                connection.setNetworkTimeout(SAME_THREAD, SILENCE_MILLIS);
            }
            try {
                T result = work.on(connection);
                if (!connection.getAutoCommit()) {
                    connection.commit();
                }
                connection.setNetworkTimeout(SAME_THREAD, silence);
                return result;
            } catch (SQLException e) {
                away |= isAway(e);
                undo(connection, silence, e);
                throw e;
            }
        }
    }

    private Connection connect() throws SQLException {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            away = true;
            throw e;
        }
    }

    private static boolean isAway(SQLException e) {
        return state(e).startsWith(CONNECTION_EXCEPTION) || state(e).startsWith(OPERATOR_INTERVENTION);
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** Leaves the connection as it was, as far as it still works. */
    private static void undo(Connection connection, int silence, SQLException cause) {
        try {
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            connection.setNetworkTimeout(SAME_THREAD, silence);
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static IOException failure(String failing, SQLException e) {
        return new IOException(failing + ": " + e.getMessage(), e);
    }
}
