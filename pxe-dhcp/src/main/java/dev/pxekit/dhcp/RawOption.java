package dev.pxekit.dhcp;

import java.util.Arrays;
import java.util.HexFormat;

/** One option or suboption as it stands on the wire: a code and octets. Immutable. */
public final class RawOption {

    private final int code;
    private final byte[] value;

    private RawOption(int code, byte[] value) {
        if (code >>> 16 != 0) {
            throw new IllegalArgumentException("option code: " + code + " (expected: 0..65535)");
        }
        this.code = code;
        this.value = value;
    }

    /**
     * {@return an option of these octets}
     *
     * @param code the code, 0 to 65535
     * @param value the octets
     * @throws IllegalArgumentException if the code is out of range
     */
    public static RawOption of(int code, byte[] value) {
        return new RawOption(code, value.clone());
    }

    /**
     * {@return an option of some of these octets, which are copied}
     *
     * @param code the code, 0 to 65535
     * @param source the octets
     * @param offset where the value begins in them
     * @param length how many are the value
     */
    public static RawOption of(int code, byte[] source, int offset, int length) {
        return new RawOption(code, Arrays.copyOfRange(source, offset, offset + length));
    }

    /** {@return the option's code} */
    public int code() {
        return code;
    }

    /** {@return the number of octets of the value} */
    public int length() {
        return value.length;
    }

    /** {@return a copy of the value's octets} */
    public byte[] value() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RawOption that && code == that.code && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return 31 * code + Arrays.hashCode(value);
    }

    /** Code and octets in hexadecimal, such as {@code 53=01}. */
    @Override
    public String toString() {
        return code + "=" + HexFormat.of().formatHex(value);
    }
}
