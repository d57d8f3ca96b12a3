package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Texts, times and numbers of UDF (ECMA-167 1/7, OSTA UDF 2.60 §2.1). */
final class UdfFields {

    static final int TIMESTAMP_LENGTH = 12;

    private static final int IDENTIFIER_LENGTH = 23;
    private static final int LATIN = 8;
    private static final int UTF_16 = 16;
    private static final int NO_TIME_ZONE = -2047;

    private UdfFields() {}

    /** An unsigned number of 64 bits that has to fit into a {@code long}. */
    static long u64(ByteBuffer buffer, int index, String what, long offset) throws IsoFormatException {
        long value = buffer.getLong(index);
        if (value < 0) {
            throw new IsoFormatException(
                    what + ": " + Long.toUnsignedString(value) + " (expected: less than 2^63)", offset + index);
        }
        return value;
    }

    /** The identifier of an entity (regid, ECMA-167 1/7.4), such as {@code *UDF Virtual Partition}. */
    static String entityIdentifier(ByteBuffer buffer, int index) {
        return Fields.text(buffer, index + 1, IDENTIFIER_LENGTH, StandardCharsets.ISO_8859_1);
    }

    /** A fixed field whose last byte says how many bytes the text takes (dstring, ECMA-167 1/7.2.12). */
    static String dstring(ByteBuffer buffer, int index, int length) {
        int used = Math.min(Fields.u8(buffer, index + length - 1), length - 1);
        String text = characters(buffer, index, used);
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    /**
     * OSTA compressed Unicode (UDF 2.60 §2.1.1): 8 and one byte a character, or 16 and two. Unpaired surrogates stay as
     * they are; an odd last byte is dropped.
     */
    static String characters(ByteBuffer buffer, int index, int length) {
        if (length == 0) {
            return "";
        }
        return switch (Fields.u8(buffer, index)) {
            case LATIN -> new String(Fields.bytes(buffer, index + 1, length - 1), StandardCharsets.ISO_8859_1);
            case UTF_16 -> Names.JOLIET.text(Fields.bytes(buffer, index + 1, length - 1));
            default -> "";
        };
    }

    /**
     * A timestamp (ECMA-167 1/7.3).
     *
     * <pre>
     * 0             2       4      5     6      7        8        9             10              11             12
     * +-------------+-------+------+-----+------+--------+--------+-------------+---------------+--------------+
     * | type, zone  | year  | month| day | hour | minute | second | hundredths  | hundreds of   | microseconds |
     * | 4 + 12 bits |       |      |     |      |        |        |             | microseconds  |              |
     * +-------------+-------+------+-----+------+--------+--------+-------------+---------------+--------------+
     * </pre>
     */
    static long timestamp(ByteBuffer buffer, int index) {
        int typeAndZone = Fields.u16(buffer, index);
        int minutes = typeAndZone << 20 >> 20;
        boolean local = typeAndZone >> 12 == 1 && minutes != NO_TIME_ZONE;
        int hundredths = Fields.u8(buffer, index + 9);
        int hundreds = Fields.u8(buffer, index + 10);
        int micros = Fields.u8(buffer, index + 11);
        boolean exact = hundredths < 100 && hundreds < 100 && micros < 100;
        return Timestamps.atOffset(
                buffer.getShort(index + 2),
                Fields.u8(buffer, index + 4),
                Fields.u8(buffer, index + 5),
                Fields.u8(buffer, index + 6),
                Fields.u8(buffer, index + 7),
                Fields.u8(buffer, index + 8),
                exact ? hundredths * 10_000 + hundreds * 100 + micros : 0,
                local ? minutes * 60 : 0);
    }
}
