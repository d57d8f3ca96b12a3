package dev.pxekit.dhcp.internal;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.OptionReader;
import dev.pxekit.dhcp.OptionWriter;
import java.util.List;

/** A list that is left out when there is nothing more to come and nothing in it. */
public record UnlessAtEndFormat<E>(OptionFormat<List<E>> format) implements OptionFormat<List<E>> {

    @Override
    public List<E> read(OptionReader in) throws DhcpFormatException {
        return in.hasRemaining() ? format.read(in) : List.of();
    }

    @Override
    public void write(List<E> values, OptionWriter out) {
        if (!values.isEmpty()) {
            format.write(values, out);
        }
    }

    @Override
    public Object toPlain(List<E> values) {
        return format.toPlain(values);
    }

    @Override
    public List<E> fromPlain(Object plain) {
        return format.fromPlain(plain);
    }
}
