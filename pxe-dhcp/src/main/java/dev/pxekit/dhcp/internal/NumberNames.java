package dev.pxekit.dhcp.internal;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The numbers of a registry that have names, and values for those that have none: what open sets such as message types have
 * in common. Filled while the class of the values is initialized, read only after that.
 */
public final class NumberNames<T> {

    private static final Pattern TEXT = Pattern.compile("([0-9]{1,5})|.*\\(([0-9]{1,5})\\)");

    private final String what;
    private final int largest;
    private final String prefix;
    private final BiFunction<Integer, String, T> make;
    private final Map<Integer, T> named = new HashMap<>();
    private final Map<String, T> byName = new HashMap<>();

    /**
     * Makes an empty registry.
     *
     * @param what for messages, such as {@code message type}
     * @param largest the largest number
     * @param prefix what stands before the number in the name of one that has none
     * @param make makes a value of a number and a name
     */
    public NumberNames(String what, int largest, String prefix, BiFunction<Integer, String, T> make) {
        this.what = what;
        this.largest = largest;
        this.prefix = prefix;
        this.make = make;
    }

    /** Gives a number a name. */
    public T name(int code, String name) {
        return add(code, name, make.apply(code, name));
    }

    /** Gives a number a name and a value that has more than these. */
    public T add(int code, String name, T value) {
        named.put(code, value);
        byName.put(name.toLowerCase(Locale.ROOT), value);
        return value;
    }

    /** Whether a number has a name. */
    public boolean contains(int code) {
        return named.containsKey(code);
    }

    /**
     * The value of a number.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public T of(int code) {
        Ranges.check(what, code, largest);
        // Boxed once: a list may have thousands of numbers without a name.
        Integer number = code;
        T value = named.get(number);
        return value != null ? value : make.apply(number, prefix + code);
    }

    /**
     * The value of a name in either case of letters, or of a number with the prefix or without.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    public T parse(String text) {
        T value = byName.get(text.toLowerCase(Locale.ROOT));
        if (value != null) {
            return value;
        }
        String digits =
                text.regionMatches(true, 0, prefix, 0, prefix.length()) ? text.substring(prefix.length()) : text;
        if (!digits.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException(
                    what + ": " + text + " (expected: a name or a number from 0 to " + largest + ")");
        }
        return of(Integer.parseInt(digits));
    }

    /**
     * The value of a name in either case of letters, of a number, or of a text as {@link #text} makes it.
     *
     * @param text the text
     * @param example a value, whose text serves as an example in messages
     * @throws IllegalArgumentException if the text is none of these
     */
    public T parseText(String text, T example) {
        T value = byName.get(text.toLowerCase(Locale.ROOT));
        if (value != null) {
            return value;
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    what + ": " + text + " (expected: a number or name as in " + example + ")");
        }
        return of(Integer.parseInt(matcher.group(1) != null ? matcher.group(1) : matcher.group(2)));
    }

    /** The text of a name with its number in brackets. */
    public static String text(String name, int code) {
        return name + " (" + code + ")";
    }
}
