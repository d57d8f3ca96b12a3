package dev.pxekit.dhcp.pxe;

import java.util.Arrays;
import java.util.HexFormat;

/** One suboption of an encapsulated option: a code and octets. Immutable. */
public final class Suboption {

    private final int code;
    private final byte[] value;

    private Suboption(int code, byte[] value) {
        this.code = code;
        this.value = value;
    }

    /**
     * {@return a suboption of these octets}
     *
     * @param code the code
     * @param value the value
     * @throws IllegalArgumentException if the code is not 1 to 254 or there are more than 255 octets
     */
    public static Suboption of(int code, byte[] value) {
        if (code < 1 || code > 254) {
            throw new IllegalArgumentException("suboption code: " + code + " (expected: 1..254)");
        }
        if (value.length > 255) {
            throw new IllegalArgumentException(
                    "suboption " + code + " of " + value.length + " octets (expected: 0..255)");
        }
        return new Suboption(code, value.clone());
    }

    /** {@return the code, 1 to 254} */
    public int code() {
        return code;
    }

    /** {@return a copy of the octets, at most 255} */
    public byte[] value() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Suboption that && code == that.code && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * code + Arrays.hashCode(value);
    }

    /** Code and octets in hexadecimal, such as {@code 6=08}. */
    @Override
    public String toString() {
        return code + "=" + HexFormat.of().formatHex(value);
    }
}
