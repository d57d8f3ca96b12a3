package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.lease.AddressPool;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** IPv4 addresses as they are written on a command line, and the arithmetic of networks. */
final class Ipv4 {

    private static final Pattern ADDRESS = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})\\.(\\d{1,3})");

    private Ipv4() {}

    /** Reads an address in dotted form; {@code option} is named in the message of a failure. */
    static Inet4Address parse(String option, String text) {
        Matcher matcher = ADDRESS.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(option + ": " + text + " is no IPv4 address such as 10.77.0.1");
        }
        int value = 0;
        for (int i = 1; i <= 4; i++) {
            int octet = Integer.parseInt(matcher.group(i));
            if (octet > 255) {
                throw new IllegalArgumentException(
                        option + ": " + text + " is no IPv4 address: " + octet + " is above 255");
            }
            value = value << 8 | octet;
        }
        return of(value);
    }

    /** Reads {@code FIRST-LAST}. */
    static AddressPool range(String option, String text) {
        String[] ends = text.split("-", -1);
        if (ends.length != 2) {
            throw new IllegalArgumentException(
                    option + ": " + text + " (expected: FIRST-LAST as in 10.77.0.50-10.77.0.150)");
        }
        return AddressPool.of(parse(option, ends[0]), parse(option, ends[1]));
    }

    /** The mask of a prefix length from 1 to 32. */
    static Inet4Address mask(int prefixLength) {
        return of(-1 << (32 - prefixLength));
    }

    /** The network of an address. */
    static Inet4Address network(Inet4Address address, Inet4Address mask) {
        return of(value(address) & value(mask));
    }

    /** The upper half of a network, without the broadcast address and without an address that is the server's own. */
    static AddressPool upperHalf(Inet4Address server, Inet4Address mask) {
        int hosts = ~value(mask);
        int network = value(server) & value(mask);
        int first = network + (hosts >>> 1) + 1;
        int last = network + hosts - 1;
        int own = value(server);
        if (own >= first && own <= last) {
            // the larger part beside it
            if (own - first > last - own) {
                last = own - 1;
            } else {
                first = own + 1;
            }
        }
        if (Integer.compareUnsigned(first, last) > 0) {
            throw new IllegalArgumentException("the network of " + server.getHostAddress() + " with mask "
                    + mask.getHostAddress() + " is too small to hand out addresses of: give --range FIRST-LAST");
        }
        return AddressPool.of(of(first), of(last));
    }

    private static int value(Inet4Address address) {
        return ByteBuffer.wrap(address.getAddress()).getInt();
    }

    private static Inet4Address of(int value) {
        try {
            return (Inet4Address) InetAddress.getByAddress(
                    ByteBuffer.allocate(4).putInt(value).array());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four octets are an address", e);
        }
    }
}
