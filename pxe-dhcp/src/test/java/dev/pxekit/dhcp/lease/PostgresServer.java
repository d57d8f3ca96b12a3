package dev.pxekit.dhcp.lease;

import dev.pxekit.testkit.Needs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.postgresql.ds.PGConnectionPoolDataSource;

/** A PostgreSQL server of the test's own, on a port of the loopback interface, with its data in a directory that goes with it. */
final class PostgresServer implements AutoCloseable {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String USER = "pxekit";

    private final Path postgres = program("postgres");
    private final Path directory;
    private final Thread cleaner = new Thread(this::clean);
    private final int port;
    private Process process;
    private int schemas;

    PostgresServer() throws IOException {
        directory = Files.createTempDirectory("pxekit-postgres");
        Runtime.getRuntime().addShutdownHook(cleaner);
        if (isRoot()) {
            run(List.of("chown", "nobody", directory.toString()));
        }
        String initdb = postgres.resolveSibling("initdb").toString();
        run(unprivileged(initdb, "-D", data(), "-U", USER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"));
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        process = launch();
        awaitConnection();
    }

    /** Debian keeps the server's programs, of any version, off the search path. */
    private static Path program(String name) {
        try (Stream<Path> versions = Files.isDirectory(DEBIAN) ? Files.list(DEBIAN) : Stream.empty()) {
            return versions.map(version -> version.resolve("bin").resolve(name))
                    .filter(Files::isExecutable)
                    .max(Comparator.naturalOrder())
                    .orElseGet(() -> Needs.program(name, "postgresql"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    /** PostgreSQL refuses to run as root. */
    private static List<String> unprivileged(String... command) {
        List<String> whole = new ArrayList<>();
        if (isRoot()) {
            String setpriv = Needs.program("setpriv", "util-linux").toString();
            whole.addAll(List.of(setpriv, "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        whole.addAll(List.of(command));
        return whole;
    }

    private void run(List<String> command) throws IOException {
        Process running = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (running.onExit().join().exitValue() != 0) {
            throw new IOException(command + " failed:\n" + output);
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    /** Without fsync: it is killed at times, but what it wrote is then with the system. */
    private Process launch() throws IOException {
        return new ProcessBuilder(unprivileged(
                        postgres.toString(),
                        "-D",
                        data(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=off"))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
    }

    private void awaitConnection() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Connection connection = DriverManager.getConnection(url("public"))) {
                return;
            } catch (SQLException e) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException(Files.readString(directory.resolve("log")), e);
                }
                Thread.onSpinWait();
            }
        }
    }

    /** Starts it again. */
    void start() throws IOException {
        process = launch();
        awaitConnection();
    }

    /** Stops it at once: connections break, and what it had not committed is lost. */
    void stop() throws IOException {
        run(List.of("kill", "-s", "QUIT", Long.toString(process.pid())));
        awaitEnd();
    }

    private void awaitEnd() {
        process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /** The URL of a new, empty schema. */
    String newSchema() throws SQLException {
        String name = "leases" + ++schemas;
        execute("CREATE SCHEMA " + name);
        return url(name);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("public"));
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String url(String schema) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER + "&currentSchema=" + schema;
    }

    /** Connections that are used again. */
    static JdbcConnectionPool pool(String url) {
        PGConnectionPoolDataSource source = new PGConnectionPoolDataSource();
        source.setUrl(url);
        JdbcConnectionPool pool = JdbcConnectionPool.create(source);
        pool.setMaxConnections(64);
        return pool;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(cleaner);
        clean();
    }

    private void clean() {
        try {
            if (process != null && process.isAlive()) {
                stop();
            }
            new ProcessBuilder("rm", "-rf", directory.toString())
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
