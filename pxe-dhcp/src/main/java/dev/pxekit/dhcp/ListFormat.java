package dev.pxekit.dhcp;

import java.util.ArrayList;
import java.util.List;

/** Values of one format, one after the other, up to the end of the octets. */
record ListFormat<E>(OptionFormat<E> element, int least) implements OptionFormat<List<E>> {

    @Override
    public List<E> read(OptionReader in) throws DhcpFormatException {
        if (least > 0 && !in.hasRemaining()) {
            throw in.fault("no values (expected: one or more)");
        }
        List<E> values = new ArrayList<>();
        while (in.hasRemaining()) {
            int before = in.remaining();
            values.add(element.read(in));
            if (in.remaining() == before) {
                throw new IllegalStateException("list of " + element + ", whose values take up no octets");
            }
        }
        return List.copyOf(values);
    }

    @Override
    public void write(List<E> values, OptionWriter out) {
        if (values.size() < least) {
            throw new IllegalArgumentException("no values (expected: one or more; leave the option out for none)");
        }
        for (E value : values) {
            element.write(value, out);
        }
    }

    @Override
    public Object toPlain(List<E> values) {
        return values.stream().map(element::toPlain).toList();
    }

    @Override
    public List<E> fromPlain(Object plain) {
        List<E> values = new ArrayList<>();
        for (Object value : Plain.list(plain)) {
            values.add(element.fromPlain(value));
        }
        return List.copyOf(values);
    }
}
