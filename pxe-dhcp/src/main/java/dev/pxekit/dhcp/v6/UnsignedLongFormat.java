package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.OptionReader;
import dev.pxekit.dhcp.OptionWriter;

/** Eight octets, unsigned; the plain form is the number in decimal as text, as it may be larger than a long. */
final class UnsignedLongFormat implements OptionFormat<Long> {

    @Override
    public Long read(OptionReader in) throws DhcpFormatException {
        return in.readLong();
    }

    @Override
    public void write(Long value, OptionWriter out) {
        out.writeLong(value);
    }

    @Override
    public Object toPlain(Long value) {
        return Long.toUnsignedString(value);
    }

    @Override
    public Long fromPlain(Object plain) {
        return Long.parseUnsignedLong(plain.toString());
    }
}
