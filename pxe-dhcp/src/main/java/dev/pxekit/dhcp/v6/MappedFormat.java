package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.OptionReader;
import dev.pxekit.dhcp.OptionWriter;
import java.util.function.Function;

/** Values that stand on the wire as those of another format, and have a plain form of their own. */
record MappedFormat<W, T>(
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
