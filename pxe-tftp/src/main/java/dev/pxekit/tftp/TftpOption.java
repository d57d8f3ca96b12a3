package dev.pxekit.tftp;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * The typed key of an option in {@link TftpOptions}: its name, its range and how its value is written. Immutable.
 *
 * @param <T> the type of the value
 */
public final class TftpOption<T> {

    /** {@code blksize}: bytes of content in a DATA packet, 8..65464 (RFC 2348). Without it a block has 512 bytes. */
    public static final TftpOption<Integer> BLOCK_SIZE =
            number("blksize", 8, 65464, value -> (int) value, Integer::longValue);

    /** {@code windowsize}: blocks sent before an ACK is awaited, 1..65535 (RFC 7440). Without it one. */
    public static final TftpOption<Integer> WINDOW_SIZE =
            number("windowsize", 1, 65535, value -> (int) value, Integer::longValue);

    /** {@code timeout}: how long to wait before a retransmission, 1..255 whole seconds (RFC 2349). */
    public static final TftpOption<Duration> TIMEOUT =
            number("timeout", 1, 255, Duration::ofSeconds, Duration::toSeconds);

    /** {@code tsize}: the size of the file in bytes; 0 in a read request asks for it (RFC 2349). */
    public static final TftpOption<Long> TRANSFER_SIZE =
            number("tsize", 0, Long.MAX_VALUE, value -> value, value -> value);

    /**
     * {@code blksize2} of tftp-hpa: as {@code blksize}, but what is agreed to is a power of two, 8..32768. A request that has
     * both gets {@code blksize}.
     */
    public static final TftpOption<Integer> BLOCK_SIZE_2 =
            number("blksize2", 8, 65464, value -> (int) value, Integer::longValue);

    /** {@code utimeout} of tftp-hpa: as {@code timeout}, in microseconds, 10 milliseconds to 255 seconds. */
    public static final TftpOption<Duration> TIMEOUT_MICROS = number(
            "utimeout",
            10_000,
            255_000_000,
            value -> Duration.of(value, ChronoUnit.MICROS),
            value -> TimeUnit.NANOSECONDS.toMicros(value.toNanos()));

    /** {@code rollover} of tftp-hpa: the block number after 65,535, which is 0 or 1. Without it 0. */
    public static final TftpOption<Integer> ROLLOVER =
            number("rollover", 0, 1, value -> (int) value, Integer::longValue);

    /**
     * {@code multicast}: where a file is sent to many clients at once, in an OACK (RFC 2090). A client asks for it with an empty
     * value, for which {@link TftpOptions#get(TftpOption)} is empty: see {@link TftpOptions#get(String)}.
     */
    public static final TftpOption<Multicast> MULTICAST =
            new TftpOption<>("multicast", Multicast::parse, Multicast::format);

    /** Digits of Long.MAX_VALUE. */
    private static final int LONGEST_NUMBER = 19;

    private final String name;
    private final Function<String, Optional<T>> parser;
    private final Function<T, String> formatter;

    private TftpOption(String name, Function<String, Optional<T>> parser, Function<T, String> formatter) {
        this.name = name;
        this.parser = parser;
        this.formatter = formatter;
    }

    /**
     * A key for an option that has no constant here.
     *
     * @param name the option's name
     * @return a key whose value is the text as it stands
     */
    public static TftpOption<String> text(String name) {
        return new TftpOption<>(name, Optional::of, Function.identity());
    }

    private static <T> TftpOption<T> number(
            String name, long least, long most, LongFunction<T> fromNumber, ToLongFunction<T> toNumber) {
        return new TftpOption<>(
                name,
                text -> {
                    long value = parseNumber(text);
                    return value < least || value > most ? Optional.empty() : Optional.of(fromNumber.apply(value));
                },
                value -> {
                    long number = toNumber.applyAsLong(value);
                    if (number < least || number > most) {
                        throw new IllegalArgumentException(
                                name + ": " + value + " (expected: " + least + ".." + most + ")");
                    }
                    return Long.toString(number);
                });
    }

    /** The decimal number, or -1 for anything else. */
    private static long parseNumber(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9 || value > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }

    /**
     * The name of the option.
     *
     * @return the name as it is sent; compared without regard to case
     */
    public String name() {
        return name;
    }

    /**
     * Reads a value.
     *
     * @param text the value off the wire
     * @return the value, or empty if it is not of this option's form or out of its range
     */
    public Optional<T> parse(String text) {
        return parser.apply(text);
    }

    /**
     * Writes a value.
     *
     * @param value the value
     * @return its text for the wire
     * @throws IllegalArgumentException if the value is out of range
     */
    public String format(T value) {
        return formatter.apply(value);
    }

    @Override
    public String toString() {
        return name;
    }
}
