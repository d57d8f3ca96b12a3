package dev.pxekit.dhcp.internal;

import dev.pxekit.dhcp.DhcpFormatException;
import dev.pxekit.dhcp.OptionKey;
import dev.pxekit.dhcp.RawOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The plain form of a list of options: a list with a map for each, which has {@code option} (its code), {@code name} if the
 * code is known, {@code value} if the octets are a value of its type, {@code fault} if they are not, and {@code hex} with the
 * octets where the value alone would not give them back.
 */
public final class PlainOptions {

    /** The number of the option. */
    public static final String CODE = "option";

    /** Its name. */
    public static final String NAME = "name";

    /** The plain form of its value. */
    public static final String VALUE = "value";

    /** Its octets in hexadecimal. */
    public static final String HEX = "hex";

    /** What is wrong with its octets. */
    public static final String FAULT = "fault";

    private PlainOptions() {}

    /** The plain form of options whose keys, as far as there are any, a function gives. */
    public static List<Object> toPlain(
            Iterable<RawOption> options, IntFunction<? extends @Nullable OptionKey<?>> keys) {
        List<Object> plain = new ArrayList<>();
        for (RawOption option : options) {
            plain.add(entry(option, keys.apply(option.code())));
        }
        return plain;
    }

    /** The plain form of one option. */
    public static Map<String, Object> entry(RawOption option, @Nullable OptionKey<?> key) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(CODE, option.code());
        if (key == null) {
            entry.put(HEX, hex(option));
        } else {
            entry.put(NAME, key.name());
            addValue(entry, option, key);
        }
        return entry;
    }

    private static <T> void addValue(Map<String, Object> entry, RawOption option, OptionKey<T> key) {
        try {
            Object plain = key.format().toPlain(key.decode(option.value()));
            entry.put(VALUE, plain);
            if (!isWhole(plain, option, key)) {
                entry.put(HEX, hex(option));
            }
        } catch (DhcpFormatException e) {
            entry.put(HEX, hex(option));
            entry.put(FAULT, e.getMessage());
        }
    }

    /** Whether the value alone gives the octets back. */
    private static <T> boolean isWhole(Object plain, RawOption option, OptionKey<T> key) {
        try {
            return Arrays.equals(key.encode(key.format().fromPlain(plain)), option.value());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String hex(RawOption option) {
        return HexFormat.of().formatHex(option.value());
    }

    /**
     * Reads the plain form of options.
     *
     * @throws IllegalArgumentException if it is not one, or a value is not one of its option
     */
    public static void fromPlain(
            Object plain, IntFunction<? extends @Nullable OptionKey<?>> keys, BiConsumer<Integer, byte[]> options) {
        if (!(plain instanceof List<?> list)) {
            throw new IllegalArgumentException("options: " + plain + " (expected: a list of options)");
        }
        for (Object entry : list) {
            if (!(entry instanceof Map<?, ?> map) || map.get(CODE) == null) {
                throw new IllegalArgumentException("option: " + entry + " (expected: code and value)");
            }
            int code = Integer.parseInt(map.get(CODE).toString());
            options.accept(code, octets(code, map, keys.apply(code)));
        }
    }

    /** The octets of the plain form of one option. */
    public static byte[] octets(int code, Map<?, ?> entry, @Nullable OptionKey<?> key) {
        Object hex = entry.get(HEX);
        if (hex != null) {
            return HexFormat.of().parseHex(hex.toString());
        }
        Object value = entry.get(VALUE);
        if (value == null || key == null) {
            throw new IllegalArgumentException(
                    "option " + code + (value == null ? " has no value" : " has no known type (expected: hex)"));
        }
        return encode(key, value);
    }

    private static <T> byte[] encode(OptionKey<T> key, Object plain) {
        try {
            return key.encode(key.format().fromPlain(plain));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }
}
