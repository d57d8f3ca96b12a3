package dev.pxekit.dhcp.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JdbcDatabaseTest {

    /** What is set on connections, in order. */
    private final List<String> done = new ArrayList<>();

    private boolean autoCommit = true;
    private String product = "PostgreSQL";
    private boolean reachable = true;
    private CountDownLatch asked = new CountDownLatch(1);
    private CountDownLatch connecting = new CountDownLatch(0);

    private static <T> T fake(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }

    private final DataSource dataSource = fake(DataSource.class, (proxy, method, arguments) -> {
        asked.countDown();
        connecting.await();
        if (!reachable) {
            throw new SQLException("no route", "08001");
        }
        return connection();
    });

    private Connection connection() {
        return fake(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getMetaData" -> fake(DatabaseMetaData.class, (database, question, none) -> product);
            case "getNetworkTimeout" -> 0;
            case "getAutoCommit" -> autoCommit;
            case "setNetworkTimeout" -> note("timeout " + arguments[1]);
            default -> note(method.getName());
        });
    }

    private @Nullable Object note(String what) {
        done.add(what);
        return null;
    }

    private JdbcDatabase database() throws IOException {
        JdbcDatabase database = new JdbcDatabase(dataSource);
        done.clear();
        return database;
    }

    @Test
    void leavesTheConnectionAsItWas() throws Exception {
        database().run("cannot work", connection -> done.add("work"));
        assertThat(done).containsExactly("timeout 10000", "work", "timeout 0", "close");
    }

    @Test
    void commitsAndRollsBackWhereTheConnectionDoesNot() throws Exception {
        autoCommit = false;
        JdbcDatabase database = database();
        database.run("cannot work", connection -> done.add("work"));
        assertThat(done).containsExactly("timeout 10000", "work", "commit", "timeout 0", "close");
        done.clear();
        assertThatThrownBy(() -> database.run("cannot work", connection -> {
                    throw new SQLException("disk full", "53100");
                }))
                .isInstanceOf(IOException.class)
                .hasMessage("cannot work: disk full")
                .hasCauseInstanceOf(SQLException.class);
        assertThat(done).containsExactly("timeout 10000", "rollback", "timeout 0", "close");
    }

    @Test
    void refusesOtherDatabases() {
        product = "Derby";
        assertThatThrownBy(this::database)
                .isInstanceOf(IOException.class)
                .hasMessage("cannot use the database for leases: database Derby (expected: PostgreSQL or H2)");
    }

    @Test
    void doesAgainWhatLostAgainstOtherWork() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        JdbcDatabase database = database();
        assertThat(database.<Integer>run("cannot work", connection -> {
                    if (attempts.incrementAndGet() < 3) {
                        throw new SQLException("serialization", "40001");
                    }
                    return attempts.get();
                }))
                .isEqualTo(3);
        assertThatThrownBy(() -> database.run("cannot work", connection -> {
                    attempts.incrementAndGet();
                    throw new SQLException("deadlock", "40P01");
                }))
                .isInstanceOf(IOException.class);
        assertThat(attempts).hasValue(3 + 8);
    }

    @Test
    void aDatabaseThatIsAwayHoldsOneThread() throws Exception {
        JdbcDatabase database = database();
        reachable = false;
        assertThatThrownBy(() -> database.run("cannot work", connection -> 1)).hasMessage("cannot work: no route");
        asked = new CountDownLatch(1);
        connecting = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<?> trying = thread.submit(() -> database.run("cannot work", connection -> 1));
            asked.await();
            assertThatThrownBy(() -> database.run("cannot work", connection -> 1))
                    .hasMessage("cannot work: the database cannot be reached; another thread is trying to");
            reachable = true;
            connecting.countDown();
            assertThat(trying.get()).isEqualTo(1);
        } finally {
            thread.shutdownNow();
        }
        assertThat(database.<Integer>run("cannot work", connection -> 2)).isEqualTo(2);
    }
}
