package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.ClientIdentifier;
import java.io.IOException;
import java.net.Inet4Address;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Where leases are kept: at most one for each address of a subnet's pools, and at most one for each client of a subnet apart
 * from declined ones. The server decides who gets what; the store only makes sure that no two clients get one address.
 *
 * <p>Safe for use by any number of threads, and, if it is kept outside of the process, by several servers: {@link #claim} is
 * atomic. Calls may block. A store that is a file or a connection is closed by whoever opened it.
 */
public interface LeaseStore {

    /**
     * A store in memory, gone with the process. It holds no more leases than the pools have addresses, and its calls take no
     * longer for large pools than for small ones, apart from a logarithm.
     *
     * @return a new, empty store
     */
    static LeaseStore inMemory() {
        return new MemoryLeaseStore();
    }

    /**
     * The lease of a client in a subnet, active or not. Declined leases do not count as the client's.
     *
     * @param subnet the subnet
     * @param client the client
     * @return the lease, or empty if the client never had one here or another client took its address since
     * @throws IOException if the store cannot be read
     */
    Optional<Lease> find(Subnet subnet, ClientIdentifier client) throws IOException;

    /**
     * The lease of an address in a subnet, active or not.
     *
     * @param subnet the subnet
     * @param address an address of its pools
     * @return the lease, or empty if the address was never given to anyone
     * @throws IOException if the store cannot be read
     */
    Optional<Lease> find(Subnet subnet, Inet4Address address) throws IOException;

    /**
     * An address that a new client can have: one that was never given to anyone, or else the one whose lease ended longest
     * ago. The address is not held: {@link #claim} it, and ask again if another was faster.
     *
     * @param subnet the subnet
     * @param now the time now
     * @return the address, or empty if all are taken
     * @throws IOException if the store cannot be read
     */
    Optional<Inet4Address> freeAddress(Subnet subnet, Instant now) throws IOException;

    /**
     * Records a lease if its address is its client's already or free, in one step: there is no lease of the address, or one
     * of the same client that is not declined, or one that has ended. Any other lease of the client in the subnet ends now
     * and is its client's no more.
     *
     * @param subnet the subnet
     * @param lease what to record
     * @param now the time now
     * @return whether it was recorded; false means that another client has the address
     * @throws IllegalArgumentException if the address is in none of the subnet's pools
     * @throws IOException if the store cannot be written
     */
    boolean claim(Subnet subnet, Lease lease, Instant now) throws IOException;

    /**
     * The leases of a subnet, active or not, in no order: a copy.
     *
     * @param subnet the subnet
     * @return the leases
     * @throws IOException if the store cannot be read
     */
    List<Lease> leases(Subnet subnet) throws IOException;
}
