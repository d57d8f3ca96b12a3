package dev.pxekit.dhcp.v6;

import dev.pxekit.dhcp.OptionFormat;
import java.util.Arrays;
import java.util.HexFormat;

/** Octets without further meaning in a value, such as an identifier that only its maker understands. Immutable. */
public final class OctetString {

    static final OptionFormat<OctetString> FORMAT =
            OptionFormat.of(OctetString::of, OctetString::bytes, OctetString::parse);

    private final byte[] octets;

    private OctetString(byte[] octets) {
        this.octets = octets;
    }

    /**
     * {@return these octets}
     *
     * @param octets the octets, which are copied
     */
    public static OctetString of(byte[] octets) {
        return new OctetString(octets.clone());
    }

    /**
     * Parses octets in hexadecimal, with colons or without.
     *
     * @param text the text, such as {@code 0a0b} or {@code 0a:0b}
     * @return the octets
     * @throws IllegalArgumentException if the text is anything else
     */
    public static OctetString parse(String text) {
        try {
            return new OctetString(HexFormat.of().parseHex(text.replace(":", "")));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("octets: " + text + " (expected: hexadecimal as in 0a:0b)", e);
        }
    }

    /** {@return the number of octets} */
    public int length() {
        return octets.length;
    }

    /** {@return a copy of the octets} */
    public byte[] bytes() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OctetString that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** The octets in hexadecimal with colons. */
    @Override
    public String toString() {
        return HexFormat.ofDelimiter(":").formatHex(octets);
    }
}
