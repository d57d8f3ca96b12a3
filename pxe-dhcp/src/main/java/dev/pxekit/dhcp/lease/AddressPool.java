package dev.pxekit.dhcp.lease;

import dev.pxekit.dhcp.internal.Addresses;
import java.net.InetAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * The addresses that a server leases: a range of IPv4 or IPv6 addresses, both ends included, without some of them. Immutable.
 */
public final class AddressPool {

    /** The most addresses from the first to the last of a pool: 16,777,216, as many as 10.0.0.0/8 has. */
    public static final long MOST_ADDRESSES = 1L << 24;

    private final InetAddress first;
    private final InetAddress last;
    private final Set<InetAddress> excluded;

    private AddressPool(InetAddress first, InetAddress last, Set<InetAddress> excluded) {
        this.first = first;
        this.last = last;
        this.excluded = excluded;
    }

    /**
     * A pool of one address or more.
     *
     * @param first the lowest address
     * @param last the highest address
     * @return the pool
     * @throws IllegalArgumentException if the ends are of different families, IPv6 addresses of different /64 prefixes, the
     *     last is below the first, or there are more than {@link #MOST_ADDRESSES}
     */
    public static AddressPool of(InetAddress first, InetAddress last) {
        String range = Addresses.toString(first) + " to " + Addresses.toString(last);
        if (!Addresses.near(first, last)) {
            throw new IllegalArgumentException(
                    "pool " + range + ": both ends must be IPv4 addresses, or IPv6 addresses of one /64");
        }
        if (Addresses.ORDER.compare(first, last) > 0) {
            throw new IllegalArgumentException("pool " + range + " is empty: put the lower address first");
        }
        if (Long.compareUnsigned(Addresses.distance(first, last), MOST_ADDRESSES) >= 0) {
            throw new IllegalArgumentException(
                    "pool " + range + " is too large (expected: at most " + MOST_ADDRESSES + " addresses)");
        }
        return new AddressPool(first, last, Set.of());
    }

    /**
     * A pool of one address or more, from text such as {@code 10.77.0.50} or {@code fd77::100}.
     *
     * @param first the lowest address
     * @param last the highest address
     * @return the pool
     * @throws IllegalArgumentException if one is no address, or as {@link #of(InetAddress, InetAddress)} says
     */
    public static AddressPool of(String first, String last) {
        return of(Addresses.parse(first), Addresses.parse(last));
    }

    /**
     * The pool without some of its addresses.
     *
     * @param addresses what not to lease; those outside of the pool do not matter
     * @return the pool
     */
    public AddressPool without(Collection<? extends InetAddress> addresses) {
        Set<InetAddress> all = new HashSet<>(excluded);
        addresses.stream().filter(this::spans).forEach(all::add);
        return all.size() == excluded.size() ? this : new AddressPool(first, last, Set.copyOf(all));
    }

    /** {@return the lowest address} */
    public InetAddress first() {
        return first;
    }

    /** {@return the highest address} */
    public InetAddress last() {
        return last;
    }

    /** {@return the addresses between the ends that are not leased} */
    public Set<InetAddress> excluded() {
        return excluded;
    }

    /** {@return how many addresses there are to lease} */
    public long size() {
        return span() - excluded.size();
    }

    /** {@return how many addresses there are from the first to the last, 1 to {@link #MOST_ADDRESSES}} */
    public long span() {
        return Addresses.distance(first, last) + 1;
    }

    /**
     * {@return the address that stands {@code index} after the first}
     *
     * @param index 0 to {@link #span} - 1; the address may be an excluded one
     * @throws IndexOutOfBoundsException if the index is out of range
     */
    public InetAddress address(long index) {
        if (index < 0 || index >= span()) {
            throw new IndexOutOfBoundsException("index " + index + " (expected: 0.." + (span() - 1) + ")");
        }
        return Addresses.plus(first, index);
    }

    /**
     * {@return whether an address is one of the pool's}
     *
     * @param address any address
     */
    public boolean contains(InetAddress address) {
        return spans(address) && !excluded.contains(address);
    }

    /**
     * {@return whether two pools have addresses between their ends in common}
     *
     * @param other another pool
     */
    public boolean overlaps(AddressPool other) {
        return spans(other.first) || other.spans(first);
    }

    private boolean spans(InetAddress address) {
        return Addresses.near(first, address)
                && Long.compareUnsigned(Addresses.distance(first, address), Addresses.distance(first, last)) <= 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressPool that
                && first.equals(that.first)
                && last.equals(that.last)
                && excluded.equals(that.excluded);
    }

    @Override
    public int hashCode() {
        return 31 * first.hashCode() + last.hashCode();
    }

    /** Both ends, such as {@code 10.77.0.50-10.77.0.150}. */
    @Override
    public String toString() {
        return Addresses.toString(first) + "-" + Addresses.toString(last);
    }
}
