package dev.pxekit.dhcp.lease;

import dev.pxekit.dhcp.ClientIdentifier;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where leases are kept: at most one for each address. The server decides who gets what; the store makes sure that no address
 * is bound to two clients at once, and that what {@link #claim} returned true for is not forgotten, as far as the kind of store
 * promises.
 *
 * <p>An offer holds its address only as long as there are others: {@link #freeAddress} comes back to offered addresses last,
 * and a claim of an offered address by another client succeeds. Offers alone can therefore never use a pool up.
 *
 * <p>Safe for use by any number of threads, and, if it is kept outside of the process, by several servers: {@link #claim} is
 * atomic. Calls may block. Closed by whoever opened it.
 */
public interface LeaseStore extends AutoCloseable {

    /** The most leases that {@link #find(ClientIdentifier)} returns: {@value}. */
    int MOST_LEASES_OF_CLIENT = 8;

    /**
     * A store in memory, gone with the process. It holds no more leases than the addresses that were ever leased, and its calls
     * take no longer for large pools than for small ones, apart from a logarithm.
     *
     * @return a new, empty store
     */
    static LeaseStore inMemory() {
        return new MemoryLeaseStore();
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
     * none, whose lease ended longest ago; or else the one that was offered longest ago. The address is not held:
     * {@link #claim} it, and ask again if another was faster.
     *
     * @param pool where to look
     * @param now the time now
     * @return the address, or empty if all are bound or declined
     * @throws IOException if the store cannot be read
     */
    Optional<InetAddress> freeAddress(AddressPool pool, Instant now) throws IOException;

    /**
     * Records a lease if there is none of its address, or one that {@linkplain Lease#yieldsTo yields} to the client, in one
     * step. A lease in state {@link Lease.State#OFFERED} may be forgotten when the process ends, all others may not.
     *
     * @param lease what to record
     * @param now the time now
     * @return whether it was recorded; false means that another client has the address, or that it was declined
     * @throws IOException if the store cannot be written; whether the lease is recorded is then unknown, and it must not be
     *     acknowledged
     */
    boolean claim(Lease lease, Instant now) throws IOException;

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
