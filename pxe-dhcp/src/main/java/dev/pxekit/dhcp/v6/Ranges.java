package dev.pxekit.dhcp.v6;

import java.time.Duration;

/** Ranges of the numbers in values. */
final class Ranges {

    private static final long LARGEST_SECONDS = 0xffff_ffffL;

    private Ranges() {}

    static void check(String what, long value, long largest) {
        if (value < 0 || value > largest) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: 0.." + largest + ")");
        }
    }

    static void checkSeconds(String what, Duration value) {
        check(what, value.toSeconds(), LARGEST_SECONDS);
        if (!value.equals(Duration.ofSeconds(value.toSeconds()))) {
            throw new IllegalArgumentException(what + ": " + value + " (expected: whole seconds)");
        }
    }

    static void checkPrefixLength(int value) {
        check("prefix length", value, 128);
    }
}
