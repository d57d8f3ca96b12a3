package dev.pxekit.dhcp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The options of a packet in wire order; repeated and unknown ones are kept. Those that an overload (option 52) put into the
 * {@code file} and {@code sname} fields follow those of the options field, {@code file} first (RFC 3396 §5). PAD and END are
 * not options and do not show.
 *
 * <p>Several options of one code are parts of one value (RFC 3396): {@link #get} and {@link #raw} join them in order, while
 * iteration shows each part. Immutable.
 */
public final class DhcpOptions implements Iterable<DhcpOptions.Entry> {

    /** No options. */
    public static final DhcpOptions EMPTY = new DhcpOptions(List.of());

    /** One option as it stands on the wire: a whole value or one part of it. */
    public static final class Entry {

        private final int code;
        private final byte[] source;
        private final int offset;
        private final int length;

        /** The octets stay in the source, which is never written to. */
        Entry(int code, byte[] source, int offset, int length) {
            this.code = code;
            this.source = source;
            this.offset = offset;
            this.length = length;
        }

        /** {@return the option's code, 1 to 254} */
        public int code() {
            return code;
        }

        /** {@return the number of octets of the value} */
        public int length() {
            return length;
        }

        /** {@return a copy of the value's octets} */
        public byte[] value() {
            return Arrays.copyOfRange(source, offset, offset + length);
        }

        void copyTo(byte[] target, int position) {
            System.arraycopy(source, offset, target, position, length);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entry that
                    && code == that.code
                    && Arrays.equals(
                            source, offset, offset + length, that.source, that.offset, that.offset + that.length);
        }

        @Override
        public int hashCode() {
            return 31 * code + Arrays.hashCode(value());
        }

        /** Code and octets in hexadecimal, such as {@code 53=01}. */
        @Override
        public String toString() {
            return code + "=" + HexFormat.of().formatHex(source, offset, offset + length);
        }
    }

    private final List<Entry> entries;

    DhcpOptions(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** {@return a builder with no options} */
    public static Builder builder() {
        return new Builder(List.of());
    }

    /** {@return a builder that starts with these options in this order} */
    public Builder toBuilder() {
        return new Builder(entries);
    }

    /**
     * {@return the value of an option, its parts joined} An option whose octets are not a value of its format counts as absent, as
     * RFC 2132 has no way to answer it; {@link #require} tells the two cases apart.
     *
     * @param <T> the type of the value
     * @param option the option
     */
    public <T> Optional<T> get(DhcpOption<T> option) {
        Optional<byte[]> value = raw(option.code());
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(option.decode(value.get()));
        } catch (DhcpFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * {@return the value of an option that must be there}
     *
     * @param <T> the type of the value
     * @param option the option
     * @throws DhcpFormatException if it is absent (offset 0) or not a value of its format (offset in the value)
     */
    public <T> T require(DhcpOption<T> option) throws DhcpFormatException {
        Optional<byte[]> value = raw(option.code());
        if (value.isEmpty()) {
            throw new DhcpFormatException(option + " is absent", 0);
        }
        return option.decode(value.get());
    }

    /**
     * {@return the octets of an option, its parts joined in order (RFC 3396)}
     *
     * @param code the code
     */
    public Optional<byte[]> raw(int code) {
        int length = -1;
        for (Entry entry : entries) {
            if (entry.code == code) {
                length = Math.max(length, 0) + entry.length;
            }
        }
        if (length < 0) {
            return Optional.empty();
        }
        byte[] value = new byte[length];
        int position = 0;
        for (Entry entry : entries) {
            if (entry.code == code) {
                entry.copyTo(value, position);
                position += entry.length;
            }
        }
        return Optional.of(value);
    }

    /**
     * {@return whether the option is there, whatever its value}
     *
     * @param option the option
     */
    public boolean contains(DhcpOption<?> option) {
        return contains(option.code());
    }

    /**
     * {@return whether an option with this code is there, whatever its value}
     *
     * @param code the code
     */
    public boolean contains(int code) {
        return entries.stream().anyMatch(entry -> entry.code == code);
    }

    /** {@return whether there are no options} */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    /** {@return the options one by one, parts of a long value each on their own} */
    public List<Entry> entries() {
        return entries;
    }

    @Override
    public Iterator<Entry> iterator() {
        return entries.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DhcpOptions that && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return entries.hashCode();
    }

    @Override
    public String toString() {
        return entries.toString();
    }

    static int checkedCode(int code) {
        if (code < 1 || code > 254) {
            throw new IllegalArgumentException("option code: " + code + " (expected: 1..254)");
        }
        return code;
    }

    /** Builds options in the order in which they were put. Not safe for use by several threads at once. */
    public static final class Builder {

        private final List<Entry> entries;

        private Builder(List<Entry> entries) {
            this.entries = new ArrayList<>(entries);
        }

        /**
         * Sets an option: in place of the first one with its code, or at the end.
         *
         * @param <T> the type of the value
         * @param option the option
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the value is out of the option's range
         */
        public <T> Builder put(DhcpOption<T> option, T value) {
            return putOwned(option.code(), option.encode(value));
        }

        /**
         * Sets an option to these octets: in place of the first one with its code, or at the end. More than 255 octets are
         * written as several options (RFC 3396).
         *
         * @param code the code
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the code is not 1 to 254
         */
        public Builder put(int code, byte[] value) {
            return putOwned(checkedCode(code), value.clone());
        }

        private Builder putOwned(int code, byte[] value) {
            Entry entry = new Entry(code, value, 0, value.length);
            int first = 0;
            while (first < entries.size() && entries.get(first).code != code) {
                first++;
            }
            entries.removeIf(old -> old.code == code);
            entries.add(first, entry);
            return this;
        }

        /**
         * Appends an option even if one with its code is there; a reader joins the two (RFC 3396).
         *
         * @param code the code
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the code is not 1 to 254
         */
        public Builder add(int code, byte[] value) {
            entries.add(new Entry(checkedCode(code), value.clone(), 0, value.length));
            return this;
        }

        /**
         * Takes every option with this code out.
         *
         * @param code the code
         * @return this builder
         */
        public Builder remove(int code) {
            entries.removeIf(entry -> entry.code == code);
            return this;
        }

        /** {@return the options as they are now; the builder can go on} */
        public DhcpOptions build() {
            return entries.isEmpty() ? EMPTY : new DhcpOptions(entries);
        }
    }
}
