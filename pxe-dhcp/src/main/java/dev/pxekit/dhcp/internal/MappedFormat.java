package dev.pxekit.dhcp.internal;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.OptionReader;
import dev.pxekit.dhcp.OptionWriter;
import java.util.function.Function;

/**
 * Values that another format's values stand for on the wire, with a plain form of their own.
 *
 * @param wire the format on the wire
 * @param fromWire the value of what was read
 * @param toWire what is written for a value; throws IllegalArgumentException if the value is out of range
 * @param plainForm the plain form of a value
 * @param plainParser the value of a plain form
 */
public record MappedFormat<W, T>(
        OptionFormat<W> wire,
        Function<W, T> fromWire,
        Function<T, W> toWire,
        Function<T, Object> plainForm,
        Function<Object, T> plainParser)
        implements OptionFormat<T> {

    @Override
    public T read(OptionReader in) throws DhcpFormatException {
        return fromWire.apply(wire.read(in));
    }

    @Override
    public void write(T value, OptionWriter out) {
        wire.write(toWire.apply(value), out);
    }

    @Override
    public Object toPlain(T value) {
        return plainForm.apply(value);
    }

    @Override
    public T fromPlain(Object plain) {
        return plainParser.apply(plain);
    }
}
