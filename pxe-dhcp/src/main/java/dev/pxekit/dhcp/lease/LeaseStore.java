package dev.pxekit.dhcp.lease;

import dev.pxekit.dhcp.ClientIdentifier;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Where leases are kept: at most one for each address. The server decides who gets what; the store makes sure that no address
 * is bound to two clients at once, and that what {@link #claim} returned true for is not forgotten, as far as the kind of store
 * promises.
 *
 * <p>An offer holds its address only as long as there are others: {@link #offeredAddress} finds it when nothing is free, and a
 * claim of an offered address by another client succeeds. Offers alone can therefore never use a pool up.
 *
 * <p>Safe for use by any number of threads, and, if it is kept outside of the process, by several servers: {@link #claim} is
 * atomic. Calls may block. Closed by whoever opened it.
 */
public interface LeaseStore extends AutoCloseable {

    /** The most leases that {@link #find(ClientIdentifier)} returns: {@value}. */
    int MOST_LEASES_OF_CLIENT = 8;

    /**
     * A store in memory, gone with the process. It holds no more leases than the addresses that were ever offered, and its calls
     * take no longer for large pools than for small ones, apart from a logarithm.
     *
     * @return a new, empty store
     */
    static LeaseStore inMemory() {
        return new MemoryLeaseStore();
    }

    /**
     * A store in a journal file, for one server: what {@link #claim} returned true for, offers aside, outlives the process, the
     * system and the power.
     *
     * <p>Leases are in memory as well, where they are looked up: about 500 octets for each, kept when it has ended. The file
     * is appended to and forced to the disk before {@code claim} returns; threads that claim at the same time share the cost,
     * and so do, when there are several, those that claim soon after: within four times the time that it took, two milliseconds
     * at most.
     * It is rewritten, while claims go on, when more than half of its records are outdated, and holds then each lease once.
     * Ends of leases are kept as they are claimed: a clock that is set wrong does no harm to the file.
     *
     * <ul>
     *   <li>What was not forced when the power failed is left out when the file is opened, and logged: it was never
     *       acknowledged.
     *   <li>If other parts of the file cannot be read, this method refuses it, and says where; see {@link #salvagedJournal}.
     *   <li>If the disk is full or fails, {@code claim} throws, the address has the lease that it had before, offers and reads
     *       go on, and the next claim tries again. After a failure to force, all leases are written to a new file first.
     * </ul>
     *
     * <p>Beside the file there are one with {@code .lock} at the end, which stays, and at times one with {@code .new}. All are
     * made readable by their owner only. The directory must be on a disk of this machine.
     *
     * @param file the file; made if there is none
     * @return the store, with the leases of the file
     * @throws IOException if the file cannot be read or made, is no journal, is damaged, or is open in this or another process
     */
    static LeaseStore journal(Path file) throws IOException {
        return JournalLeaseStore.open(file, false);
    }

    /**
     * Opens a journal as {@link #journal} does, also if it is damaged: what can be read is kept, and so is a copy of the
     * damaged file, its name followed by {@code .damaged}. The addresses of leases that are lost may be given to other clients
     * while those that have them still use them.
     *
     * @param file the file
     * @return the store, with what can be read of the file
     * @throws IOException as {@link #journal} says, apart from damage that leaves something to be read
     */
    static LeaseStore salvagedJournal(Path file) throws IOException {
        return JournalLeaseStore.open(file, true);
    }

    /**
     * Shows the leases of a journal without opening it for use, also while a store has it open, and whatever part of it can be
     * read: the last that is known of each address.
     *
     * @param file the file
     * @param action called for each lease, active or not, in no order
     * @throws IOException if the file cannot be read or is no journal
     */
    static void readJournal(Path file, Consumer<? super Lease> action) throws IOException {
        JournalLeaseStore.read(file, action);
    }

    /**
     * A store in a PostgreSQL or H2 database. Any number of servers can share it and hand out from the same pools at the same
     * time: {@link #claim} is atomic in the database, at the isolation that it has if not told (read committed) and at all
     * stricter ones. What was claimed lasts as the database promises for what is committed.
     *
     * <p>The tables are made, or brought to this library's version, if need be: in a transaction and under a lock on
     * PostgreSQL, by statements that can be repeated on H2, so that servers can start at the same time. They are in the
     * connections' current schema and their names begin with {@code pxekit_}. No right to make tables is needed once they are
     * there. Rows must not be deleted while servers run.
     *
     * <p>The data source stays the caller's. It should be a connection pool, of as many connections as the server has threads
     * that ask for leases; without one, each call connects anew. Each call uses one connection at a time. A statement takes at
     * most 5 seconds (on H2 what its {@code LOCK_TIMEOUT} says), and silence on a connection is taken for its loss after 10;
     * how long to wait for a connection is the data source's to know: give it a limit of a few seconds. Once a connection
     * cannot be had or breaks, all calls but one at a time fail at once until that one succeeds: a database that is away costs
     * clients their answers, and the server one thread.
     *
     * <p>Every server compares ends with its own clock. If one is ahead of another by some seconds, it gives an address to
     * another client up to that many seconds before the lease of the first ends by the other's clock: keep the clocks
     * together (NTP), by less than the seconds that a client of an ended lease may be late. Ends that are more than 10 minutes
     * behind those of others may be noticed by {@link #freeAddress} only an hour later.
     *
     * <p>{@link #freeAddress} looks only at some addresses, however large the pool: it takes an address whose lease has ended
     * if none of the next 4,096 was never given, and reports that none is free if neither has a lease ended nor was one of the
     * next 65,536 never given. The next call goes on where it stopped. When several servers or threads want ended leases of
     * one pool at the same moment they get some of those that ended longest ago.
     *
     * @param dataSource where connections come from; not closed by the store
     * @return a store
     * @throws IOException if the database cannot be reached or is none of these two, the tables cannot be made, or a newer
     *     library has made them
     */
    static LeaseStore jdbc(DataSource dataSource) throws IOException {
        JdbcDatabase database = new JdbcDatabase(dataSource);
        new LeaseSchema(database).migrate();
        return new JdbcLeaseStore(database);
    }

    /**
     * A store as {@link #jdbc}, for a database in which the server may not make tables: it only makes sure that they are those
     * of this library's version. They are made by the files {@code dev/pxekit/dhcp/lease/schema-1.sql} and following in this
     * library's jar, run in order by whoever may; those that were run before may be left out.
     *
     * @param dataSource where connections come from; not closed by the store
     * @return a store
     * @throws IOException if the database cannot be reached or is neither PostgreSQL nor H2, or the tables are not there or
     *     of another version
     */
    static LeaseStore jdbcWithoutMigration(DataSource dataSource) throws IOException {
        JdbcDatabase database = new JdbcDatabase(dataSource);
        new LeaseSchema(database).check();
        return new JdbcLeaseStore(database);
    }

    /**
     * The lease of an address, active or not.
     *
     * @param address any address
     * @return the lease, or empty if the address was never given to anyone
     * @throws IOException if the store cannot be read
     */
    Optional<Lease> find(InetAddress address) throws IOException;

    /**
     * The leases of a client, active or not, the one claimed last first: where to look for the address that it had before.
     * Declined ones are no longer the client's, nor are those whose address another client claimed.
     *
     * @param client the client
     * @return at most {@link #MOST_LEASES_OF_CLIENT} leases; older ones are left out
     * @throws IOException if the store cannot be read
     */
    List<Lease> find(ClientIdentifier client) throws IOException;

    /**
     * An address that a new client can have: one that was never given to anyone; or else the one whose offer or, if there is
     * none, whose lease ended longest ago. The address is not held: {@link #claim} it, and ask again if another was faster.
     *
     * @param pool where to look
     * @param now the time now
     * @return the address, or empty if all are offered, bound or declined
     * @throws IOException if the store cannot be read
     */
    Optional<InetAddress> freeAddress(AddressPool pool, Instant now) throws IOException;

    /**
     * The address whose offer ends, or ended, first: what a new client can have if none of its pools has a
     * {@linkplain #freeAddress free} one. It is not held either.
     *
     * @param pool where to look
     * @param now the time now
     * @return the address, or empty if none is offered
     * @throws IOException if the store cannot be read
     */
    Optional<InetAddress> offeredAddress(AddressPool pool, Instant now) throws IOException;

    /**
     * Records a lease if there is none of its address, or one that {@linkplain Lease#yieldsTo yields} to it, in one
     * step. A lease in state {@link Lease.State#OFFERED} may be forgotten when the process ends, all others may not.
     *
     * @param lease what to record
     * @param now the time now
     * @return whether it was recorded; false means that another client has the address, that it was declined, or that an offer
     *     came too late
     * @throws IOException if the store cannot be written; whether the lease is recorded is then unknown, and it must not be
     *     acknowledged
     */
    boolean claim(Lease lease, Instant now) throws IOException;

    /**
     * Records a lease as {@link #claim} does, but need not wait until it is kept as the store promises: the caller goes on, and
     * acknowledges nothing before it is. All other methods see the lease at once. A store that cannot do so waits.
     *
     * @param lease what to record
     * @param now the time now
     * @return empty where {@link #claim} returns false; otherwise completes when the lease is kept, or with an
     *     {@link IOException} when it cannot be and the address has the lease again that it had before; on a thread of the
     *     store, which must not be held up
     * @throws IOException if the store cannot be written
     */
    default Optional<CompletableFuture<Void>> submit(Lease lease, Instant now) throws IOException {
        return claim(lease, now) ? Optional.of(CompletableFuture.completedFuture(null)) : Optional.empty();
    }

    /**
     * Shows every lease, active or not, in no order, as they are at some moment of the call.
     *
     * @param action called for each lease, on this thread; must not call the store
     * @throws IOException if the store cannot be read
     */
    void forEach(Consumer<? super Lease> action) throws IOException;

    /**
     * Closes the store: what was claimed is kept as its kind promises. Does nothing the second time.
     *
     * @throws IOException if what is left to be written cannot be
     */
    @Override
    void close() throws IOException;
}
