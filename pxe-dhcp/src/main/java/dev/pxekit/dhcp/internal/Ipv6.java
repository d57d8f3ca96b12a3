package dev.pxekit.dhcp.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** IPv6 addresses as octets and text, without name resolution. */
public final class Ipv6 {

    /** Octets of an address. */
    public static final int LENGTH = 16;

    /** The unspecified address, {@code ::}. */
    public static final Inet6Address ANY = of(new byte[LENGTH]);

    private static final int GROUPS = 8;

    private Ipv6() {}

    /** The address of sixteen octets; one that maps an IPv4 address stays an IPv6 address. */
    public static Inet6Address of(byte[] octets) {
        try {
            return Inet6Address.getByAddress(null, octets, -1);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("IPv6 address of " + octets.length + " octets (expected: 16)", e);
        }
    }

    /**
     * Parses an address in the form of RFC 4291 §2.2, without scope.
     *
     * @throws IllegalArgumentException if the text is anything else, such as a host name
     */
    public static Inet6Address parse(String text) {
        boolean literal = text.indexOf(':') >= 0 && text.matches("[0-9A-Fa-f:.]{2,45}");
        if (literal) {
            try {
                InetAddress address = InetAddress.getByName(text);
                // Java turns ::ffff:10.0.0.1 into an IPv4 address.
                return address instanceof Inet6Address six ? six : of(mapped(address.getAddress()));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(expected(text), e);
            }
        }
        throw new IllegalArgumentException(expected(text));
    }

    private static String expected(String text) {
        return "address: " + text + " (expected: an IPv6 address as in 2001:db8::1)";
    }

    private static byte[] mapped(byte[] four) {
        byte[] octets = new byte[LENGTH];
        octets[10] = (byte) 0xff;
        octets[11] = (byte) 0xff;
        System.arraycopy(four, 0, octets, 12, four.length);
        return octets;
    }

    /** The text of RFC 5952: lower case, the longest run of zero groups as two colons. */
    public static String toString(Inet6Address address) {
        int[] groups = new int[GROUPS];
        byte[] octets = address.getAddress();
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (octets[2 * i] & 0xff) << 8 | (octets[2 * i + 1] & 0xff);
        }
        int longest = 1;
        int gap = -1;
        for (int i = 0; i < GROUPS; i++) {
            int run = zeros(groups, i);
            if (run > longest) {
                longest = run;
                gap = i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == gap) {
                text.append("::");
                i += longest - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":");
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }

    private static int zeros(int[] groups, int from) {
        int end = from;
        while (end < GROUPS && groups[end] == 0) {
            end++;
        }
        return end - from;
    }
}
