package dev.pxekit.dhcp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The octets of a packet (RFC 2131 §2, RFC 2132 §2):
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +---------------+---------------+---------------+---------------+
 *   |     op (1)    |   htype (1)   |   hlen (1)    |   hops (1)    |
 *   +---------------+---------------+---------------+---------------+
 *   |                            xid (4)                            |
 *   +-------------------------------+-------------------------------+
 *   |           secs (2)            |           flags (2)           |
 *   +-------------------------------+-------------------------------+
 *   |                          ciaddr  (4)                          |
 *   |                          yiaddr  (4)                          |
 *   |                          siaddr  (4)                          |
 *   |                          giaddr  (4)                          |
 *   |                          chaddr  (16)                         |
 *   |                          sname   (64)                         |
 *   |                          file    (128)                        |
 *   |                          magic cookie (4): 99 130 83 99       |
 *   |                          options (variable)                   |
 *   +---------------------------------------------------------------+
 * </pre>
 */
final class PacketImage {

    static final int BOOTREQUEST = 1;
    static final int BOOTREPLY = 2;

    static final int OP = 0;
    static final int HTYPE = 1;
    static final int HLEN = 2;
    static final int HOPS = 3;
    static final int XID = 4;
    static final int SECS = 8;
    static final int FLAGS = 10;
    static final int CIADDR = 12;
    static final int YIADDR = 16;
    static final int SIADDR = 20;
    static final int GIADDR = 24;
    static final int CHADDR = 28;
    static final int SNAME = 44;
    static final int SNAME_LENGTH = 64;
    static final int FILE = 108;
    static final int FILE_LENGTH = 128;
    static final int COOKIE = 236;

    /** The fixed fields with the magic cookie: the shortest packet there is. */
    static final int HEADER_LENGTH = 240;

    /** The shortest packet that BOOTP relay agents and clients must take (RFC 1542 §2.1). */
    static final int MINIMUM_ENCODED_LENGTH = 300;

    /** The payload of the largest UDP datagram over IPv4. */
    static final int MAXIMUM_LENGTH = 65_507;

    static final int BROADCAST_FLAG = 0x8000;
    static final int OVERLOAD_FILE = 1;
    static final int OVERLOAD_SNAME = 2;
    static final int OVERLOAD_BOTH = 3;

    private static final int OVERLOAD = 52;

    static final int MAGIC_COOKIE = 0x63825363;

    private PacketImage() {}

    /**
     * Reads a packet out of octets that it takes over.
     *
     * @throws DhcpFormatException if a field or an option is not what the standard asks for
     */
    static DhcpPacket read(byte[] image) throws DhcpFormatException {
        checkHeader(image);
        OptionIndex index = new OptionIndex(image);
        index.scan(HEADER_LENGTH, image.length, true, "option");
        return of(image, index);
    }

    /** The packet of an image whose options field is read. */
    static DhcpPacket of(byte[] image, OptionIndex index) throws DhcpFormatException {
        int overload = overload(index);
        if ((overload & OVERLOAD_FILE) != 0) {
            index.scan(FILE, FILE + FILE_LENGTH, true, "option");
        }
        if ((overload & OVERLOAD_SNAME) != 0) {
            index.scan(SNAME, SNAME + SNAME_LENGTH, true, "option");
        }
        checkDecisiveOption(index, DhcpOption.MESSAGE_TYPE, 1);
        checkDecisiveOption(index, DhcpOption.SERVER_IDENTIFIER, 4);
        return new DhcpPacket(image, index, overload);
    }

    private static void checkHeader(byte[] image) throws DhcpFormatException {
        if (image.length < HEADER_LENGTH || image.length > MAXIMUM_LENGTH) {
            throw new DhcpFormatException(
                    "packet of " + image.length + " octets (expected: " + HEADER_LENGTH + ".." + MAXIMUM_LENGTH + ")",
                    image.length);
        }
        if (image[OP] != BOOTREQUEST && image[OP] != BOOTREPLY) {
            throw new DhcpFormatException("op " + (image[OP] & 0xff) + " (expected: 1 or 2)", OP);
        }
        int hardwareLength = image[HLEN] & 0xff;
        if (hardwareLength > HardwareAddress.MAXIMUM_LENGTH) {
            throw new DhcpFormatException("hlen " + hardwareLength + " (expected: 0..16)", HLEN);
        }
        if (readInt(image, COOKIE) != MAGIC_COOKIE) {
            throw new DhcpFormatException(
                    String.format("magic cookie %08x (expected: %08x)", readInt(image, COOKIE), MAGIC_COOKIE), COOKIE);
        }
    }

    /** Option 52 of the options field; any value but 1 to 3 is no overload. */
    private static int overload(OptionIndex options) throws DhcpFormatException {
        if (options.joinedLength(OVERLOAD) != 1) {
            return 0;
        }
        // One of its parts may be empty.
        int value = options.joined(OVERLOAD).orElseThrow().readUnsignedByte();
        return value <= OVERLOAD_BOTH ? value : 0;
    }

    /** Options 53 and 54 decide what a packet is and for whom: a packet in which they cannot be read cannot be either. */
    private static void checkDecisiveOption(OptionIndex options, DhcpOption<?> option, int length)
            throws DhcpFormatException {
        int found = options.joinedLength(option.code());
        if (found >= 0 && found != length) {
            throw new DhcpFormatException(
                    option + " of " + found + " octets (expected: " + length + ")",
                    options.offset(options.find(option.code(), 0)));
        }
    }

    /** The octets of a field up to its NUL, or all of them, as text. */
    static String text(byte[] image, int offset, int length) {
        int end = offset;
        while (end < offset + length && image[end] != 0) {
            end++;
        }
        return new String(image, offset, end - offset, StandardCharsets.UTF_8);
    }

    /** Whether the text of a field, and zeros after it, are all that is in the field. */
    static boolean isAllText(byte[] image, int offset, int length) {
        byte[] written = Arrays.copyOf(text(image, offset, length).getBytes(StandardCharsets.UTF_8), length);
        return Arrays.equals(written, 0, length, image, offset, offset + length);
    }

    static int readShort(byte[] image, int offset) {
        return (image[offset] & 0xff) << 8 | (image[offset + 1] & 0xff);
    }

    static int readInt(byte[] image, int offset) {
        return readShort(image, offset) << 16 | readShort(image, offset + 2);
    }

    static void writeShort(byte[] image, int offset, int value) {
        image[offset] = (byte) (value >>> 8);
        image[offset + 1] = (byte) value;
    }

    static void writeInt(byte[] image, int offset, int value) {
        writeShort(image, offset, value >>> 16);
        writeShort(image, offset + 2, value);
    }
}
