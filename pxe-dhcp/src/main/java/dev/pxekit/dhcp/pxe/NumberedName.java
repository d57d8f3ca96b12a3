package dev.pxekit.dhcp.pxe;

import dev.pxekit.dhcp.internal.Ranges;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a number in a registry, 0 to 65535: the number alone, or a name and the number in brackets. */
final class NumberedName {

    private static final int LARGEST = 0xffff;
    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,5})|.*\\(([0-9]{1,5})\\)");

    private NumberedName() {}

    /** The text of a name with its number. */
    static String of(String name, int code) {
        return name + " (" + code + ")";
    }

    /** The number in a text; it may be out of range. */
    static int number(String text, String what, String example) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    what + ": " + text + " (expected: a number or name as in " + example + ")");
        }
        return Integer.parseInt(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }

    /** A number that fits in two octets. */
    static int inRange(int code, String what) {
        Ranges.check(what, code, LARGEST);
        return code;
    }
}
