package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.DhcpFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * DHCPv6 options in wire order, repeated and unknown ones kept (RFC 8415 §21.1). Immutable.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-------------------------------+-------------------------------+
 *   |          option-code          |           option-len          |
 *   +-------------------------------+-------------------------------+
 *   |                option-data (option-len octets)                |
 *   +---------------------------------------------------------------+
 * </pre>
 */
public final class Dhcp6Options implements Iterable<Dhcp6Options.Entry> {

    /** No options. */
    public static final Dhcp6Options EMPTY = new Dhcp6Options(List.of());

    private static final int HEADER_LENGTH = 4;

    /** One option: a code and octets. */
    public static final class Entry {

        private final int code;
        private final byte[] value;

        private Entry(int code, byte[] value) {
            this.code = code;
            this.value = value;
        }

        /** {@return the option's code, 0 to 65535} */
        public int code() {
            return code;
        }

        /** {@return a copy of the value's octets} */
        public byte[] value() {
            return value.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entry that && code == that.code && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return 31 * code + Arrays.hashCode(value);
        }

        /** Code and octets in hexadecimal. */
        @Override
        public String toString() {
            return code + "=" + HexFormat.of().formatHex(value);
        }
    }

    private final List<Entry> entries;

    private Dhcp6Options(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads options that take up all the octets.
     *
     * @param octets the octets
     * @return what the octets say
     * @throws DhcpFormatException if an option runs past the end
     */
    public static Dhcp6Options decode(byte[] octets) throws DhcpFormatException {
        return decode(octets, 0);
    }

    static Dhcp6Options decode(byte[] octets, int start) throws DhcpFormatException {
        List<Entry> entries = new ArrayList<>();
        int position = start;
        while (position < octets.length) {
            int left = octets.length - position - HEADER_LENGTH;
            if (left < 0) {
                throw new DhcpFormatException(
                        "option header of " + (left + HEADER_LENGTH) + " octets (expected: 4)", position);
            }
            int code = (octets[position] & 0xff) << 8 | (octets[position + 1] & 0xff);
            int length = (octets[position + 2] & 0xff) << 8 | (octets[position + 3] & 0xff);
            if (length > left) {
                throw new DhcpFormatException(
                        "option " + code + " of " + length + " octets with " + left + " left", position);
            }
            int value = position + HEADER_LENGTH;
            entries.add(new Entry(code, Arrays.copyOfRange(octets, value, value + length)));
            position = value + length;
        }
        return entries.isEmpty() ? EMPTY : new Dhcp6Options(entries);
    }

    /** {@return a builder with no options} */
    public static Builder builder() {
        return new Builder(List.of());
    }

    /** {@return a builder that starts with these options} */
    public Builder toBuilder() {
        return new Builder(entries);
    }

    /**
     * {@return the octets of the first option with this code}
     *
     * @param code the code
     */
    public Optional<byte[]> raw(int code) {
        return entries.stream()
                .filter(entry -> entry.code == code)
                .map(Entry::value)
                .findFirst();
    }

    /**
     * {@return whether an option with this code is there}
     *
     * @param code the code
     */
    public boolean contains(int code) {
        return entries.stream().anyMatch(entry -> entry.code == code);
    }

    /** {@return the options one by one in wire order} */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * Writes the options in order.
     *
     * @return the octets
     */
    public byte[] encode() {
        byte[] octets = new byte[encodedLength()];
        encode(octets, 0);
        return octets;
    }

    int encodedLength() {
        int length = 0;
        for (Entry entry : entries) {
            length = Math.addExact(length, HEADER_LENGTH + entry.value.length);
        }
        return length;
    }

    void encode(byte[] target, int start) {
        int position = start;
        for (Entry entry : entries) {
            target[position] = (byte) (entry.code >>> 8);
            target[position + 1] = (byte) entry.code;
            target[position + 2] = (byte) (entry.value.length >>> 8);
            target[position + 3] = (byte) entry.value.length;
            System.arraycopy(entry.value, 0, target, position + HEADER_LENGTH, entry.value.length);
            position += HEADER_LENGTH + entry.value.length;
        }
    }

    @Override
    public Iterator<Entry> iterator() {
        return entries.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dhcp6Options that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return entries.toString();
    }

    /** Builds options in the order in which they were added. Not safe for use by several threads at once. */
    public static final class Builder {

        private final List<Entry> entries;

        private Builder(List<Entry> entries) {
            this.entries = new ArrayList<>(entries);
        }

        /**
         * Appends an option.
         *
         * @param code the code
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if code or length do not fit in two octets
         */
        public Builder add(int code, byte[] value) {
            if (code < 0 || code > 0xffff) {
                throw new IllegalArgumentException("option code: " + code + " (expected: 0..65535)");
            }
            if (value.length > 0xffff) {
                throw new IllegalArgumentException(
                        "option " + code + " of " + value.length + " octets (expected: 0..65535)");
            }
            entries.add(new Entry(code, value.clone()));
            return this;
        }

        /** {@return the options as they are now; the builder can go on} */
        public Dhcp6Options build() {
            return entries.isEmpty() ? EMPTY : new Dhcp6Options(entries);
        }
    }
}
