package dev.pxekit.dhcp;

/** A number that must not be less or more than this. */
record RangedFormat(OptionFormat<Integer> format, int least, int largest) implements OptionFormat<Integer> {

    @Override
    public Integer read(OptionReader in) throws DhcpFormatException {
        int start = in.offset();
        int value = format.read(in);
        if (value < least || value > largest) {
            throw new DhcpFormatException(outOfRange(value), start);
        }
        return value;
    }

    @Override
    public void write(Integer value, OptionWriter out) {
        format.write(checked(value), out);
    }

    @Override
    public Object toPlain(Integer value) {
        return format.toPlain(value);
    }

    @Override
    public Integer fromPlain(Object plain) {
        return checked(format.fromPlain(plain));
    }

    private Integer checked(Integer value) {
        if (value < least || value > largest) {
            throw new IllegalArgumentException(outOfRange(value));
        }
        return value;
    }

    private String outOfRange(int value) {
        return "value: " + value + " (expected: " + least + ".." + largest + ")";
    }
}
