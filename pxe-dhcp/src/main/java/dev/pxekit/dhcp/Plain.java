package dev.pxekit.dhcp;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads the plain forms that {@link OptionFormat} describes. */
final class Plain {

    private Plain() {}

    static String text(Object plain) {
        if (plain instanceof List || plain instanceof Map) {
            throw unexpected(plain, "one value");
        }
        return plain.toString();
    }

    static List<?> list(Object plain) {
        return plain instanceof List<?> list ? list : List.of(plain);
    }

    static Map<?, ?> map(Object plain) {
        if (plain instanceof Map<?, ?> map) {
            return map;
        }
        throw unexpected(plain, "names with values, as in {name: value}");
    }

    static long number(Object plain, long least, long largest) {
        String text = text(plain);
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= largest) {
                return value;
            }
        } catch (NumberFormatException e) {
            throw unexpected(text, "a number from " + least + " to " + largest);
        }
        throw unexpected(text, "a number from " + least + " to " + largest);
    }

    static boolean truth(Object plain) {
        return switch (text(plain).toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw unexpected(plain, "true or false");
        };
    }

    static byte[] octets(Object plain) {
        String text = text(plain);
        return octets(text, text);
    }

    /** The octets of the digits in a text. */
    static byte[] octets(String digits, String text) {
        try {
            return HexFormat.of().parseHex(digits);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("value: " + text + " (expected: octets in hexadecimal)", e);
        }
    }

    private static IllegalArgumentException unexpected(Object found, String expected) {
        return new IllegalArgumentException("value: " + found + " (expected: " + expected + ")");
    }
}
