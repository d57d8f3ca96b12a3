package dev.pxekit.dhcp;

/** A value with its length before it, in this many octets. */
record PrefixedFormat<T>(OptionFormat<T> format, int prefixLength) implements OptionFormat<T> {

    @Override
    public T read(OptionReader in) throws DhcpFormatException {
        int length = prefixLength == 1 ? in.readUnsignedByte() : in.readUnsignedShort();
        OptionReader slice = in.slice(length);
        T value = format.read(slice);
        slice.requireEnd();
        return value;
    }

    @Override
    public void write(T value, OptionWriter out) {
        int prefix = out.length();
        if (prefixLength == 1) {
            out.writeByte(0);
        } else {
            out.writeShort(0);
        }
        format.write(value, out);
        int length = out.length() - prefix - prefixLength;
        if (length > longest()) {
            throw new IllegalArgumentException("value of " + length + " octets (expected: at most " + longest() + ")");
        }
        if (prefixLength == 1) {
            out.set(prefix, length);
        } else {
            out.set(prefix, length >>> 8);
            out.set(prefix + 1, length);
        }
    }

    private int longest() {
        return prefixLength == 1 ? 0xff : 0xffff;
    }

    @Override
    public Object toPlain(T value) {
        return format.toPlain(value);
    }

    @Override
    public T fromPlain(Object plain) {
        return format.fromPlain(plain);
    }
}
