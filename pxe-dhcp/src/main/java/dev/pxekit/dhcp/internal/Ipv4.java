package dev.pxekit.dhcp.internal;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** IPv4 addresses as numbers, octets and literals, without name resolution. */
public final class Ipv4 {

    /** 0.0.0.0. */
    public static final Inet4Address ANY = of(0);

    /** 255.255.255.255, the limited broadcast address. */
    public static final Inet4Address BROADCAST = of(-1);

    private static final int FIRST_MULTICAST_NETWORK = 224;

    private Ipv4() {}

    /** The address whose four octets are the number's, most significant first. */
    public static Inet4Address of(int bits) {
        return of(new byte[] {(byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits}, 0);
    }

    /** The address in the four octets from {@code offset} on. */
    public static Inet4Address of(byte[] octets, int offset) {
        byte[] address = {octets[offset], octets[offset + 1], octets[offset + 2], octets[offset + 3]};
        try {
            return (Inet4Address) InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new AssertionError("four octets are an IPv4 address", e);
        }
    }

    /** The address as a number, first octet most significant. */
    public static int toInt(Inet4Address address) {
        byte[] octets = address.getAddress();
        return (octets[0] & 0xff) << 24 | (octets[1] & 0xff) << 16 | (octets[2] & 0xff) << 8 | (octets[3] & 0xff);
    }

    /** The address as a number from 0 to 2^32 - 1, for comparing. */
    public static long toLong(Inet4Address address) {
        return Integer.toUnsignedLong(toInt(address));
    }

    /** Whether an address can be a host's: none of 0.0.0.0/8, multicast, reserved (RFC 1112 §4, RFC 5735 §3) or broadcast. */
    public static boolean isUnicast(Inet4Address address) {
        int network = toInt(address) >>> 24;
        return network > 0 && network < FIRST_MULTICAST_NETWORK;
    }

    /** Whether the text is four decimal numbers from 0 to 255 with dots between. */
    public static boolean isLiteral(String text) {
        return parseOrMinusOne(text) >= 0;
    }

    /**
     * Parses a dotted quad.
     *
     * @throws IllegalArgumentException if the text is anything else, such as a host name
     */
    public static Inet4Address parse(String text) {
        long bits = parseOrMinusOne(text);
        if (bits < 0) {
            throw new IllegalArgumentException("address: " + text + " (expected: four numbers as in 10.77.0.1)");
        }
        return of((int) bits);
    }

    private static long parseOrMinusOne(String text) {
        long bits = 0;
        int octets = 0;
        int value = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.') {
                if (value < 0 || ++octets > 4) {
                    return -1;
                }
                bits = bits << 8 | value;
                value = -1;
            } else if (c >= '0' && c <= '9' && value != 0) {
                value = Math.max(value, 0) * 10 + (c - '0');
                if (value > 255) {
                    return -1;
                }
            } else {
                return -1;
            }
        }
        return octets == 4 ? bits : -1;
    }
}
