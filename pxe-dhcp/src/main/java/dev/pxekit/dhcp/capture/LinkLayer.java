package dev.pxekit.dhcp.capture;

import dev.pxekit.dhcp.HardwareAddress;
import java.util.Optional;

/** Link-layer headers, by the link types of tcpdump.org/linktypes.html. */
final class LinkLayer {

    static final int NULL = 0;
    static final int ETHERNET = 1;
    static final int LOOP = 108;
    static final int LINUX_SLL = 113;
    static final int LINUX_SLL2 = 276;
    static final int RAW = 101;
    static final int IPV4 = 228;
    static final int IPV6 = 229;

    /** The numbers that BSD systems use for {@link #RAW}. */
    private static final int BSD_RAW = 12;

    private static final int OPENBSD_RAW = 14;

    static final int ETHER_TYPE_IPV4 = 0x0800;
    static final int ETHER_TYPE_IPV6 = 0x86dd;

    private static final int MAXIMUM_VLAN_TAGS = 8;
    private static final int MAXIMUM_HARDWARE_TYPE = 255;

    private LinkLayer() {}

    static LinkPayload read(Frame frame) throws SkippedFrameException {
        return switch (frame.linkType()) {
            case ETHERNET -> ethernet(frame);
            case RAW, BSD_RAW, OPENBSD_RAW -> raw(frame);
            case IPV4 -> withoutAddresses(frame, ETHER_TYPE_IPV4);
            case IPV6 -> withoutAddresses(frame, ETHER_TYPE_IPV6);
            case NULL, LOOP -> loopback(frame);
            case LINUX_SLL -> cooked(frame);
            case LINUX_SLL2 -> cookedVersion2(frame);
            default -> throw new SkippedFrameException("link type " + frame.linkType() + " is not one that is read");
        };
    }

    private static LinkPayload ethernet(Frame frame) throws SkippedFrameException {
        FrameOctets octets = frame.octets();
        octets.require(14, "Ethernet header");
        Optional<HardwareAddress> destination = Optional.of(HardwareAddress.of(octets.bytes(0, 6)));
        Optional<HardwareAddress> source = Optional.of(HardwareAddress.of(octets.bytes(6, 6)));
        int type = octets.unsignedShort(12);
        octets.advance(14);
        return new LinkPayload(etherType(octets, type), octets, frame.interfaceNumber(), source, destination);
    }

    /** Moves over the VLAN tags (IEEE 802.1Q) at the position: what a tag holds, and the type of what follows it. */
    private static int etherType(FrameOctets octets, int firstType) throws SkippedFrameException {
        int type = firstType;
        for (int tags = 0; isVlanTag(type); tags++) {
            if (tags == MAXIMUM_VLAN_TAGS) {
                throw new SkippedFrameException("more than " + MAXIMUM_VLAN_TAGS + " VLAN tags");
            }
            octets.require(4, "VLAN tag");
            type = octets.unsignedShort(2);
            octets.advance(4);
        }
        return type;
    }

    /** Customer tag, service tag, and the service tag of before 802.1ad. */
    private static boolean isVlanTag(int type) {
        return type == 0x8100 || type == 0x88a8 || type == 0x9100;
    }

    private static LinkPayload raw(Frame frame) throws SkippedFrameException {
        FrameOctets octets = frame.octets();
        octets.require(1, "IP header");
        int version = octets.unsignedByte(0) >> 4;
        if (version != 4 && version != 6) {
            throw new SkippedFrameException("IP version " + version + " (expected: 4 or 6)");
        }
        return withoutAddresses(frame, version == 4 ? ETHER_TYPE_IPV4 : ETHER_TYPE_IPV6);
    }

    /** An address family in four octets, of which {@link #NULL} has the order of the machine that made the capture. */
    private static LinkPayload loopback(Frame frame) throws SkippedFrameException {
        FrameOctets octets = frame.octets();
        octets.require(4, "loopback header");
        int family = octets.intAt(0);
        octets.advance(4);
        boolean swapped = frame.linkType() == NULL && (family & 0xffff) == 0;
        int etherType = switch (swapped ? Integer.reverseBytes(family) : family) {
            case 2 -> ETHER_TYPE_IPV4;
            // Linux, Windows, NetBSD and OpenBSD, FreeBSD, macOS.
            case 10, 23, 24, 28, 30 -> ETHER_TYPE_IPV6;
            default -> 0;
        };
        return withoutAddresses(frame, etherType);
    }

    /**
     * Linux cooked capture, LINKTYPE_LINUX_SLL.
     *
     * <pre>
     *  0 packet type (2)   2 ARPHRD type (2)   4 address length (2)   6 address (8)   14 protocol (2)
     * </pre>
     */
    private static LinkPayload cooked(Frame frame) throws SkippedFrameException {
        FrameOctets octets = frame.octets();
        octets.require(16, "Linux cooked header");
        Optional<HardwareAddress> source = address(octets, octets.unsignedShort(2), octets.unsignedShort(4), 6);
        int protocol = octets.unsignedShort(14);
        octets.advance(16);
        return new LinkPayload(etherType(octets, protocol), octets, frame.interfaceNumber(), source, Optional.empty());
    }

    /**
     * Linux cooked capture, LINKTYPE_LINUX_SLL2.
     *
     * <pre>
     *  0 protocol (2)   2 reserved (2)   4 interface index (4)   8 ARPHRD type (2)   10 packet type (1)
     * 11 address length (1)   12 address (8)
     * </pre>
     */
    private static LinkPayload cookedVersion2(Frame frame) throws SkippedFrameException {
        FrameOctets octets = frame.octets();
        octets.require(20, "Linux cooked header");
        int protocol = octets.unsignedShort(0);
        int index = octets.intAt(4);
        Optional<HardwareAddress> source = address(octets, octets.unsignedShort(8), octets.unsignedByte(11), 12);
        octets.advance(20);
        return new LinkPayload(etherType(octets, protocol), octets, index, source, Optional.empty());
    }

    /** The address of a cooked header, unless its type or length is none that DHCP has room for. */
    private static Optional<HardwareAddress> address(FrameOctets octets, int type, int length, int offset) {
        return type > MAXIMUM_HARDWARE_TYPE || length == 0 || length > 8
                ? Optional.empty()
                : Optional.of(HardwareAddress.of(type, octets.bytes(offset, length)));
    }

    private static LinkPayload withoutAddresses(Frame frame, int etherType) {
        return new LinkPayload(etherType, frame.octets(), frame.interfaceNumber(), Optional.empty(), Optional.empty());
    }
}
