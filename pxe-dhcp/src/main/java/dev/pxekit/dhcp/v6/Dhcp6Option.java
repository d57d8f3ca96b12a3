package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.OptionFormat;
import dev.pxekit.dhcp.OptionKey;

/**
 * A DHCPv6 option as a typed key: its code, its name and how its value is read and written.
 *
 * @param <T> the type of the value
 */
public final class Dhcp6Option<T> extends OptionKey<T> {

    private Dhcp6Option(int code, String name, OptionFormat<T> format) {
        super("option", code, name, format);
    }

    /**
     * Makes a key for an option.
     *
     * @param <T> the type of the value
     * @param code 1 to 65535
     * @param name for messages
     * @param format how values are read and written
     * @return the key
     * @throws IllegalArgumentException if the code is out of range
     */
    public static <T> Dhcp6Option<T> of(int code, String name, OptionFormat<T> format) {
        if (code < 1 || code > 0xffff) {
            throw new IllegalArgumentException("option code: " + code + " (expected: 1..65535)");
        }
        return new Dhcp6Option<>(code, name, format);
    }
}
