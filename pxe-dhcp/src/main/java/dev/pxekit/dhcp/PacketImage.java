package dev.pxekit.dhcp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

    private static final int MAGIC_COOKIE = 0x63825363;
    private static final int PAD = 0;
    private static final int END = 255;

    private PacketImage() {}

    /**
     * Reads a packet out of octets that it takes over.
     *
     * @throws DhcpFormatException if a field or an option is not what the standard asks for
     */
    static DhcpPacket read(byte[] image) throws DhcpFormatException {
        checkHeader(image);
        List<DhcpOptions.Entry> entries = new ArrayList<>(24);
        readOptions(image, HEADER_LENGTH, image.length, entries);
        int overload = overload(new DhcpOptions(entries));
        if ((overload & OVERLOAD_FILE) != 0) {
            readOptions(image, FILE, FILE + FILE_LENGTH, entries);
        }
        if ((overload & OVERLOAD_SNAME) != 0) {
            readOptions(image, SNAME, SNAME + SNAME_LENGTH, entries);
        }
        DhcpOptions options = new DhcpOptions(entries);
        checkDecisiveOption(options, DhcpOption.MESSAGE_TYPE);
        checkDecisiveOption(options, DhcpOption.SERVER_IDENTIFIER);
        return new DhcpPacket(image, options);
    }

    /** Writes a packet: fixed fields, cookie, options, END, zeros. */
    static byte[] write(byte[] header, DhcpOptions options) {
        long length = HEADER_LENGTH + 1L;
        for (DhcpOptions.Entry entry : options) {
            length += entry.length() + 2L * parts(entry);
        }
        if (length > MAXIMUM_LENGTH) {
            throw new IllegalArgumentException(
                    "packet of " + length + " octets (expected: at most " + MAXIMUM_LENGTH + "); send fewer options");
        }
        byte[] image = Arrays.copyOf(header, Math.max((int) length, MINIMUM_ENCODED_LENGTH));
        writeInt(image, COOKIE, MAGIC_COOKIE);
        int position = HEADER_LENGTH;
        for (DhcpOptions.Entry entry : options) {
            position = writeOption(image, position, entry);
        }
        image[position] = (byte) END;
        return image;
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

    /** Reads options up to END or the end of their area; what follows END is not an option (RFC 2132 §3.2). */
    private static void readOptions(byte[] image, int start, int end, List<DhcpOptions.Entry> entries)
            throws DhcpFormatException {
        int position = start;
        while (position < end) {
            int code = image[position] & 0xff;
            if (code == END) {
                return;
            }
            if (code == PAD) {
                position++;
                continue;
            }
            if (end - position < 2) {
                throw new DhcpFormatException("option " + code + " without a length", position);
            }
            int length = image[position + 1] & 0xff;
            int left = end - position - 2;
            if (length > left) {
                throw new DhcpFormatException(
                        "option " + code + " of " + length + " octets with " + left + " left", position);
            }
            entries.add(new DhcpOptions.Entry(code, image, position + 2, length));
            position += 2 + length;
        }
    }

    /** Option 52 of the options field; any value but 1 to 3 is no overload, and one inside an overloaded field is not read. */
    private static int overload(DhcpOptions options) {
        return options.get(DhcpOption.OVERLOAD).filter(value -> value <= 3).orElse(0);
    }

    /** Options 53 and 54 decide what a packet is and for whom: a packet in which they cannot be read cannot be either. */
    private static void checkDecisiveOption(DhcpOptions options, DhcpOption<?> option) throws DhcpFormatException {
        if (options.contains(option)) {
            options.require(option);
        }
    }

    private static int parts(DhcpOptions.Entry entry) {
        return Math.max(1, (entry.length() + 254) / 255);
    }

    private static int writeOption(byte[] image, int start, DhcpOptions.Entry entry) {
        byte[] value = entry.value();
        int position = start;
        int written = 0;
        do {
            int part = Math.min(255, value.length - written);
            image[position] = (byte) entry.code();
            image[position + 1] = (byte) part;
            System.arraycopy(value, written, image, position + 2, part);
            position += 2 + part;
            written += part;
        } while (written < value.length);
        return position;
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
