package dev.pxekit.dhcp;

import dev.pxekit.dhcp.internal.Ipv4;
import java.net.Inet4Address;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/**
 * A bounded cursor over the octets of an option's value. It never reads past its end: what is missing is a
 * {@link DhcpFormatException} with the offset. Numbers have their most significant octet first. Not safe for use by several
 * threads at once.
 */
public final class OptionReader {

    private final byte[] source;

    /** Where offset 0 is, in the source. */
    private final int origin;

    private final int end;
    private int position;

    private OptionReader(byte[] source, int origin, int start, int end) {
        this.source = source;
        this.origin = origin;
        this.position = start;
        this.end = end;
    }

    /** A reader of a part of an array that is not copied and must not change. */
    OptionReader(byte[] source, int start, int length) {
        this(source, start, start, start + length);
    }

    /**
     * {@return a reader of these octets, which are not copied}
     *
     * @param octets the octets
     */
    public static OptionReader of(byte[] octets) {
        return new OptionReader(octets, 0, octets.length);
    }

    /**
     * {@return a reader of a part of these octets, which are not copied}
     *
     * @param octets the octets
     * @param start where the part begins in them
     * @param end where it ends
     * @param offset what {@link #offset} says at the start, so that faults are told in octets that the part came from
     */
    public static OptionReader of(byte[] octets, int start, int end, int offset) {
        Objects.checkFromToIndex(start, end, octets.length);
        return new OptionReader(octets, start - offset, start, end);
    }

    /** {@return how many octets are left} */
    public int remaining() {
        return end - position;
    }

    /** {@return whether octets are left} */
    public boolean hasRemaining() {
        return position < end;
    }

    /** {@return where the next octet is, from the start of the value or of what it stands in; a {@link #slice} goes on counting} */
    public int offset() {
        return position - origin;
    }

    /**
     * {@return the next octet, 0 to 255}
     *
     * @throws DhcpFormatException if none is left
     */
    public int readUnsignedByte() throws DhcpFormatException {
        require(1);
        return source[position++] & 0xff;
    }

    /** The next octet, 0 to 255, which does not count as read. */
    int peekUnsignedByte() throws DhcpFormatException {
        require(1);
        return source[position] & 0xff;
    }

    /**
     * {@return the next two octets, 0 to 65535}
     *
     * @throws DhcpFormatException if they are not left
     */
    public int readUnsignedShort() throws DhcpFormatException {
        require(2);
        int value = PacketImage.readShort(source, position);
        position += 2;
        return value;
    }

    /**
     * {@return the next four octets, signed}
     *
     * @throws DhcpFormatException if they are not left
     */
    public int readInt() throws DhcpFormatException {
        require(4);
        int value = PacketImage.readInt(source, position);
        position += 4;
        return value;
    }

    /**
     * {@return the next four octets, 0 to 4294967295}
     *
     * @throws DhcpFormatException if they are not left
     */
    public long readUnsignedInt() throws DhcpFormatException {
        return Integer.toUnsignedLong(readInt());
    }

    /**
     * {@return the next eight octets, signed}
     *
     * @throws DhcpFormatException if they are not left
     */
    public long readLong() throws DhcpFormatException {
        require(8);
        return readUnsignedInt() << 32 | readUnsignedInt();
    }

    /**
     * {@return the next four octets as an IPv4 address}
     *
     * @throws DhcpFormatException if they are not left
     */
    public Inet4Address readAddress() throws DhcpFormatException {
        require(4);
        Inet4Address address = Ipv4.of(source, position);
        position += 4;
        return address;
    }

    /**
     * {@return a copy of the next octets}
     *
     * @param length how many
     * @throws DhcpFormatException if they are not left
     */
    public byte[] readBytes(int length) throws DhcpFormatException {
        require(length);
        position += length;
        return Arrays.copyOfRange(source, position - length, position);
    }

    /** {@return a copy of all octets that are left} */
    public byte[] readRemaining() {
        byte[] octets = Arrays.copyOfRange(source, position, end);
        position = end;
        return octets;
    }

    /**
     * {@return a reader of the next octets, which count as read here}
     *
     * @param length how many
     * @throws DhcpFormatException if they are not left
     */
    public OptionReader slice(int length) throws DhcpFormatException {
        require(length);
        OptionReader slice = new OptionReader(source, origin, position, position + length);
        position += length;
        return slice;
    }

    /**
     * {@return an exception that says what is wrong at the next octet}
     *
     * @param message what was read, what was found and what was expected
     */
    public DhcpFormatException fault(String message) {
        return new DhcpFormatException(message, offset());
    }

    /**
     * Checks that all octets were read.
     *
     * @throws DhcpFormatException if some are left, for which the value has no place
     */
    public void requireEnd() throws DhcpFormatException {
        if (position < end) {
            throw fault(octets(remaining()) + " too many");
        }
    }

    private void require(int length) throws DhcpFormatException {
        if (length < 0 || length > end - position) {
            throw fault(octets(length) + " expected, " + remaining() + " left");
        }
    }

    private static String octets(int count) {
        return count == 1 ? "1 octet" : count + " octets";
    }

    /** The text of the octets that are left, in UTF-8, without NULs at the end. */
    String readText() {
        int last = end;
        while (last > position && source[last - 1] == 0) {
            last--;
        }
        String text = new String(source, position, last - position, StandardCharsets.UTF_8);
        position = end;
        return text;
    }
}
