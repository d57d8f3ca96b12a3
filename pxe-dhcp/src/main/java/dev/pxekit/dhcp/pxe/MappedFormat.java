package dev.pxekit.dhcp.pxe;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.OptionReader;
import dev.pxekit.dhcp.OptionWriter;
import java.util.function.Function;

/**
 * Values that another format's values stand for on the wire.
 *
 * @param wire the format on the wire
 * @param from the value of what was read
 * @param to what is written for a value; throws IllegalArgumentException if the value is out of range
 * @param plain the plain form of a value
 * @param parser the value of a plain form
 */
record MappedFormat<W, T>(
        OptionFormat<W> wire,
        Function<W, T> from,
        Function<T, W> to,
        Function<T, Object> plain,
        Function<Object, T> parser)
        implements OptionFormat<T> {

    /** One octet, -128 to 127. */
    static final OptionFormat<Integer> SIGNED_BYTE = new MappedFormat<>(
            OptionFormat.unsignedByte(),
            octet -> (int) octet.byteValue(),
            MappedFormat::signedByte,
            value -> value,
            MappedFormat::parseSignedByte);

    /** One octet, 0 for false and any other for true; true is written as 1. */
    static final OptionFormat<Boolean> TRUTH = new MappedFormat<>(
            OptionFormat.unsignedByte(),
            octet -> octet != 0,
            value -> value ? 1 : 0,
            value -> value,
            OptionFormat.flag()::fromPlain);

    /** Two octets, the least significant one first, 0 to 65535. */
    static final OptionFormat<Integer> LITTLE_ENDIAN_SHORT = new MappedFormat<>(
            OptionFormat.unsignedShort(),
            MappedFormat::swapped,
            MappedFormat::swapped,
            value -> value,
            OptionFormat.unsignedShort()::fromPlain);

    /** Two octets, the number of a boot server type. */
    static final OptionFormat<BootServerType> BOOT_SERVER_TYPE = new MappedFormat<>(
            OptionFormat.unsignedShort(),
            BootServerType::of,
            BootServerType::code,
            BootServerType::toString,
            type -> BootServerType.parse(type.toString()));

    @Override
    public T read(OptionReader in) throws DhcpFormatException {
        return from.apply(wire.read(in));
    }

    @Override
    public void write(T value, OptionWriter out) {
        wire.write(to.apply(value), out);
    }

    @Override
    public Object toPlain(T value) {
        return plain.apply(value);
    }

    @Override
    public T fromPlain(Object plainForm) {
        return parser.apply(plainForm);
    }

    private static int signedByte(int value) {
        if (value < Byte.MIN_VALUE || value > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("value: " + value + " (expected: -128..127)");
        }
        return value & 0xff;
    }

    private static int parseSignedByte(Object plain) {
        int value = OptionFormat.signedInt().fromPlain(plain);
        return (byte) signedByte(value);
    }

    /** The two octets the other way round; a number that has more stays one that no format takes. */
    private static int swapped(int value) {
        return value >>> 16 != 0 ? value : value >>> 8 | (value & 0xff) << 8;
    }
}
