package dev.pxekit.dhcp.internal;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Comparator;

/** Addresses of both families: literals, order, and the distance between those that are near each other. */
public final class Addresses {

    /** By family, IPv4 first, then by number. */
    public static final Comparator<InetAddress> ORDER = Addresses::compare;

    private Addresses() {}

    /**
     * Parses a literal of either family.
     *
     * @throws IllegalArgumentException if the text is none
     */
    public static InetAddress parse(String text) {
        return text.indexOf(':') >= 0 ? Ipv6.parse(text) : Ipv4.parse(text);
    }

    /** The text of an address: dotted decimal, or that of RFC 5952. */
    public static String toString(InetAddress address) {
        return address instanceof Inet6Address six ? Ipv6.toString(six) : address.getHostAddress();
    }

    private static int compare(InetAddress one, InetAddress other) {
        if (one.getClass() != other.getClass()) {
            return one instanceof Inet4Address ? -1 : 1;
        }
        int order = Long.compareUnsigned(high(one), high(other));
        return order != 0 ? order : Long.compareUnsigned(low(one), low(other));
    }

    /** Whether two addresses differ in their last 64 bits only. */
    public static boolean near(InetAddress one, InetAddress other) {
        return one.getClass() == other.getClass() && high(one) == high(other);
    }

    /** How far an address stands after another that is near. */
    public static long distance(InetAddress from, InetAddress to) {
        return low(to) - low(from);
    }

    /** The address that stands so far after another, in the same 64 bits. */
    public static InetAddress plus(InetAddress address, long distance) {
        long low = low(address) + distance;
        return address instanceof Inet4Address
                ? Ipv4.of((int) low)
                : Ipv6.of(ByteBuffer.allocate(Ipv6.LENGTH)
                        .putLong(high(address))
                        .putLong(low)
                        .array());
    }

    private static long high(InetAddress address) {
        return address instanceof Inet4Address
                ? 0
                : ByteBuffer.wrap(address.getAddress()).getLong();
    }

    private static long low(InetAddress address) {
        return address instanceof Inet4Address four
                ? Ipv4.toLong(four)
                : ByteBuffer.wrap(address.getAddress()).getLong(Long.BYTES);
    }
}
