package dev.pxekit.dhcp;

import static dev.pxekit.dhcp.internal.RecordFormat.field;

import dev.pxekit.dhcp.internal.Ranges;
import dev.pxekit.dhcp.internal.RecordFormat;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.util.List;

/**
 * The value of option 212: IPv6 over IPv4 by 6rd (RFC 5969 §7.1.1). Immutable.
 *
 * @param ipv4MaskLength how many bits all clients' IPv4 addresses share, 0 to 32
 * @param prefixLength the length of the 6rd prefix; with the other 32 - {@code ipv4MaskLength} bits at most 128
 * @param prefix the 6rd prefix
 * @param borderRelays one border relay or more
 */
public record SixRd(int ipv4MaskLength, int prefixLength, Inet6Address prefix, List<Inet4Address> borderRelays) {

    static final OptionFormat<SixRd> FORMAT = RecordFormat.of(
            field("ipv4MaskLength", OptionFormat.unsignedByte(), SixRd::ipv4MaskLength),
            field("prefixLength", OptionFormat.unsignedByte(), SixRd::prefixLength),
            field("prefix", OptionFormat.address6(), SixRd::prefix),
            field("borderRelays", OptionFormat.addresses(), SixRd::borderRelays),
            SixRd::new);

    /**
     * Checks the ranges.
     *
     * @param ipv4MaskLength how many bits all clients' IPv4 addresses share
     * @param prefixLength the length of the 6rd prefix
     * @param prefix the 6rd prefix
     * @param borderRelays one border relay or more
     * @throws IllegalArgumentException if a number is out of range
     */
    public SixRd {
        Ranges.check("6rd IPv4 mask length", ipv4MaskLength, 32);
        Ranges.check("6rd prefix length", prefixLength, 96 + ipv4MaskLength);
        borderRelays = List.copyOf(borderRelays);
    }
}
