package dev.pxekit.dhcp.lease;

import dev.pxekit.dhcp.ClientIdentifier;
import dev.pxekit.dhcp.internal.Addresses;
import java.io.IOException;
import java.net.InetAddress;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Leases in a database that several servers share. All that counts is in the database; this object only remembers where to
 * look for free addresses. {@link LeaseSchema} is about the tables, {@link LeaseRow} about a row, {@link SqlDialect} about
 * claims, {@link JdbcDatabase} about connections, {@link FreshAddresses} and {@link EndedLeases} about free addresses.
 */
final class JdbcLeaseStore implements LeaseStore {

    private static final String SELECT = "SELECT " + LeaseRow.COLUMNS + " FROM pxekit_lease ";
    private static final String OF_ADDRESS = SELECT + "WHERE address = ?";
    private static final String OF_CLIENT =
            SELECT + "WHERE client_hash = ? AND client = ? ORDER BY client_hash, claim_number DESC LIMIT "
                    + MOST_LEASES_OF_CLIENT;

    private static final int PAGE = 1000;
    private static final String AFTER_ADDRESS = SELECT + "WHERE address > ? ORDER BY address LIMIT " + PAGE;

    static final String GIVEN = "SELECT address FROM pxekit_lease WHERE address BETWEEN ? AND ?";
    static final String ENDS = "SELECT address, expires_at FROM pxekit_lease WHERE offered = ?"
            + " AND expires_at BETWEEN ? AND ? AND address BETWEEN ? AND ?"
            + " ORDER BY offered, expires_at, address LIMIT ";

    /** How many addresses to look at for one that was never given before one that ended is taken. */
    private static final long FRESH_FIRST = 4096;

    /** How many more if none ended. */
    private static final long FRESH_LAST = 65536;

    private final JdbcDatabase database;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Map<AddressPool, FreeAddresses> pools = new ConcurrentHashMap<>();

    JdbcLeaseStore(JdbcDatabase database) {
        this.database = database;
    }

    private record FreeAddresses(FreshAddresses fresh, EndedLeases ended) {}

    @Override
    public Optional<Lease> find(InetAddress address) throws IOException {
        return database
                .query("cannot read the lease of " + Addresses.toString(address), OF_ADDRESS, statement -> {
                    statement.setBytes(1, LeaseRow.key(address));
                    return leases(statement);
                })
                .stream()
                .findFirst();
    }

    @Override
    public List<Lease> find(ClientIdentifier client) throws IOException {
        return database.query("cannot read the leases of " + client, OF_CLIENT, statement -> {
            statement.setLong(1, LeaseRow.hash(client));
            statement.setBytes(2, client.bytes());
            return leases(statement);
        });
    }

    @Override
    public Optional<InetAddress> freeAddress(AddressPool pool, Instant now) throws IOException {
        FreeAddresses free = pools.computeIfAbsent(pool, this::newFreeAddresses);
        Optional<InetAddress> found = free.fresh().find(this::given, FRESH_FIRST);
        if (found.isEmpty()) {
            found = free.ended().find(this::ends, now);
        }
        return found.isPresent() ? found : free.fresh().find(this::given, FRESH_LAST);
    }

    @Override
    public Optional<InetAddress> offeredAddress(AddressPool pool, Instant now) throws IOException {
        return pools.computeIfAbsent(pool, this::newFreeAddresses).ended().findOffer(this::ends, now);
    }

    /** Begins anywhere, so that servers that share a pool do not look for the same addresses. */
    private FreeAddresses newFreeAddresses(AddressPool pool) {
        return new FreeAddresses(new FreshAddresses(pool, random.nextLong(pool.span())), new EndedLeases(pool, random));
    }

    private Set<InetAddress> given(InetAddress first, InetAddress last) throws IOException {
        return database.query(unreadable(first, last), GIVEN, statement -> {
            statement.setBytes(1, LeaseRow.key(first));
            statement.setBytes(2, LeaseRow.key(last));
            Set<InetAddress> addresses = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    addresses.add(LeaseRow.address(rows.getBytes(1)));
                }
            }
            return addresses;
        });
    }

    private List<EndedLeases.End> ends(boolean offered, long from, long to, AddressPool pool, int most)
            throws IOException {
        return database.query(unreadable(pool.first(), pool.last()), ENDS + most, statement -> {
            statement.setBoolean(1, offered);
            statement.setLong(2, from);
            statement.setLong(3, to);
            statement.setBytes(4, LeaseRow.key(pool.first()));
            statement.setBytes(5, LeaseRow.key(pool.last()));
            List<EndedLeases.End> ends = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ends.add(new EndedLeases.End(LeaseRow.address(rows.getBytes(1)), rows.getLong(2)));
                }
            }
            return ends;
        });
    }

    private static String unreadable(InetAddress first, InetAddress last) {
        return "cannot read the leases of " + Addresses.toString(first) + " to " + Addresses.toString(last);
    }

    @Override
    public boolean claim(Lease lease, Instant now) throws IOException {
        boolean recorded = database.run(
                "the lease of " + Addresses.toString(lease.address()) + " may not be recorded",
                connection -> database.dialect().claim(connection, lease, now));
        pools.values().forEach(pool -> pool.ended().claimed(lease, recorded));
        return recorded;
    }

    /** In pages, so that not all of them are in memory at once. */
    @Override
    public void forEach(Consumer<? super Lease> action) throws IOException {
        byte[] key = {};
        for (List<Lease> page = page(key); !page.isEmpty(); page = page(key)) {
            page.forEach(action);
            key = LeaseRow.key(page.get(page.size() - 1).address());
        }
    }

    private List<Lease> page(byte[] after) throws IOException {
        return database.query("cannot read the leases", AFTER_ADDRESS, statement -> {
            statement.setBytes(1, after);
            return leases(statement);
        });
    }

    private static List<Lease> leases(PreparedStatement statement) throws SQLException {
        List<Lease> leases = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                leases.add(LeaseRow.read(rows));
            }
        }
        return leases;
    }

    /** The connections are the data source's. */
    @Override
    public void close() {}
}
