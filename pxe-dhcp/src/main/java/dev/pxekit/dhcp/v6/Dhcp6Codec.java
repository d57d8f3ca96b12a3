package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.DhcpFormatException;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * Reads and writes DHCPv6 messages (RFC 8415).
 *
 * <p>Decoding is strict on the frame and lenient on values. A message is refused if its header is cut or it is longer than
 * 65535 octets, if an option runs past its end or octets are left after the last one, and if the same is so in a message in a
 * relay agent's (option 9), or in an identity association or its addresses and prefixes (options 3, 4, 5, 25 and 26). So are
 * messages with more than 255 relay agent messages in one another, or options more than 16 deep in options. An option whose
 * value is malformed is kept and counts as absent; {@link Dhcp6Message#diagnostics} tells, and also what servers and clients
 * must drop.
 *
 * <p>Stateless and safe for use by any number of threads.
 */
public final class Dhcp6Codec {

    private Dhcp6Codec() {}

    /**
     * Reads a message. The octets are copied.
     *
     * @param octets the octets
     * @return what the octets say
     * @throws DhcpFormatException if they are not a message
     */
    public static Dhcp6Message decode(byte[] octets) throws DhcpFormatException {
        return Dhcp6Message.read(octets.clone(), 0);
    }

    /**
     * Reads a message that takes up what remains of the buffer, whose position moves to its limit.
     *
     * @param buffer the buffer to read from
     * @return what the octets say
     * @throws DhcpFormatException if the octets are not a message
     */
    public static Dhcp6Message decode(ByteBuffer buffer) throws DhcpFormatException {
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(octets);
        return Dhcp6Message.read(octets, 0);
    }

    /**
     * Reads a message that takes up the readable octets of the buffer, which count as read. The buffer is not kept and not
     * released.
     *
     * @param buffer the buffer to read from
     * @return what the octets say
     * @throws DhcpFormatException if the octets are not a message
     */
    public static Dhcp6Message decode(ByteBuf buffer) throws DhcpFormatException {
        byte[] octets = new byte[buffer.readableBytes()];
        buffer.readBytes(octets);
        return Dhcp6Message.read(octets, 0);
    }

    /**
     * Writes a message, as it came or was built.
     *
     * @param message the message
     * @return the octets
     */
    public static byte[] encode(Dhcp6Message message) {
        return message.encode();
    }

    /**
     * Writes a message to the end of a buffer.
     *
     * @param message the message
     * @param target the buffer to write to
     */
    public static void encode(Dhcp6Message message, ByteBuf target) {
        message.encode(target);
    }
}
