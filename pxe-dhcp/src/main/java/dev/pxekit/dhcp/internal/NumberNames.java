package dev.pxekit.dhcp.internal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a registry that have names, and values for those that have none: what open sets such as message types have
 * in common. Filled while the class of the values is initialized, read only after that.
 */
public final class NumberNames<T> {

    private final String what;
    private final int largest;
    private final String prefix;
    private final BiFunction<Integer, String, T> make;
    private final List<@Nullable T> named = new ArrayList<>();
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
        T value = make.apply(code, name);
        while (named.size() <= code) {
            named.add(null);
        }
        named.set(code, value);
        byName.put(name.toLowerCase(Locale.ROOT), value);
        return value;
    }

    /** Whether a number has a name. */
    public boolean contains(int code) {
        return code < named.size() && named.get(code) != null;
    }

    /**
     * The value of a number.
     *
     * @throws IllegalArgumentException if it is out of range
     */
    public T of(int code) {
        Ranges.check(what, code, largest);
        T value = code < named.size() ? named.get(code) : null;
        return value != null ? value : make.apply(code, prefix + code);
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
}
