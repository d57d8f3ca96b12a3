package dev.pxekit.tftp;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How the directory of a client is named, as dnsmasq names it. */
final class ClientDirectory {

    /** Up to the 20 octets of InfiniBand. */
    private static final Pattern HARDWARE_ADDRESS = Pattern.compile("\\p{XDigit}{2}([:-]\\p{XDigit}{2}){0,19}");

    private ClientDirectory() {}

    static Optional<String> ofAddress(InetAddress client) {
        try {
            // Made anew, since an IPv4 address that an IPv6 socket saw is to be the IPv4 address.
            return Optional.of(NetUtil.toAddressString(InetAddress.getByAddress(client.getAddress())));
        } catch (UnknownHostException e) {
            throw new AssertionError("an address of 4 or 16 octets", e);
        }
    }

    static String ofHardwareAddress(String address) {
        if (!HARDWARE_ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException(
                    "hardware address: " + Printable.of(address) + " (expected: octets as in 52:54:00:ab:cd:ef)");
        }
        return address.toLowerCase(Locale.ROOT).replace(':', '-');
    }
}
