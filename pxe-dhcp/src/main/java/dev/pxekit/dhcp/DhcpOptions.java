package dev.pxekit.dhcp;

import dev.pxekit.dhcp.internal.PlainOptions;
import dev.pxekit.dhcp.pxe.PxeVendorOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The options of a packet in wire order; repeated and unknown ones are kept. Those that an overload (option 52) put into the
 * {@code file} and {@code sname} fields follow those of the options field, {@code file} first (RFC 3396 §5). PAD and END are
 * not options and do not show.
 *
 * <p>Several options of one code are parts of one value (RFC 3396): {@link #get} and {@link #raw} join them in order, while
 * iteration shows each part. Values are read when they are asked for. Immutable.
 */
public final class DhcpOptions implements Iterable<RawOption> {

    /** No options. */
    public static final DhcpOptions EMPTY = new DhcpOptions(new OptionIndex(new byte[0]));

    private static final String PXE_CLIENT = "PXEClient";

    private final OptionIndex index;

    DhcpOptions(OptionIndex index) {
        this.index = index;
    }

    /** {@return a builder with no options} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return a builder that starts with these options in this order} */
    public Builder toBuilder() {
        Builder builder = new Builder();
        for (int i = 0; i < index.size(); i++) {
            builder.append(index.code(i), index.octets(), index.offset(i), index.length(i));
        }
        return builder;
    }

    /**
     * {@return the value of an option, its parts joined} An option whose octets are not a value of its format counts as absent, as
     * RFC 2132 has no way to answer it; {@link #require} tells the two cases apart, and {@link #diagnostics} says what is
     * wrong.
     *
     * @param <T> the type of the value
     * @param option the option
     */
    public <T> Optional<T> get(DhcpOption<T> option) {
        Optional<OptionReader> value = index.joined(option.code());
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
        Optional<OptionReader> value = index.joined(option.code());
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
        return index.joined(code).map(OptionReader::readRemaining);
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
        return index.find(code, 0) >= 0;
    }

    /**
     * {@return how many octets the value of an option has, its parts joined; 0 if it is absent}
     *
     * @param code the code
     */
    public int length(int code) {
        return Math.max(index.joinedLength(code), 0);
    }

    /** {@return how many octets the options take on the wire, each with its code and length, without PAD and END} */
    public int encodedLength() {
        int length = 0;
        for (int i = 0; i < index.size(); i++) {
            length += 2 + index.length(i);
        }
        return length;
    }

    /** {@return whether there are no options} */
    public boolean isEmpty() {
        return index.size() == 0;
    }

    /** {@return the options one by one, parts of a long value each on their own} */
    public List<RawOption> entries() {
        return index.list();
    }

    /** {@return the codes in wire order, each once} */
    public List<Integer> codes() {
        List<Integer> codes = new ArrayList<>();
        BitSet seen = new BitSet();
        for (int i = 0; i < index.size(); i++) {
            int code = index.code(i);
            if (!seen.get(code)) {
                seen.set(code);
                codes.add(code);
            }
        }
        return List.copyOf(codes);
    }

    /**
     * {@return what is wrong with the values, in wire order: each known option's value is read} Offsets count in the packet that
     * the options were read from, or in {@link Builder#build built} options as they are written.
     */
    public List<DhcpDiagnostic> diagnostics() {
        List<DhcpDiagnostic> diagnostics = new ArrayList<>();
        for (int code : codes()) {
            DhcpOption<?> option = key(code);
            if (option != null) {
                diagnose(option, diagnostics);
            }
        }
        return List.copyOf(diagnostics);
    }

    private void diagnose(DhcpOption<?> option, List<DhcpDiagnostic> diagnostics) {
        int code = option.code();
        try {
            if (require(option) instanceof EncapsulatedOptions<?> suboptions) {
                for (DhcpDiagnostic inner : suboptions.diagnostics()) {
                    diagnostics.add(inner.movedTo(index.offsetOfJoined(code, inner.offset())));
                }
            }
        } catch (DhcpFormatException e) {
            diagnostics.add(
                    new DhcpDiagnostic(DhcpDiagnostic.VALUE, e.fault(), index.offsetOfJoined(code, e.offset())));
        }
    }

    /** The key of a code, where option 43 has the meaning that option 60 gives it; nothing for an unknown code. */
    @Nullable
    DhcpOption<?> key(int code) {
        boolean pxe = code == DhcpOption.VENDOR_SPECIFIC_INFORMATION.code()
                && get(DhcpOption.VENDOR_CLASS_IDENTIFIER)
                        .filter(text -> text.startsWith(PXE_CLIENT))
                        .isPresent();
        return pxe ? PxeVendorOptions.OPTION : DhcpOption.forCode(code).orElse(null);
    }

    /** The plain form, as of a list of options: parts of one value joined, where the first one stands. */
    List<Object> toPlain() {
        List<RawOption> joined = codes().stream()
                .map(code -> RawOption.of(code, raw(code).orElseThrow()))
                .toList();
        return PlainOptions.toPlain(joined, this::key);
    }

    OptionIndex index() {
        return index;
    }

    @Override
    public Iterator<RawOption> iterator() {
        return index.list().iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DhcpOptions that && index.sameOptions(that.index);
    }

    @Override
    public int hashCode() {
        return index.list().hashCode();
    }

    @Override
    public String toString() {
        return index.list().toString();
    }

    static int checkedCode(int code) {
        if (code < 1 || code > 254) {
            throw new IllegalArgumentException("option code: " + code + " (expected: 1..254)");
        }
        return code;
    }

    /** Builds options in the order in which they were put. Not safe for use by several threads at once. */
    public static final class Builder {

        /** Room for the options of most packets. */
        private static final int INITIAL_LENGTH = 256;

        private static final int INITIAL_SIZE = 24;

        private OptionWriter out = new OptionWriter(INITIAL_LENGTH);
        private int[] starts = new int[INITIAL_SIZE];
        private int size;

        /** One bit for each code that is there. */
        private final long[] codes = new long[4];

        private Builder() {}

        /**
         * Sets an option: in place of the first one with its code, or at the end. More than 255 octets are written as several
         * options (RFC 3396).
         *
         * @param <T> the type of the value
         * @param option the option
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the value is out of the option's range
         */
        public <T> Builder put(DhcpOption<T> option, T value) {
            int first = find(option.code());
            if (first >= 0) {
                return replace(first, option.code(), option.encode(value));
            }
            int start = begin(option.code());
            try {
                option.format().write(value, out);
            } catch (IllegalArgumentException e) {
                abandon(option.code(), start);
                throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
            } catch (RuntimeException e) {
                abandon(option.code(), start);
                throw e;
            }
            return end(option.code(), start);
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
            int first = find(checkedCode(code));
            return first >= 0 ? replace(first, code, value) : add(code, value);
        }

        /**
         * Sets each of these options, the parts of a value joined.
         *
         * @param options the options
         * @return this builder
         */
        public Builder putAll(DhcpOptions options) {
            for (int code : options.codes()) {
                put(code, options.raw(code).orElseThrow());
            }
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
            return append(checkedCode(code), value, 0, value.length);
        }

        /**
         * Takes every option with this code out.
         *
         * @param code the code
         * @return this builder
         */
        public Builder remove(int code) {
            if (find(code) >= 0) {
                Builder kept = new Builder();
                DhcpOptions all = build();
                for (RawOption option : all) {
                    if (option.code() != code) {
                        kept.add(option.code(), option.value());
                    }
                }
                take(kept);
            }
            return this;
        }

        /**
         * {@return the options as they are now; the builder can go on}
         *
         * @throws IllegalArgumentException if no UDP datagram holds them
         */
        public DhcpOptions build() {
            checkLength();
            byte[] octets = out.toByteArray();
            return size == 0 ? EMPTY : new DhcpOptions(index(octets, 0));
        }

        /** Whether an option with this code is there. */
        boolean contains(int code) {
            return find(code) >= 0;
        }

        int length() {
            return out.length();
        }

        void checkLength() {
            int length = PacketImage.HEADER_LENGTH + out.length() + 1;
            if (length > PacketImage.MAXIMUM_LENGTH) {
                throw new IllegalArgumentException("packet of " + length + " octets (expected: at most "
                        + PacketImage.MAXIMUM_LENGTH + "); send fewer options");
            }
        }

        /** Writes the options and says where they stand. */
        OptionIndex writeTo(byte[] image, int position) {
            out.copyTo(image, position);
            return index(image, position);
        }

        private OptionIndex index(byte[] octets, int position) {
            OptionIndex index = new OptionIndex(octets);
            for (int i = 0; i < size; i++) {
                index.add(out.get(starts[i]), position + starts[i] + 2);
            }
            return index;
        }

        private Builder replace(int first, int code, byte[] value) {
            Builder replaced = new Builder();
            DhcpOptions all = build();
            for (int i = 0; i < all.index.size(); i++) {
                if (i == first) {
                    replaced.add(code, value);
                } else if (all.index.code(i) != code) {
                    replaced.append(all.index.code(i), all.index.octets(), all.index.offset(i), all.index.length(i));
                }
            }
            take(replaced);
            return this;
        }

        private void take(Builder other) {
            out = other.out;
            starts = other.starts;
            size = other.size;
            System.arraycopy(other.codes, 0, codes, 0, codes.length);
        }

        private int find(int code) {
            if (code < 0 || code > 255 || (codes[code >>> 6] & 1L << code) == 0) {
                return -1;
            }
            for (int i = 0; i < size; i++) {
                if (out.get(starts[i]) == code) {
                    return i;
                }
            }
            return -1;
        }

        private Builder append(int code, byte[] source, int offset, int length) {
            int written = 0;
            do {
                int part = Math.min(OptionIndex.LONGEST_PART, length - written);
                int start = begin(code);
                out.writeBytes(source, offset + written, part);
                out.set(start + 1, part);
                written += part;
            } while (written < length);
            return this;
        }

        private int begin(int code) {
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, size * 2);
            }
            int start = out.length();
            starts[size++] = start;
            codes[code >>> 6] |= 1L << code;
            out.writeByte(code).writeByte(0);
            return start;
        }

        /** Forgets the option that was begun last, the only one with its code. */
        private void abandon(int code, int start) {
            out.cut(start);
            size--;
            codes[code >>> 6] &= ~(1L << code);
        }

        /** Sets the length of the option that was begun last, or splits it. */
        private Builder end(int code, int start) {
            int length = out.length() - start - 2;
            if (length <= OptionIndex.LONGEST_PART) {
                out.set(start + 1, length);
                return this;
            }
            byte[] value = out.cut(start + 2);
            abandon(code, start);
            return add(code, value);
        }
    }
}
