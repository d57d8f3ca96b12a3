package dev.pxekit.dhcp;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * Reads and writes DHCPv4 packets: RFC 951, RFC 1542, RFC 2131, RFC 2132, option overload (52) and long options (RFC 3396).
 *
 * <p>Decoding is strict on the frame and lenient on values. A packet is refused if it is shorter than its fixed fields and
 * cookie (240 octets) or longer than a UDP datagram, has an {@code op} other than 1 and 2, an {@code hlen} over 16 or
 * another cookie, if an option runs past its area, or if option 53 or 54, which decide what a packet is and for whom, has a
 * wrong length. A missing END is no fault. An option whose value is malformed is kept and counts as absent.
 *
 * <p>Stateless and safe for use by any number of threads.
 */
public final class DhcpCodec {

    private DhcpCodec() {}

    /**
     * Reads a packet. The octets are copied.
     *
     * @param octets the octets
     * @return what the octets say
     * @throws DhcpFormatException if they are not a packet
     */
    public static DhcpPacket decode(byte[] octets) throws DhcpFormatException {
        checkLength(octets.length);
        return PacketImage.read(octets.clone());
    }

    /**
     * Reads a packet that takes up what remains of the buffer, whose position moves to its limit.
     *
     * @param buffer the buffer to read from
     * @return what the octets say
     * @throws DhcpFormatException if the octets are not a packet
     */
    public static DhcpPacket decode(ByteBuffer buffer) throws DhcpFormatException {
        checkLength(buffer.remaining());
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(octets);
        return PacketImage.read(octets);
    }

    /**
     * Reads a packet that takes up the readable octets of the buffer, which count as read. The buffer is not kept and not
     * released.
     *
     * @param buffer the buffer to read from
     * @return what the octets say
     * @throws DhcpFormatException if the octets are not a packet
     */
    public static DhcpPacket decode(ByteBuf buffer) throws DhcpFormatException {
        checkLength(buffer.readableBytes());
        byte[] octets = new byte[buffer.readableBytes()];
        buffer.readBytes(octets);
        return PacketImage.read(octets);
    }

    /**
     * Writes a packet: a decoded one as it came, a built one with at least 300 octets.
     *
     * @param packet the packet
     * @return the octets
     */
    public static byte[] encode(DhcpPacket packet) {
        return packet.image().clone();
    }

    /**
     * Writes a packet to the end of a buffer.
     *
     * @param packet the packet
     * @param target the buffer to write to
     */
    public static void encode(DhcpPacket packet, ByteBuf target) {
        target.writeBytes(packet.image());
    }

    /**
     * Writes a packet to a buffer from its position on.
     *
     * @param packet the packet
     * @param target the buffer to write to
     * @throws java.nio.BufferOverflowException if the buffer has no room for it; nothing is written
     */
    public static void encode(DhcpPacket packet, ByteBuffer target) {
        target.put(packet.image());
    }

    private static void checkLength(int length) throws DhcpFormatException {
        if (length > PacketImage.MAXIMUM_LENGTH) {
            throw new DhcpFormatException(
                    "packet of " + length + " octets (expected: at most " + PacketImage.MAXIMUM_LENGTH + ")",
                    PacketImage.MAXIMUM_LENGTH);
        }
    }
}
