package dev.pxekit.dhcp.pxe;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.MappedFormat;

/** The formats of numbers that PXE and iPXE write in ways of their own. */
final class PxeFormats {

    /** One octet, -128 to 127. */
    static final OptionFormat<Integer> SIGNED_BYTE = new MappedFormat<>(
            OptionFormat.unsignedByte(),
            octet -> (int) octet.byteValue(),
            PxeFormats::signedByte,
            value -> value,
            PxeFormats::parseSignedByte);

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
            PxeFormats::swapped,
            PxeFormats::swapped,
            value -> value,
            OptionFormat.unsignedShort()::fromPlain);

    /** Two octets, the number of a boot server type. */
    static final OptionFormat<BootServerType> BOOT_SERVER_TYPE = new MappedFormat<>(
            OptionFormat.unsignedShort(),
            BootServerType::of,
            BootServerType::code,
            BootServerType::toString,
            type -> BootServerType.parse(type.toString()));

    private PxeFormats() {}

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
