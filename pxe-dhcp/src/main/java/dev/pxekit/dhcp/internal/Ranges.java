package dev.pxekit.dhcp.internal;

import java.time.Duration;

/** Ranges of the numbers in values. */
public final class Ranges {

    private static final long LARGEST_SECONDS = 0xffff_ffffL;

    private Ranges() {}

    /** Refuses a number that is negative or larger than this. */
    public static void check(String what, long value, long largest) {
        if (value < 0 || value > largest) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: 0.." + largest + ")");
        }
    }

    /** Refuses a time that is not whole seconds in 32 bits. */
    public static void checkSeconds(String what, Duration value) {
        check(what, value.toSeconds(), LARGEST_SECONDS);
        if (!value.equals(Duration.ofSeconds(value.toSeconds()))) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: whole seconds)");
        }
    }

    /** Refuses what is no length of an IPv6 prefix. */
    public static void checkPrefixLength(int value) {
        check("prefix length", value, 128);
    }
}
