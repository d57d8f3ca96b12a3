package dev.pxekit.tftp;

import java.util.Locale;

/**
 * The mode of a request (RFC 1350 §1). An open set, compared without regard to case; the spelling of the request is kept.
 *
 * @param name the mode as written, such as {@code octet}; not empty, without NUL
 */
public record TransferMode(String name) {

    /** Bytes as they are; what every firmware asks for. */
    public static final TransferMode OCTET = new TransferMode("octet");
    /** Text: a line ends with CR LF, a lone CR is CR NUL (RFC 764). */
    public static final TransferMode NETASCII = new TransferMode("netascii");

    /**
     * Checks the name.
     *
     * @param name the mode as written
     * @throws IllegalArgumentException if the name is empty or contains NUL
     */
    public TransferMode {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("transfer mode: empty or with NUL (expected: octet, netascii)");
        }
    }

    /**
     * The mode of this name.
     *
     * @param name in any case
     * @return the mode, whether it is one of the constants or not
     */
    public static TransferMode of(String name) {
        return new TransferMode(name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TransferMode mode && mode.name.equalsIgnoreCase(name);
    }

    @Override
    public int hashCode() {
        return name.toLowerCase(Locale.ROOT).hashCode();
    }

    @Override
    public String toString() {
        return name;
    }
}
