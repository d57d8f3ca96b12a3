package dev.pxekit.dhcp;

import java.util.function.Function;

/** A format whose plain form is the text of the value. */
record TextualFormat<T>(OptionFormat<T> octets, Function<String, T> parser) implements OptionFormat<T> {

    @Override
    public T read(OptionReader in) throws DhcpFormatException {
        return octets.read(in);
    }

    @Override
    public void write(T value, OptionWriter out) {
        octets.write(value, out);
    }

    @Override
    public Object toPlain(T value) {
        return String.valueOf(value);
    }

    @Override
    public T fromPlain(Object plain) {
        return parser.apply(Plain.text(plain));
    }
}
