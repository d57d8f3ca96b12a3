package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.DhcpDiagnostic;
import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.RawOption;
import dev.pxekit.dhcp.internal.Ranges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * DHCPv6 options in wire order, those of a message or those inside another option; repeated and unknown ones are kept. Each
 * option is a value of its own: repeated ones are not joined (RFC 8415 §21). Values are read when they are asked for.
 * Immutable; two are equal if their octets are.
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
public final class Dhcp6Options implements Iterable<RawOption> {

    /** No options. */
    public static final Dhcp6Options EMPTY = builder().build();

    static final OptionFormat<Dhcp6Options> FORMAT = new NestedOptionsFormat(Dhcp6Option::find, true);

    private final Dhcp6OptionIndex index;

    /** The keys of codes; options inside vendors' and some other options have codes of their own. */
    private final IntFunction<? extends @Nullable Dhcp6Option<?>> keys;

    private Dhcp6Options(Dhcp6OptionIndex index, IntFunction<? extends @Nullable Dhcp6Option<?>> keys) {
        this.index = index;
        this.keys = keys;
    }

    /** The options of a message, whose frames were checked. */
    static Dhcp6Options of(Dhcp6OptionIndex index) {
        return new Dhcp6Options(index, Dhcp6Option::find);
    }

    /** Reads options out of octets that it takes over; their first stands at an offset of what is being read. */
    static Dhcp6Options read(
            byte[] octets, int base, IntFunction<? extends @Nullable Dhcp6Option<?>> keys, boolean messages)
            throws DhcpFormatException {
        if (octets.length > Dhcp6OptionIndex.MAXIMUM_LENGTH) {
            throw new DhcpFormatException(
                    "options of " + octets.length + " octets (expected: at most " + Dhcp6OptionIndex.MAXIMUM_LENGTH
                            + ")",
                    base + Dhcp6OptionIndex.MAXIMUM_LENGTH);
        }
        Dhcp6OptionIndex index = new Dhcp6OptionIndex(octets, 0, octets.length, base);
        return new Dhcp6Options(messages ? OptionFrames.check(index, false) : OptionFrames.checkFlat(index), keys);
    }

    /**
     * Reads options that take up all the octets.
     *
     * @param octets the octets
     * @return what the octets say
     * @throws DhcpFormatException if an option runs past the end, an identity association, address or prefix in them is cut,
     *     options are nested more than 16 deep, or there are more than 65535 octets
     */
    public static Dhcp6Options decode(byte[] octets) throws DhcpFormatException {
        return read(octets.clone(), 0, Dhcp6Option::find, true);
    }

    /** {@return the format of values that end in options with the codes of messages, such as those of option 66} */
    public static OptionFormat<Dhcp6Options> format() {
        return FORMAT;
    }

    /**
     * {@return the format of values that end in options with codes of their own, such as those of a vendor in option 17}
     *
     * @param keys the known ones
     */
    public static OptionFormat<Dhcp6Options> format(List<? extends Dhcp6Option<?>> keys) {
        Map<Integer, Dhcp6Option<?>> byCode = new HashMap<>();
        keys.forEach(key -> byCode.put(key.code(), key));
        return new NestedOptionsFormat(byCode::get, false);
    }

    /** {@return a builder with no options} */
    public static Builder builder() {
        return new Builder(Dhcp6Option::find);
    }

    /** {@return a builder that starts with these options in this order} */
    public Builder toBuilder() {
        Builder builder = new Builder(keys);
        for (int i = 0; i < index.size(); i++) {
            builder.parts.add(new Part(index.code(i), index.value(i)));
        }
        return builder;
    }

    /**
     * {@return the value of the first option with this code} One whose octets are not a value of its format counts as absent, as RFC
     * 8415 §16 lets receivers ignore what they cannot read; {@link #require} tells the two cases apart, and
     * {@link #diagnostics} says what is wrong.
     *
     * @param <T> the type of the value
     * @param option the option
     */
    public <T> Optional<T> get(Dhcp6Option<T> option) {
        int first = index.find(option.code(), 0);
        return first < 0 ? Optional.empty() : value(option, first);
    }

    /**
     * {@return the values of all options with this code, in wire order, without those whose octets are not a value of its format}
     *
     * @param <T> the type of the value
     * @param option the option
     */
    public <T> List<T> getAll(Dhcp6Option<T> option) {
        List<T> values = new ArrayList<>();
        for (int i = index.find(option.code(), 0); i >= 0; i = index.find(option.code(), i + 1)) {
            value(option, i).ifPresent(values::add);
        }
        return List.copyOf(values);
    }

    private <T> Optional<T> value(Dhcp6Option<T> option, int i) {
        try {
            return Optional.of(option.decode(index.reader(i)));
        } catch (DhcpFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * {@return the value of an option that must be there, the first one with this code}
     *
     * @param <T> the type of the value
     * @param option the option
     * @throws DhcpFormatException if it is absent, or not a value of its format; the offset counts in the octets that were
     *     handed to the decoder, and for an absent one is where the options begin
     */
    public <T> T require(Dhcp6Option<T> option) throws DhcpFormatException {
        int first = index.find(option.code(), 0);
        if (first < 0) {
            throw new DhcpFormatException(option + " is absent", index.base() + index.start());
        }
        return option.decode(index.reader(first));
    }

    /**
     * {@return the octets of the first option with this code}
     *
     * @param code the code
     */
    public Optional<byte[]> raw(int code) {
        int first = index.find(code, 0);
        return first < 0 ? Optional.empty() : Optional.of(index.value(first));
    }

    /**
     * {@return whether the option is there, whatever its value}
     *
     * @param option the option
     */
    public boolean contains(Dhcp6Option<?> option) {
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

    /** {@return whether there are no options} */
    public boolean isEmpty() {
        return index.size() == 0;
    }

    /** {@return the options one by one in wire order} */
    public List<RawOption> entries() {
        return index.list();
    }

    /** {@return the codes in wire order, each once} */
    public List<Integer> codes() {
        Set<Integer> codes = new LinkedHashSet<>();
        for (int i = 0; i < index.size(); i++) {
            codes.add(index.code(i));
        }
        return List.copyOf(codes);
    }

    /**
     * {@return what is wrong with the values, in wire order: each known option's value is read, and so are the options inside it} The
     * offsets count in the octets that were handed to the decoder, or in {@link Builder#build built} options as they are
     * written.
     */
    public List<DhcpDiagnostic> diagnostics() {
        List<DhcpDiagnostic> diagnostics = new ArrayList<>();
        addFaults(diagnostics, -1);
        return List.copyOf(diagnostics);
    }

    /** Adds what is wrong with the values but those of one code. */
    void addFaults(List<DhcpDiagnostic> diagnostics, int but) {
        for (int i = 0; i < index.size(); i++) {
            Dhcp6Option<?> key = index.code(i) == but ? null : keys.apply(index.code(i));
            if (key != null) {
                addFaults(key, i, diagnostics);
            }
        }
    }

    private void addFaults(Dhcp6Option<?> key, int i, List<DhcpDiagnostic> diagnostics) {
        try {
            Object value = key.decode(index.reader(i));
            if (value instanceof Dhcp6Options options) {
                options.addFaults(diagnostics, -1);
            } else if (value instanceof OptionHolder holder) {
                holder.options().addFaults(diagnostics, -1);
            }
        } catch (DhcpFormatException e) {
            diagnostics.add(new DhcpDiagnostic(DhcpDiagnostic.VALUE, e.fault(), (int) e.offset()));
        }
    }

    Dhcp6OptionIndex index() {
        return index;
    }

    /**
     * Writes the options, as they came or were built.
     *
     * @return the octets
     */
    public byte[] encode() {
        return Arrays.copyOfRange(index.octets(), index.start(), index.end());
    }

    @Override
    public Iterator<RawOption> iterator() {
        return index.list().iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Dhcp6Options that && index.sameOctets(that.index);
    }

    @Override
    public int hashCode() {
        return index.octetsHash();
    }

    /** Codes and octets in hexadecimal. */
    @Override
    public String toString() {
        return index.list().toString();
    }

    /** An option of a builder. */
    private static final class Part {

        private final int code;
        private final byte[] value;

        Part(int code, byte[] value) {
            this.code = code;
            this.value = value;
        }
    }

    /** Builds options in the order in which they were put. Not safe for use by several threads at once. */
    public static final class Builder {

        private final IntFunction<? extends @Nullable Dhcp6Option<?>> keys;
        private final List<Part> parts = new ArrayList<>();

        Builder(IntFunction<? extends @Nullable Dhcp6Option<?>> keys) {
            this.keys = keys;
        }

        /**
         * Sets an option: in place of all with its code, where the first one stood, or at the end.
         *
         * @param <T> the type of the value
         * @param option the option
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the value is out of the option's range
         */
        public <T> Builder put(Dhcp6Option<T> option, T value) {
            return replace(option.code(), List.of(part(option, value)));
        }

        /**
         * Sets an option to these octets: in place of all with its code, where the first one stood, or at the end.
         *
         * @param code the code
         * @param value the octets
         * @return this builder
         * @throws IllegalArgumentException if the code is not 0 to 65535 or there are more than 65535 octets
         */
        public Builder put(int code, byte[] value) {
            return replace(code, List.of(part(code, value.clone())));
        }

        /**
         * Sets each of these options: those with their codes go, repeated ones come in their order.
         *
         * @param options the options
         * @return this builder
         */
        public Builder putAll(Dhcp6Options options) {
            Map<Integer, List<Part>> added = new LinkedHashMap<>();
            for (Part part : options.toBuilder().parts) {
                added.computeIfAbsent(part.code, code -> new ArrayList<>()).add(part);
            }
            List<Part> kept = new ArrayList<>();
            Set<Integer> placed = new HashSet<>();
            for (Part part : parts) {
                List<Part> instead = added.get(part.code);
                if (instead == null) {
                    kept.add(part);
                } else if (placed.add(part.code)) {
                    kept.addAll(instead);
                }
            }
            added.forEach((code, instead) -> {
                if (!placed.contains(code)) {
                    kept.addAll(instead);
                }
            });
            parts.clear();
            parts.addAll(kept);
            return this;
        }

        /**
         * Appends an option even if one with its code is there.
         *
         * @param <T> the type of the value
         * @param option the option
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the value is out of the option's range
         */
        public <T> Builder add(Dhcp6Option<T> option, T value) {
            parts.add(part(option, value));
            return this;
        }

        /**
         * Appends an option even if one with its code is there.
         *
         * @param code the code
         * @param value the octets
         * @return this builder
         * @throws IllegalArgumentException if the code is not 0 to 65535 or there are more than 65535 octets
         */
        public Builder add(int code, byte[] value) {
            parts.add(part(code, value.clone()));
            return this;
        }

        /**
         * Appends options in their order, even if some with their codes are there.
         *
         * @param options the options
         * @return this builder
         */
        public Builder addAll(Dhcp6Options options) {
            parts.addAll(options.toBuilder().parts);
            return this;
        }

        /**
         * Takes every option with this code out.
         *
         * @param code the code
         * @return this builder
         */
        public Builder remove(int code) {
            parts.removeIf(part -> part.code == code);
            return this;
        }

        /**
         * {@return the options as they are now; the builder can go on}
         *
         * @throws IllegalArgumentException if there are more than 65535 octets
         */
        public Dhcp6Options build() {
            byte[] octets = new byte[checkedLength(0)];
            writeTo(octets, 0);
            return new Dhcp6Options(OptionFrames.fill(new Dhcp6OptionIndex(octets, 0, octets.length, 0)), keys);
        }

        /** The length of the options with so many octets before them. */
        int checkedLength(int header) {
            long length = header;
            for (Part part : parts) {
                length += Dhcp6OptionIndex.HEADER_LENGTH + part.value.length;
            }
            if (length > Dhcp6OptionIndex.MAXIMUM_LENGTH) {
                throw new IllegalArgumentException("options or message of " + length + " octets (expected: at most "
                        + Dhcp6OptionIndex.MAXIMUM_LENGTH + ")");
            }
            return (int) length;
        }

        void writeTo(byte[] target, int start) {
            int position = start;
            for (Part part : parts) {
                int length = part.value.length;
                target[position] = (byte) (part.code >>> 8);
                target[position + 1] = (byte) part.code;
                target[position + 2] = (byte) (length >>> 8);
                target[position + 3] = (byte) length;
                position += Dhcp6OptionIndex.HEADER_LENGTH;
                System.arraycopy(part.value, 0, target, position, length);
                position += length;
            }
        }

        private Builder replace(int code, List<Part> added) {
            int place = 0;
            while (place < parts.size() && parts.get(place).code != code) {
                place++;
            }
            parts.removeIf(part -> part.code == code);
            parts.addAll(place, added);
            return this;
        }

        private static <T> Part part(Dhcp6Option<T> option, T value) {
            try {
                return part(option.code(), option.encode(value));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(option + ": " + e.getMessage(), e);
            }
        }

        private static Part part(int code, byte[] value) {
            Ranges.check("option code", code, 0xffff);
            if (value.length > 0xffff) {
                throw new IllegalArgumentException(
                        "option " + code + " of " + value.length + " octets (expected: 0..65535)");
            }
            return new Part(code, value);
        }
    }
}
