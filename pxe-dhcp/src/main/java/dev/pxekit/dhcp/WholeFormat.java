package dev.pxekit.dhcp;

import java.util.function.Function;

/** Values that take up all octets that are left. */
record WholeFormat<T>(OptionFormat.Decoder<T> decoder, Function<T, byte[]> encoder) implements OptionFormat<T> {

    @Override
    public T read(OptionReader in) throws DhcpFormatException {
        int start = in.offset();
        try {
            return decoder.decode(in.readRemaining());
        } catch (DhcpFormatException e) {
            throw start == 0 ? e : e.movedBy(start);
        }
    }

    @Override
    public void write(T value, OptionWriter out) {
        out.writeBytes(encoder.apply(value));
    }
}
