package dev.pxekit.dhcp.server;

import dev.pxekit.dhcp.internal.Ipv6;
import java.net.Inet6Address;
import java.util.Arrays;

/** A prefix of IPv6 addresses, its other bits zero. */
record Prefix6(Inet6Address address, int length) {

    Prefix6 {
        if (length < 1 || length > 128) {
            throw new IllegalArgumentException("prefix length: " + length + " (expected: 1..128)");
        }
        Inet6Address network = masked(address, length);
        if (!network.equals(address)) {
            throw new IllegalArgumentException(Ipv6.toString(address) + "/" + length
                    + " has host bits set: the prefix is " + Ipv6.toString(network) + "/" + length);
        }
    }

    static Prefix6 parse(String text) {
        int slash = text.indexOf('/');
        String length = slash < 0 ? "" : text.substring(slash + 1);
        if (!length.matches("[0-9]{1,3}")) {
            throw new IllegalArgumentException(
                    "prefix: " + text + " (expected: prefix/length as in 2001:db8:0:77::/64)");
        }
        return new Prefix6(Ipv6.parse(text.substring(0, slash)), Integer.parseInt(length));
    }

    boolean contains(Inet6Address other) {
        return masked(other, length).equals(address);
    }

    boolean overlaps(Prefix6 other) {
        return contains(other.address) || other.contains(address);
    }

    private static Inet6Address masked(Inet6Address address, int length) {
        byte[] octets = address.getAddress();
        int whole = length / 8;
        if (whole < octets.length) {
            octets[whole] &= (byte) (0xff00 >> (length % 8));
            Arrays.fill(octets, whole + 1, octets.length, (byte) 0);
        }
        return Ipv6.of(octets);
    }

    @Override
    public String toString() {
        return Ipv6.toString(address) + "/" + length;
    }
}
