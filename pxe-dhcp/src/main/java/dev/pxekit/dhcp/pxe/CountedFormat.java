package dev.pxekit.dhcp.pxe;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.OptionReader;
import dev.pxekit.dhcp.OptionWriter;
import java.util.ArrayList;
import java.util.List;

/** Up to 255 values with their number before them, in one octet. */
record CountedFormat<E>(OptionFormat<E> element) implements OptionFormat<List<E>> {

    @Override
    public List<E> read(OptionReader in) throws DhcpFormatException {
        int count = in.readUnsignedByte();
        List<E> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(element.read(in));
        }
        return List.copyOf(values);
    }

    @Override
    public void write(List<E> values, OptionWriter out) {
        OptionFormat.unsignedByte().write(values.size(), out);
        OptionFormat.listOrNone(element).write(values, out);
    }

    @Override
    public Object toPlain(List<E> values) {
        return OptionFormat.listOrNone(element).toPlain(values);
    }

    @Override
    public List<E> fromPlain(Object plain) {
        return OptionFormat.listOrNone(element).fromPlain(plain);
    }
}
