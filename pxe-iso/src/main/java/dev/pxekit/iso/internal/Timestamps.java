package dev.pxekit.iso.internal;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Dates of ISO 9660 and UDF, in microseconds since the epoch: a directory has four for each entry. A date that is zero or
 * impossible is the epoch: times are the last thing that should make a file unreadable.
 */
final class Timestamps {

    static final long UNKNOWN = 0;

    /** Stands for a time that is not recorded at all. */
    static final long NONE = Long.MIN_VALUE;

    static final int SHORT_LENGTH = 7;
    static final int LONG_LENGTH = 17;

    private Timestamps() {}

    /** A time, or another one if it is not recorded. */
    static long or(long time, long otherwise) {
        return time == NONE ? otherwise : time;
    }

    /**
     * ECMA-119 §9.1.5.
     *
     * <pre>
     * 0      1      2    3     4       5       6
     * +------+------+----+-----+-------+-------+---------------------------+
     * | year | month| day| hour| minute| second| offset from GMT, 15 min   |
     * | 1900+|      |    |     |       |       | signed                    |
     * +------+------+----+-----+-------+-------+---------------------------+
     * </pre>
     */
    static long shortForm(ByteBuffer buffer, int index) {
        return of(
                1900 + Fields.u8(buffer, index),
                Fields.u8(buffer, index + 1),
                Fields.u8(buffer, index + 2),
                Fields.u8(buffer, index + 3),
                Fields.u8(buffer, index + 4),
                Fields.u8(buffer, index + 5),
                0,
                buffer.get(index + 6));
    }

    /** ECMA-119 §8.4.26.1: sixteen digits {@code yyyyMMddHHmmsscc} and the offset from GMT. */
    static long longForm(ByteBuffer buffer, int index) {
        return of(
                digits(buffer, index, 4),
                digits(buffer, index + 4, 2),
                digits(buffer, index + 6, 2),
                digits(buffer, index + 8, 2),
                digits(buffer, index + 10, 2),
                digits(buffer, index + 12, 2),
                digits(buffer, index + 14, 2),
                buffer.get(index + 16));
    }

    private static int digits(ByteBuffer buffer, int index, int count) {
        int value = 0;
        for (int i = index; i < index + count; i++) {
            int digit = buffer.get(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    private static long of(
            int year, int month, int day, int hour, int minute, int second, int hundredths, int quarters) {
        if (year < 0 || hundredths < 0 || hundredths > 99) {
            return UNKNOWN;
        }
        int offset = quarters < -48 || quarters > 52 ? 0 : quarters * 15 * 60;
        return atOffset(year, month, day, hour, minute, second, hundredths * 10_000, offset);
    }

    /** A time of day at an offset from GMT in seconds; {@link #UNKNOWN} if there is no such time. */
    static long atOffset(int year, int month, int day, int hour, int minute, int second, int micros, int offset) {
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return UNKNOWN;
        }
        try {
            long seconds = LocalDate.of(year, month, day).toEpochDay() * 86_400
                    + hour * 3_600L
                    + minute * 60L
                    + second
                    - offset;
            return seconds * 1_000_000 + micros;
        } catch (DateTimeException e) {
            return UNKNOWN;
        }
    }
}
