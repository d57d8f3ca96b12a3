package dev.pxekit.dhcp.capture;

import dev.pxekit.dhcp.internal.Ipv4;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** IPv4 (RFC 791) and IPv6 (RFC 8200) headers down to UDP. Whatever is not UDP gives null. */
final class InternetLayer {

    private static final int UDP = 17;
    private static final int HOP_BY_HOP_OPTIONS = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int DESTINATION_OPTIONS = 60;

    private static final int IPV4_HEADER_LENGTH = 20;
    private static final int IPV6_HEADER_LENGTH = 40;
    private static final int FRAGMENT_HEADER_LENGTH = 8;

    private final FragmentTable fragments;

    InternetLayer(FragmentTable fragments) {
        this.fragments = fragments;
    }

    @Nullable
    UdpDatagram read(Frame frame, LinkPayload link) throws SkippedFrameException {
        return switch (link.etherType()) {
            case LinkLayer.ETHER_TYPE_IPV4 -> version4(frame, link);
            case LinkLayer.ETHER_TYPE_IPV6 -> version6(frame, link);
            default -> null;
        };
    }

    /**
     * IPv4. The header checksum is not looked at, as network cards compute it after the capture.
     *
     * <pre>
     *  0 version, header length   2 total length   4 identification   6 flags, fragment offset
     *  9 protocol   12 source   16 destination   20 options
     * </pre>
     */
    private @Nullable UdpDatagram version4(Frame frame, LinkPayload link) throws SkippedFrameException {
        FrameOctets octets = link.octets();
        octets.require(IPV4_HEADER_LENGTH, "IPv4 header");
        requireVersion(octets, 4);
        if (octets.unsignedByte(9) != UDP) {
            return null;
        }
        int headerLength = (octets.unsignedByte(0) & 0xf) * 4;
        if (headerLength < IPV4_HEADER_LENGTH) {
            throw new SkippedFrameException("IPv4 header length " + headerLength + " (expected: 20 or more)");
        }
        int totalLength = octets.unsignedShort(2);
        // A network card that is to cut up the packet gets it with 0 here.
        if (totalLength != 0) {
            octets.narrow(totalLength, "IPv4 total length");
        }
        octets.require(headerLength, "IPv4 header");
        InetAddress source = Ipv4.of(octets.bytes(12, 4), 0);
        InetAddress destination = Ipv4.of(octets.bytes(16, 4), 0);
        int identification = octets.unsignedShort(4);
        int fragment = octets.unsignedShort(6);
        octets.advance(headerLength);
        int offset = (fragment & 0x1fff) * 8;
        boolean more = (fragment & 0x2000) != 0;
        if (offset == 0 && !more) {
            return UdpDatagram.read(source, destination, octets);
        }
        var key = new FragmentTable.Key(link.interfaceNumber(), source, destination, identification);
        FragmentTable.Whole whole = fragments.add(key, frame, UDP, offset, more, octets);
        return whole == null ? null : UdpDatagram.read(source, destination, whole.octets());
    }

    /**
     * IPv6.
     *
     * <pre>
     *  0 version, traffic class, flow label   4 payload length   6 next header   8 source   24 destination
     * </pre>
     */
    private @Nullable UdpDatagram version6(Frame frame, LinkPayload link) throws SkippedFrameException {
        FrameOctets octets = link.octets();
        octets.require(IPV6_HEADER_LENGTH, "IPv6 header");
        requireVersion(octets, 6);
        int nextHeader = octets.unsignedByte(6);
        if (!leadsToUdp(nextHeader)) {
            return null;
        }
        int payloadLength = octets.unsignedShort(4);
        InetAddress source = address6(octets.bytes(8, 16));
        InetAddress destination = address6(octets.bytes(24, 16));
        octets.advance(IPV6_HEADER_LENGTH);
        // 0 with a jumbogram, and as for IPv4.
        if (payloadLength != 0) {
            octets.narrow(payloadLength, "IPv6 payload length");
        }
        nextHeader = overExtensionHeaders(nextHeader, octets);
        if (nextHeader == FRAGMENT) {
            FragmentTable.Whole whole = fragment6(frame, link, source, destination);
            if (whole == null) {
                return null;
            }
            octets = whole.octets();
            nextHeader = overExtensionHeaders(whole.nextHeader(), octets);
            if (nextHeader == FRAGMENT) {
                throw new SkippedFrameException("IPv6 fragment header after another one");
            }
        }
        return nextHeader == UDP ? UdpDatagram.read(source, destination, octets) : null;
    }

    /**
     * What is after the fragment header, or the packet that it completes.
     *
     * <pre>
     *  0 next header   2 fragment offset (13 bits), reserved (2), more fragments (1)   4 identification
     * </pre>
     */
    private FragmentTable.@Nullable Whole fragment6(
            Frame frame, LinkPayload link, InetAddress source, InetAddress destination) throws SkippedFrameException {
        FrameOctets octets = link.octets();
        octets.require(FRAGMENT_HEADER_LENGTH, "IPv6 fragment header");
        int nextHeader = octets.unsignedByte(0);
        int offset = octets.unsignedShort(2) & 0xfff8;
        boolean more = (octets.unsignedShort(2) & 1) != 0;
        var key = new FragmentTable.Key(link.interfaceNumber(), source, destination, octets.intAt(4));
        octets.advance(FRAGMENT_HEADER_LENGTH);
        if (offset == 0 && !more) {
            return new FragmentTable.Whole(nextHeader, octets);
        }
        return leadsToUdp(nextHeader) ? fragments.add(key, frame, nextHeader, offset, more, octets) : null;
    }

    private static boolean leadsToUdp(int nextHeader) {
        return nextHeader == UDP || nextHeader == FRAGMENT || hasLength(nextHeader);
    }

    /** Whether it is an extension header that begins with the next one's number and its own length. */
    private static boolean hasLength(int nextHeader) {
        return nextHeader == HOP_BY_HOP_OPTIONS || nextHeader == ROUTING || nextHeader == DESTINATION_OPTIONS;
    }

    private static int overExtensionHeaders(int first, FrameOctets octets) throws SkippedFrameException {
        int header = first;
        while (hasLength(header)) {
            octets.require(8, "IPv6 extension header");
            int length = (octets.unsignedByte(1) + 1) * 8;
            octets.require(length, "IPv6 extension header");
            header = octets.unsignedByte(0);
            octets.advance(length);
        }
        return header;
    }

    private static void requireVersion(FrameOctets octets, int expected) throws SkippedFrameException {
        int version = octets.unsignedByte(0) >> 4;
        if (version != expected) {
            throw new SkippedFrameException("IP version " + version + " (expected: " + expected + ")");
        }
    }

    private static InetAddress address6(byte[] octets) {
        try {
            // Unlike InetAddress.getByAddress, keeps an IPv4-mapped address what it is.
            return Inet6Address.getByAddress(null, octets, -1);
        } catch (UnknownHostException e) {
            throw new AssertionError("sixteen octets are an IPv6 address", e);
        }
    }
}
