package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.internal.Ipv4;
import java.net.Inet4Address;

/** A range of IPv4 addresses that a server leases, both ends included. Immutable. */
public final class AddressPool {

    private final Inet4Address first;
    private final Inet4Address last;

    private AddressPool(Inet4Address first, Inet4Address last) {
        if (Ipv4.toLong(first) > Ipv4.toLong(last)) {
            throw new IllegalArgumentException("pool " + first.getHostAddress() + " to " + last.getHostAddress()
                    + " is empty: put the lower address first");
        }
        this.first = first;
        this.last = last;
    }

    /**
     * A pool of one address or more.
     *
     * @param first the lowest address
     * @param last the highest address
     * @return the pool
     * @throws IllegalArgumentException if the last is below the first
     */
    public static AddressPool of(Inet4Address first, Inet4Address last) {
        return new AddressPool(first, last);
    }

    /**
     * A pool of one address or more, from text such as {@code 10.77.0.50}.
     *
     * @param first the lowest address
     * @param last the highest address
     * @return the pool
     * @throws IllegalArgumentException if one is no IPv4 address or the last is below the first
     */
    public static AddressPool of(String first, String last) {
        return new AddressPool(Ipv4.parse(first), Ipv4.parse(last));
    }

    /** {@return the lowest address} */
    public Inet4Address first() {
        return first;
    }

    /** {@return the highest address} */
    public Inet4Address last() {
        return last;
    }

    /** {@return the number of addresses, 1 to 2^32} */
    public long size() {
        return Ipv4.toLong(last) - Ipv4.toLong(first) + 1;
    }

    /**
     * {@return whether an address is one of the pool's}
     *
     * @param address any address
     */
    public boolean contains(Inet4Address address) {
        long number = Ipv4.toLong(address);
        return number >= Ipv4.toLong(first) && number <= Ipv4.toLong(last);
    }

    /** The address that stands {@code index} after the first. */
    Inet4Address address(long index) {
        return Ipv4.of((int) (Ipv4.toLong(first) + index));
    }

    boolean overlaps(AddressPool other) {
        return contains(other.first) || other.contains(first);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressPool that && first.equals(that.first) && last.equals(that.last);
    }

    @Override
    public int hashCode() {
        return 31 * first.hashCode() + last.hashCode();
    }

    /** Both ends, such as {@code 10.77.0.50-10.77.0.150}. */
    @Override
    public String toString() {
        return first.getHostAddress() + "-" + last.getHostAddress();
    }
}
