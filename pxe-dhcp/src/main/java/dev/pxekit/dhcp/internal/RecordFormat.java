package dev.pxekit.dhcp.internal;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.OptionReader;
import dev.pxekit.dhcp.OptionWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Values that are several values one after the other, such as a record; all but the last have an end of their own. The plain
 * form is a map with the names of the fields. What the constructor refuses is refused on reading, too.
 */
public final class RecordFormat<R> implements OptionFormat<R> {

    /** One field of a record. */
    public record Field<R, F>(String name, OptionFormat<F> format, Function<R, F> getter) {

        private void write(R value, OptionWriter out) {
            format.write(getter.apply(value), out);
        }

        private Object toPlain(R value) {
            return format.toPlain(getter.apply(value));
        }
    }

    /** Makes a record of three fields. */
    public interface Make3<A, B, C, R> {
        R make(A a, B b, C c);
    }

    /** Makes a record of four fields. */
    public interface Make4<A, B, C, D, R> {
        R make(A a, B b, C c, D d);
    }

    /** Makes a record of five fields. */
    public interface Make5<A, B, C, D, E, R> {
        R make(A a, B b, C c, D d, E e);
    }

    private final List<Field<R, ?>> fields;
    private final Function<Object[], R> make;

    private RecordFormat(List<Field<R, ?>> fields, Function<Object[], R> make) {
        this.fields = fields;
        this.make = make;
    }

    /** A field. */
    public static <R, F> Field<R, F> field(String name, OptionFormat<F> format, Function<R, F> getter) {
        return new Field<>(name, format, getter);
    }

    /** A record of one field. */
    @SuppressWarnings("unchecked")
    public static <A, R> OptionFormat<R> of(Field<R, A> a, Function<A, R> make) {
        return new RecordFormat<>(List.of(a), values -> make.apply((A) values[0]));
    }

    /** A record of two fields. */
    @SuppressWarnings("unchecked")
    public static <A, B, R> OptionFormat<R> of(Field<R, A> a, Field<R, B> b, BiFunction<A, B, R> make) {
        return new RecordFormat<>(List.of(a, b), values -> make.apply((A) values[0], (B) values[1]));
    }

    /** A record of three fields. */
    @SuppressWarnings("unchecked")
    public static <A, B, C, R> OptionFormat<R> of(Field<R, A> a, Field<R, B> b, Field<R, C> c, Make3<A, B, C, R> make) {
        return new RecordFormat<>(List.of(a, b, c), values -> make.make((A) values[0], (B) values[1], (C) values[2]));
    }

    /** A record of four fields. */
    @SuppressWarnings("unchecked")
    public static <A, B, C, D, R> OptionFormat<R> of(
            Field<R, A> a, Field<R, B> b, Field<R, C> c, Field<R, D> d, Make4<A, B, C, D, R> make) {
        return new RecordFormat<>(
                List.of(a, b, c, d), values -> make.make((A) values[0], (B) values[1], (C) values[2], (D) values[3]));
    }

    /** A record of five fields. */
    @SuppressWarnings("unchecked")
    public static <A, B, C, D, E, R> OptionFormat<R> of(
            Field<R, A> a, Field<R, B> b, Field<R, C> c, Field<R, D> d, Field<R, E> e, Make5<A, B, C, D, E, R> make) {
        return new RecordFormat<>(
                List.of(a, b, c, d, e),
                values -> make.make((A) values[0], (B) values[1], (C) values[2], (D) values[3], (E) values[4]));
    }

    @Override
    public R read(OptionReader in) throws DhcpFormatException {
        int start = in.offset();
        Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = fields.get(i).format().read(in);
        }
        try {
            return make.apply(values);
        } catch (IllegalArgumentException e) {
            throw new DhcpFormatException(String.valueOf(e.getMessage()), start);
        }
    }

    @Override
    public void write(R value, OptionWriter out) {
        for (Field<R, ?> field : fields) {
            field.write(value, out);
        }
    }

    @Override
    public Object toPlain(R value) {
        Map<String, Object> plain = new LinkedHashMap<>();
        for (Field<R, ?> field : fields) {
            plain.put(field.name(), field.toPlain(value));
        }
        return plain;
    }

    @Override
    public R fromPlain(Object plain) {
        if (!(plain instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("value: " + plain + " (expected: " + names() + ")");
        }
        Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = map.get(fields.get(i).name());
            if (value == null) {
                throw new IllegalArgumentException("value: " + plain + " (expected: " + names() + "; "
                        + fields.get(i).name() + " is absent)");
            }
            values[i] = fields.get(i).format().fromPlain(value);
        }
        return make.apply(values);
    }

    private String names() {
        return fields.stream().map(Field::name).toList().toString();
    }
}
