package dev.pxekit.examples.cli;

import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time in seconds, such as {@code 3} or {@code 0.25}. */
final class Seconds implements ITypeConverter<Duration> {

    private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

    @Override
    public Duration convert(String text) {
        try {
            BigDecimal seconds = new BigDecimal(text);
            if (seconds.signum() < 0 || seconds.compareTo(MOST) > 0) {
                throw new TypeConversionException("'" + text + "' (expected: 0.." + MOST + " seconds)");
            }
            return Duration.ofNanos(seconds.movePointRight(9).longValue());
        } catch (NumberFormatException e) {
            throw new TypeConversionException("'" + text + "' is no number of seconds such as 3 or 0.25");
        }
    }
}
