package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.internal.MappedFormat;
import java.time.Duration;

/** Two octets of hundredths of a second; the largest number stands for all longer times (RFC 8415 §21.9). */
final class ElapsedTime {

    private static final int LARGEST = 0xffff;
    private static final int MILLISECONDS = 10;

    static final OptionFormat<Duration> FORMAT = new MappedFormat<>(
            OptionFormat.unsignedShort(),
            ElapsedTime::duration,
            ElapsedTime::hundredths,
            ElapsedTime::hundredths,
            plain -> duration(OptionFormat.unsignedShort().fromPlain(plain)));

    private ElapsedTime() {}

    private static Duration duration(int hundredths) {
        return Duration.ofMillis((long) hundredths * MILLISECONDS);
    }

    private static int hundredths(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException("elapsed time: " + value + " (expected: 0 or more)");
        }
        return value.compareTo(duration(LARGEST)) >= 0 ? LARGEST : (int) (value.toMillis() / MILLISECONDS);
    }
}
