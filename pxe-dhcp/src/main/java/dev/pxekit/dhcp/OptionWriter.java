package dev.pxekit.dhcp;

import java.util.Arrays;

/**
 * Collects the octets of a value. Numbers are written with their most significant octet first. It grows as needed. Not safe
 * for use by several threads at once.
 */
public final class OptionWriter {

    private static final int INITIAL_LENGTH = 64;

    private byte[] octets;
    private int length;

    /** Makes an empty one. */
    public OptionWriter() {
        this(INITIAL_LENGTH);
    }

    OptionWriter(int initialLength) {
        octets = new byte[initialLength];
    }

    /** {@return how many octets were written} */
    public int length() {
        return length;
    }

    /**
     * Writes the low octet of a number.
     *
     * @param value the number
     * @return this writer
     */
    public OptionWriter writeByte(int value) {
        reserve(1);
        octets[length++] = (byte) value;
        return this;
    }

    /**
     * Writes the low two octets of a number.
     *
     * @param value the number
     * @return this writer
     */
    public OptionWriter writeShort(int value) {
        reserve(2);
        PacketImage.writeShort(octets, length, value);
        length += 2;
        return this;
    }

    /**
     * Writes the low four octets of a number.
     *
     * @param value the number
     * @return this writer
     */
    public OptionWriter writeInt(long value) {
        reserve(4);
        PacketImage.writeInt(octets, length, (int) value);
        length += 4;
        return this;
    }

    /**
     * Writes eight octets.
     *
     * @param value the number
     * @return this writer
     */
    public OptionWriter writeLong(long value) {
        return writeInt(value >>> 32).writeInt(value);
    }

    /**
     * Writes octets.
     *
     * @param value the octets
     * @return this writer
     */
    public OptionWriter writeBytes(byte[] value) {
        return writeBytes(value, 0, value.length);
    }

    OptionWriter writeBytes(byte[] value, int offset, int count) {
        reserve(count);
        System.arraycopy(value, offset, octets, length, count);
        length += count;
        return this;
    }

    /** {@return a copy of what was written} */
    public byte[] toByteArray() {
        return Arrays.copyOf(octets, length);
    }

    /** Sets an octet that was written. */
    void set(int offset, int value) {
        octets[offset] = (byte) value;
    }

    /** An octet that was written, 0 to 255. */
    int get(int offset) {
        return octets[offset] & 0xff;
    }

    /** Forgets what was written from an offset on, and returns it. */
    byte[] cut(int offset) {
        byte[] tail = Arrays.copyOfRange(octets, offset, length);
        length = offset;
        return tail;
    }

    void copyTo(byte[] target, int position) {
        System.arraycopy(octets, 0, target, position, length);
    }

    private void reserve(int more) {
        if (more > octets.length - length) {
            octets = Arrays.copyOf(octets, Math.max(Math.addExact(length, more), octets.length * 2));
        }
    }
}
