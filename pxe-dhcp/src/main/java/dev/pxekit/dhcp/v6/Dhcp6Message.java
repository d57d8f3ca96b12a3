package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.DhcpFormatException;
import java.util.Locale;

/**
 * A DHCPv6 message between client and server (RFC 8415 §8). Relay agent messages (types 12 and 13) have another header and
 * are refused by {@link #decode}. Immutable; what is decoded encodes to the same octets.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +---------------+-----------------------------------------------+
 *   |    msg-type   |               transaction-id                  |
 *   +---------------+-----------------------------------------------+
 *   |                       options (variable)                      |
 *   +---------------------------------------------------------------+
 * </pre>
 *
 * @param type the message type, not a relay agent's
 * @param transactionId the transaction id, 0 to 0xffffff
 * @param options the options in wire order
 */
public record Dhcp6Message(Dhcp6MessageType type, int transactionId, Dhcp6Options options) {

    private static final int HEADER_LENGTH = 4;

    /**
     * Checks the ranges.
     *
     * @param type the message type, not a relay agent's
     * @param transactionId the transaction id, 0 to 0xffffff
     * @param options the options in wire order
     * @throws IllegalArgumentException if the transaction id is out of range or the type is a relay agent's
     */
    public Dhcp6Message {
        if (transactionId < 0 || transactionId > 0xff_ffff) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "transaction id: %x (expected: 0..ffffff)", transactionId));
        }
        if (type.isRelay()) {
            throw new IllegalArgumentException("message type: " + type + " (expected: one between client and server)");
        }
    }

    /**
     * Reads a message.
     *
     * @param octets the octets
     * @return what the octets say
     * @throws DhcpFormatException if it is cut, an option runs past its end, or it is a relay agent message
     */
    public static Dhcp6Message decode(byte[] octets) throws DhcpFormatException {
        if (octets.length < HEADER_LENGTH) {
            throw new DhcpFormatException(
                    "message of " + octets.length + " octets (expected: 4 or more)", octets.length);
        }
        Dhcp6MessageType type = Dhcp6MessageType.of(octets[0] & 0xff);
        if (type.isRelay()) {
            throw new DhcpFormatException("message type " + type + " (expected: one between client and server)", 0);
        }
        int transactionId = (octets[1] & 0xff) << 16 | (octets[2] & 0xff) << 8 | (octets[3] & 0xff);
        return new Dhcp6Message(type, transactionId, Dhcp6Options.decode(octets, HEADER_LENGTH));
    }

    /**
     * Writes the message.
     *
     * @return the octets
     */
    public byte[] encode() {
        byte[] octets = new byte[Math.addExact(HEADER_LENGTH, options.encodedLength())];
        octets[0] = (byte) type.code();
        octets[1] = (byte) (transactionId >>> 16);
        octets[2] = (byte) (transactionId >>> 8);
        octets[3] = (byte) transactionId;
        options.encode(octets, HEADER_LENGTH);
        return octets;
    }

    /** Type, transaction id and options. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s xid=%06x options=%s", type, transactionId, options);
    }
}
