package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.OptionReader;
import dev.pxekit.dhcp.OptionWriter;
import dev.pxekit.dhcp.internal.PlainOptions;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Options that take up the rest of a value.
 *
 * @param keys the keys of the codes in them
 * @param messages whether the codes are those of messages, so that the frames inside known options can be checked
 */
record NestedOptionsFormat(IntFunction<? extends @Nullable Dhcp6Option<?>> keys, boolean messages)
        implements OptionFormat<Dhcp6Options> {

    @Override
    public Dhcp6Options read(OptionReader in) throws DhcpFormatException {
        int base = in.offset();
        return Dhcp6Options.read(in.readRemaining(), base, keys, messages);
    }

    @Override
    public void write(Dhcp6Options value, OptionWriter out) {
        out.writeBytes(value.encode());
    }

    @Override
    public Object toPlain(Dhcp6Options value) {
        return PlainOptions.toPlain(value, keys);
    }

    @Override
    public Dhcp6Options fromPlain(Object plain) {
        Dhcp6Options.Builder builder = new Dhcp6Options.Builder(keys);
        PlainOptions.fromPlain(plain, keys, builder::add);
        return builder.build();
    }
}
