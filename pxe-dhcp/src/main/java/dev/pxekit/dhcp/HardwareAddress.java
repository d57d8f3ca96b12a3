package dev.pxekit.dhcp;

import dev.pxekit.dhcp.internal.Ranges;
import java.net.Inet6Address;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * A client's hardware address with its hardware type, as in the {@code htype}, {@code hlen} and {@code chaddr} fields
 * (RFC 2131 §2). At most 16 octets; empty for links such as InfiniBand, whose clients are known by option 61 (RFC 4390).
 */
public final class HardwareAddress {

    /** Hardware type 1, Ethernet. */
    public static final int ETHERNET = 1;

    static final int MAXIMUM_LENGTH = 16;

    /** Octets 11 and 12 of an address whose last half was made of an Ethernet address (RFC 4291 appendix A). */
    private static final int EUI_64_MARK = 0xfffe;

    private static final int UNIVERSAL_BIT = 2;

    private static final HexFormat COLONS = HexFormat.ofDelimiter(":");

    private final int type;
    private final byte[] octets;

    private HardwareAddress(int type, byte[] octets) {
        Ranges.check("hardware type", type, 255);
        if (octets.length > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException("hardware address of " + octets.length + " octets (expected: 0..16)");
        }
        this.type = type;
        this.octets = octets;
    }

    /**
     * {@return an Ethernet address of these octets}
     *
     * @param octets the octets
     */
    public static HardwareAddress of(byte[] octets) {
        return of(ETHERNET, octets);
    }

    /**
     * {@return an address of any hardware type}
     *
     * @param type the number in the ARP registry, 0 to 255: 1 Ethernet, 32 InfiniBand
     * @param octets at most 16
     * @throws IllegalArgumentException if one of them is out of range
     */
    public static HardwareAddress of(int type, byte[] octets) {
        return new HardwareAddress(type, octets.clone());
    }

    /**
     * Parses an Ethernet address: {@code 52:54:00:77:00:01}, {@code 52-54-00-77-00-01}, {@code 5254.0077.0001} or
     * {@code 525400770001}, in either case of letters.
     *
     * @param text the text to parse
     * @return the value that the text stands for
     * @throws IllegalArgumentException if the text is none of these
     */
    public static HardwareAddress parse(String text) {
        String form = text.strip().toLowerCase(Locale.ROOT);
        boolean wellFormed = form.matches("[0-9a-f]{2}(:[0-9a-f]{2}){5}|[0-9a-f]{2}(-[0-9a-f]{2}){5}"
                + "|[0-9a-f]{4}(\\.[0-9a-f]{4}){2}|[0-9a-f]{12}");
        if (!wellFormed) {
            throw new IllegalArgumentException(
                    "hardware address: " + text + " (expected: six octets in hexadecimal as in 52:54:00:77:00:01)");
        }
        return new HardwareAddress(ETHERNET, HexFormat.of().parseHex(form.replaceAll("[-:.]", "")));
    }

    /**
     * {@return the Ethernet address that the interface identifier of an IPv6 address was made of (RFC 4291 appendix A), as firmware
     * does; empty if it looks made otherwise}
     *
     * @param address the address, such as {@code fe80::5054:ff:fe77:1}
     */
    public static Optional<HardwareAddress> inInterfaceIdentifier(Inet6Address address) {
        byte[] octets = address.getAddress();
        if (PacketImage.readShort(octets, 11) != EUI_64_MARK) {
            return Optional.empty();
        }
        byte[] ethernet = {(byte) (octets[8] ^ UNIVERSAL_BIT), octets[9], octets[10], octets[13], octets[14], octets[15]
        };
        return Optional.of(new HardwareAddress(ETHERNET, ethernet));
    }

    /** {@return the hardware type, 0 to 255; 1 is Ethernet} */
    public int type() {
        return type;
    }

    /** {@return the number of octets, 0 to 16; 6 for Ethernet} */
    public int length() {
        return octets.length;
    }

    /** {@return whether no octet is other than 0; also true of no octets} */
    public boolean isZero() {
        for (byte octet : octets) {
            if (octet != 0) {
                return false;
            }
        }
        return true;
    }

    /** {@return a copy of the octets} */
    public byte[] bytes() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HardwareAddress that && type == that.type && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return 31 * type + Arrays.hashCode(octets);
    }

    /** The octets in hexadecimal with colons, such as {@code 52:54:00:77:00:01}; the type is not shown. */
    @Override
    public String toString() {
        return COLONS.formatHex(octets);
    }
}
