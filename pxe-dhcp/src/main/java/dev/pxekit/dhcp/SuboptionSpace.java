package dev.pxekit.dhcp;

import dev.pxekit.dhcp.internal.PlainOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which suboptions an option holds and how they end. It is also the format of the option's value. Immutable.
 *
 * @param <S> the value
 */
public final class SuboptionSpace<S extends EncapsulatedOptions<S>> implements OptionFormat<S> {

    /** What suboptions may have besides codes, lengths and values. */
    public enum Framing {
        /** Nothing: 0 and 255 are codes as any other (RFC 3046 §2.0). */
        BARE,
        /** PAD (0) and END (255) are understood, and no END is written. */
        END_OPTIONAL,
        /** PAD and END are understood, and END is written. */
        END_WRITTEN
    }

    private final Framing framing;
    private final Function<byte[], S> decoder;
    private final Map<Integer, Suboption<S, ?>> keys = new HashMap<>();

    private SuboptionSpace(Framing framing, Function<byte[], S> decoder, List<Suboption<S, ?>> keys) {
        this.framing = framing;
        this.decoder = decoder;
        keys.forEach(key -> this.keys.put(key.code(), key));
    }

    /**
     * {@return a space}
     *
     * @param <S> the value
     * @param framing what stands beside suboptions
     * @param decoder makes the value of octets
     * @param keys the known suboptions
     */
    public static <S extends EncapsulatedOptions<S>> SuboptionSpace<S> of(
            Framing framing, Function<byte[], S> decoder, List<Suboption<S, ?>> keys) {
        return new SuboptionSpace<>(framing, decoder, keys);
    }

    /** {@return a builder with no suboptions} */
    public EncapsulatedOptions.Builder<S> builder() {
        return new EncapsulatedOptions.Builder<>(this);
    }

    /**
     * {@return the value of octets; reading never fails, see {@link EncapsulatedOptions#diagnostics}}
     *
     * @param octets the octets
     */
    public S decode(byte[] octets) {
        return decoder.apply(octets);
    }

    @Override
    public S read(OptionReader in) {
        return decode(in.readRemaining());
    }

    @Override
    public void write(S value, OptionWriter out) {
        out.writeBytes(value.encode());
    }

    @Override
    public Object toPlain(S value) {
        return PlainOptions.toPlain(value, this::key);
    }

    @Override
    public S fromPlain(Object plain) {
        EncapsulatedOptions.Builder<S> builder = builder();
        PlainOptions.fromPlain(plain, this::key, builder::add);
        return builder.build();
    }

    /** The key of a code. */
    @Nullable
    Suboption<S, ?> key(int code) {
        return keys.get(code);
    }

    boolean hasPadAndEnd() {
        return framing != Framing.BARE;
    }

    boolean writesEnd() {
        return framing == Framing.END_WRITTEN;
    }
}
