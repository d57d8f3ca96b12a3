package dev.pxekit.dhcp;

import dev.pxekit.dhcp.internal.Ipv4;
import dev.pxekit.dhcp.internal.Ranges;
import java.net.Inet4Address;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route in option 121 or 249 (RFC 3442). Immutable.
 *
 * @param destination the subnet; bits beyond the width are 0
 * @param width how many bits of the destination count, 0 to 32; 0 for the default route
 * @param router the router; 0.0.0.0 for a subnet on the client's link
 */
public record ClasslessRoute(Inet4Address destination, int width, Inet4Address router) {

    private static final int LARGEST_WIDTH = 32;
    private static final Pattern TEXT = Pattern.compile("([0-9.]+)/([0-9]{1,2}) via ([0-9.]+)");

    static final OptionFormat<ClasslessRoute> FORMAT = OptionFormats.scalar(
            ClasslessRoute::read,
            ClasslessRoute::write,
            ClasslessRoute::toString,
            plain -> ClasslessRoute.parse(Plain.text(plain)));

    /**
     * Checks the width.
     *
     * @param destination the subnet
     * @param width how many bits of the destination count
     * @param router the router
     * @throws IllegalArgumentException if the width is out of range or the destination has bits beyond it
     */
    public ClasslessRoute {
        Ranges.check("width", width, LARGEST_WIDTH);
        if ((Ipv4.toInt(destination) & ~mask(width)) != 0) {
            throw new IllegalArgumentException("destination: " + destination.getHostAddress()
                    + " (expected: no bits beyond the width of " + width + ")");
        }
    }

    private static int mask(int width) {
        return width == 0 ? 0 : -1 << (LARGEST_WIDTH - width);
    }

    /**
     * Parses a route.
     *
     * @param text the text, such as {@code 10.0.0.0/8 via 192.0.2.1}
     * @return the route
     * @throws IllegalArgumentException if the text is anything else
     */
    public static ClasslessRoute parse(String text) {
        Matcher route = TEXT.matcher(text);
        if (!route.matches()) {
            throw new IllegalArgumentException("route: " + text + " (expected: as in 10.0.0.0/8 via 192.0.2.1)");
        }
        return new ClasslessRoute(
                Ipv4.parse(route.group(1)), Integer.parseInt(route.group(2)), Ipv4.parse(route.group(3)));
    }

    private static ClasslessRoute read(OptionReader in) throws DhcpFormatException {
        int start = in.offset();
        int width = in.readUnsignedByte();
        if (width > LARGEST_WIDTH) {
            throw new DhcpFormatException("width: " + width + " (expected: 0..32)", start);
        }
        int bits = 0;
        for (int i = 0; i < significantOctets(width); i++) {
            bits |= in.readUnsignedByte() << (24 - 8 * i);
        }
        // A sender may leave bits beyond the width in the last octet; they say nothing.
        return new ClasslessRoute(Ipv4.of(bits & mask(width)), width, in.readAddress());
    }

    private static int significantOctets(int width) {
        return (width + 7) / 8;
    }

    private static void write(ClasslessRoute route, OptionWriter out) {
        out.writeByte(route.width);
        out.writeBytes(route.destination.getAddress(), 0, significantOctets(route.width));
        out.writeInt(Ipv4.toInt(route.router));
    }

    /** The route as {@link #parse} reads it. */
    @Override
    public String toString() {
        return destination.getHostAddress() + "/" + width + " via " + router.getHostAddress();
    }
}
