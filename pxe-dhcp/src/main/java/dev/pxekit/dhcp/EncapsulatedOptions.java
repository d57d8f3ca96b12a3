package dev.pxekit.dhcp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An option whose value are suboptions: a code, a length and a value each (RFC 2132 §8.4). They stand in wire order, repeated
 * and unknown ones too; of repeated ones {@link #get} gives the first. The octets are kept: what is decoded encodes to the
 * same. Suboptions that run past the option end the reading, those before them count, and {@link #diagnostics} tells.
 * Immutable.
 *
 * @param <S> the class itself, which keeps keys of other options away
 */
public abstract class EncapsulatedOptions<S extends EncapsulatedOptions<S>> implements Iterable<RawOption> {

    /** More octets than a datagram has room for; those behind are not read. */
    private static final int LONGEST = 0xffff;

    /** After so many faults the rest is not looked at: a packet has room for thousands. */
    private static final int MOST_DIAGNOSTICS = 100;

    private final byte[] octets;
    private final OptionIndex index;
    private final SuboptionSpace<S> space;
    private final @Nullable DhcpDiagnostic cut;

    /**
     * Reads suboptions.
     *
     * @param octets the value of the option, which is copied
     * @param space which suboptions there are and how they end
     */
    protected EncapsulatedOptions(byte[] octets, SuboptionSpace<S> space) {
        this.octets = octets.clone();
        this.space = space;
        this.index = new OptionIndex(this.octets);
        this.cut = scan();
    }

    private @Nullable DhcpDiagnostic scan() {
        try {
            index.scan(0, Math.min(octets.length, LONGEST), space.hasPadAndEnd(), "suboption");
            return octets.length <= LONGEST
                    ? null
                    : new DhcpDiagnostic(
                            DhcpDiagnostic.CUT, octets.length + " octets (expected: 0.." + LONGEST + ")", LONGEST);
        } catch (DhcpFormatException e) {
            return new DhcpDiagnostic(DhcpDiagnostic.CUT, e.fault(), (int) e.offset());
        }
    }

    /**
     * {@return the value of a suboption; one whose octets are not a value of its format counts as absent}
     *
     * @param <T> the type of the value
     * @param suboption the suboption
     */
    public final <T> Optional<T> get(Suboption<S, T> suboption) {
        int first = index.find(suboption.code(), 0);
        if (first < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(suboption.decode(index.reader(first)));
        } catch (DhcpFormatException e) {
            return Optional.empty();
        }
    }

    /**
     * {@return the octets of the first suboption with this code}
     *
     * @param code the code
     */
    public final Optional<byte[]> raw(int code) {
        int first = index.find(code, 0);
        return first < 0 ? Optional.empty() : Optional.of(index.reader(first).readRemaining());
    }

    /**
     * {@return whether the suboption is there, whatever its value}
     *
     * @param suboption the suboption
     */
    public final boolean contains(Suboption<S, ?> suboption) {
        return index.find(suboption.code(), 0) >= 0;
    }

    /** {@return the suboptions in wire order, unknown and repeated ones too} */
    public final List<RawOption> suboptions() {
        return index.list();
    }

    @Override
    public final Iterator<RawOption> iterator() {
        return index.list().iterator();
    }

    /**
     * Writes the suboptions, as they came or were built.
     *
     * @return the octets
     */
    public final byte[] encode() {
        return octets.clone();
    }

    /**
     * {@return what is wrong with the suboptions: each known one's value is read, the first hundred faults are told, and where
     * the suboptions are cut} Offsets count from the start of the option's value.
     */
    public final List<DhcpDiagnostic> diagnostics() {
        List<DhcpDiagnostic> diagnostics = new ArrayList<>();
        for (int i = 0; i < index.size() && diagnostics.size() < MOST_DIAGNOSTICS; i++) {
            Suboption<S, ?> key = space.key(index.code(i));
            if (key != null) {
                diagnose(key, i, diagnostics);
            }
        }
        if (cut != null) {
            diagnostics.add(cut);
        }
        return List.copyOf(diagnostics);
    }

    private void diagnose(Suboption<S, ?> key, int i, List<DhcpDiagnostic> diagnostics) {
        try {
            if (key.decode(index.reader(i)) instanceof EncapsulatedOptions<?> nested) {
                for (DhcpDiagnostic inner : nested.diagnostics()) {
                    diagnostics.add(inner.movedTo(index.offset(i) + inner.offset()));
                }
            }
        } catch (DhcpFormatException e) {
            diagnostics.add(new DhcpDiagnostic(DhcpDiagnostic.VALUE, e.fault(), (int) (index.offset(i) + e.offset())));
        }
    }

    /** {@return a builder that starts with these suboptions} */
    public final Builder<S> toBuilder() {
        Builder<S> builder = new Builder<>(space);
        builder.suboptions.addAll(suboptions());
        return builder;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof EncapsulatedOptions<?> that
                && getClass() == that.getClass()
                && Arrays.equals(octets, that.octets);
    }

    @Override
    public final int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** Codes and octets in hexadecimal. */
    @Override
    public final String toString() {
        return suboptions().toString();
    }

    /**
     * Builds suboptions in the order in which they were put. Not safe for use by several threads at once.
     *
     * @param <S> what is built
     */
    public static final class Builder<S extends EncapsulatedOptions<S>> {

        private final SuboptionSpace<S> space;
        private final List<RawOption> suboptions = new ArrayList<>();

        Builder(SuboptionSpace<S> space) {
            this.space = space;
        }

        /**
         * Sets a suboption: in place of the first one with its code, or at the end.
         *
         * @param <T> the type of the value
         * @param suboption the suboption
         * @param value the value
         * @return this builder
         * @throws IllegalArgumentException if the value is out of the suboption's range or has more than 255 octets
         */
        public <T> Builder<S> put(Suboption<S, T> suboption, T value) {
            return put(suboption.code(), suboption.encode(value));
        }

        /**
         * Sets a suboption to these octets: in place of the first one with its code, or at the end.
         *
         * @param code the code
         * @param value the octets
         * @return this builder
         * @throws IllegalArgumentException if the code is out of range or there are more than 255 octets
         */
        public Builder<S> put(int code, byte[] value) {
            RawOption added = checked(code, value);
            for (int i = 0; i < suboptions.size(); i++) {
                if (suboptions.get(i).code() == code) {
                    suboptions.set(i, added);
                    return this;
                }
            }
            suboptions.add(added);
            return this;
        }

        /**
         * Appends a suboption even if one with its code is there.
         *
         * @param code the code
         * @param value the octets
         * @return this builder
         * @throws IllegalArgumentException if the code is out of range or there are more than 255 octets
         */
        public Builder<S> add(int code, byte[] value) {
            suboptions.add(checked(code, value));
            return this;
        }

        private RawOption checked(int code, byte[] value) {
            int least = space.hasPadAndEnd() ? OptionIndex.PAD + 1 : 0;
            int largest = space.hasPadAndEnd() ? OptionIndex.END - 1 : 255;
            if (code < least || code > largest) {
                throw new IllegalArgumentException(
                        "suboption code: " + code + " (expected: " + least + ".." + largest + ")");
            }
            if (value.length > OptionIndex.LONGEST_PART) {
                throw new IllegalArgumentException(
                        "suboption " + code + " of " + value.length + " octets (expected: 0..255)");
            }
            return RawOption.of(code, value);
        }

        /**
         * {@return the suboptions as they are now; the builder can go on}
         *
         * @throws IllegalArgumentException if no datagram has room for them
         */
        public S build() {
            OptionWriter out = new OptionWriter();
            for (RawOption suboption : suboptions) {
                out.writeByte(suboption.code()).writeByte(suboption.length()).writeBytes(suboption.value());
            }
            if (space.writesEnd()) {
                out.writeByte(OptionIndex.END);
            }
            if (out.length() > LONGEST) {
                throw new IllegalArgumentException(
                        "suboptions of " + out.length() + " octets (expected: 0.." + LONGEST + ")");
            }
            return space.decode(out.toByteArray());
        }
    }
}
