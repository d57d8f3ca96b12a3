package dev.pxekit.dhcp.capture;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What a UDP header and the IP header before it say. */
final class UdpDatagram {

    private static final int HEADER_LENGTH = 8;

    private final InetSocketAddress source;
    private final InetSocketAddress destination;
    private final byte[] payload;

    private UdpDatagram(InetSocketAddress source, InetSocketAddress destination, byte[] payload) {
        this.source = source;
        this.destination = destination;
        this.payload = payload;
    }

    /**
     * Reads the header and the payload.
     *
     * <pre>
     * +--------+--------+--------+--------+
     * |   source port   | destination port|
     * +--------+--------+--------+--------+
     * |     length      |    checksum     |
     * +--------+--------+--------+--------+
     * </pre>
     *
     * The checksum is not looked at: a capture on the sending machine often has it unfinished, for the network card to do.
     */
    static UdpDatagram read(InetAddress source, InetAddress destination, FrameOctets octets)
            throws SkippedFrameException {
        octets.require(HEADER_LENGTH, "UDP header");
        int length = octets.unsignedShort(4);
        if (length < HEADER_LENGTH) {
            throw new SkippedFrameException("UDP length " + length + " (expected: 8 or more)");
        }
        octets.narrow(length, "UDP length");
        octets.require(length, "UDP datagram");
        return new UdpDatagram(
                new InetSocketAddress(source, octets.unsignedShort(0)),
                new InetSocketAddress(destination, octets.unsignedShort(2)),
                octets.bytes(HEADER_LENGTH, length - HEADER_LENGTH));
    }

    InetSocketAddress source() {
        return source;
    }

    InetSocketAddress destination() {
        return destination;
    }

    byte[] payload() {
        return payload;
    }
}
