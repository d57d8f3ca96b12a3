package dev.pxekit.dhcp;

import java.util.Arrays;
import java.util.HexFormat;

/** Octets as a value of their own: what an option carries and its document leaves open. Immutable. */
public final class Octets {

    /** No octets. */
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] octets;

    private Octets(byte[] octets) {
        this.octets = octets;
    }

    /**
     * {@return these octets, which are copied}
     *
     * @param octets the octets
     */
    public static Octets of(byte[] octets) {
        return new Octets(octets.clone());
    }

    /**
     * Parses octets in hexadecimal, with colons or without.
     *
     * @param text the text, such as {@code 0aff} or {@code 0a:ff}
     * @return the octets
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Octets parse(String text) {
        return new Octets(Plain.octets(text.replace(":", ""), text));
    }

    /** {@return how many there are} */
    public int length() {
        return octets.length;
    }

    /** {@return a copy of the octets} */
    public byte[] bytes() {
        return octets.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** The octets in hexadecimal, without colons. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(octets);
    }
}
