package dev.pxekit.tftp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/**
 * The multicast addresses that a server may send files to (RFC 2090). Each group of clients that reads a file has one of them
 * for as long as it lasts. Immutable.
 *
 * @param first the first address; IPv4, as 239.255.0.0 of the administrative scope (RFC 2365), not one of the 224.0.0.0/24 that
 *     protocols use (RFC 5771 §4)
 * @param addresses how many there are, and so how many groups at once, 1..65536; when all are taken, further clients are
 *     served by themselves
 * @param port the port that clients receive on, 1..65535
 * @param timeToLive the time to live (TTL) of the packets, 1..255; 1 keeps them in the network of the server
 */
public record MulticastRange(InetAddress first, int addresses, int port, int timeToLive) {

    /** The 256 addresses from 239.255.0.0 on, the registered port 1758 ({@code tftp-mcast}), in the network of the server. */
    public static final MulticastRange DEFAULT = new MulticastRange(address(0xEFFF0000), 256, 1758, 1);

    private static final int LINK_LOCAL = 0xE0000000;

    /**
     * Checks the values.
     *
     * @param first the first address
     * @param addresses how many there are
     * @param port the port that clients receive on
     * @param timeToLive the time to live of the packets
     * @throws IllegalArgumentException if a value is out of its range, or an address is not for groups of any kind
     */
    public MulticastRange {
        requireRange("addresses", addresses, 0x10000);
        requireRange("port", port, 0xFFFF);
        requireRange("timeToLive", timeToLive, 255);
        if (!(first instanceof Inet4Address)
                || !first.isMulticastAddress()
                || (number(first) & 0xFFFFFF00) == LINK_LOCAL
                || !address(number(first) + addresses - 1).isMulticastAddress()) {
            throw new IllegalArgumentException("first: " + first.getHostAddress() + " with " + addresses
                    + " addresses (expected: IPv4 addresses in 224.0.1.0..239.255.255.255)");
        }
    }

    private static void requireRange(String what, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: 1.." + most + ")");
        }
    }

    /** The group of this number, from 0 on. */
    InetSocketAddress group(int number) {
        return new InetSocketAddress(address(number(first) + number), port);
    }

    private static int number(InetAddress address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }

    private static InetAddress address(int number) {
        try {
            return InetAddress.getByAddress(
                    ByteBuffer.allocate(4).putInt(number).array());
        } catch (UnknownHostException e) {
            throw new AssertionError("4 bytes are an IPv4 address", e);
        }
    }
}
