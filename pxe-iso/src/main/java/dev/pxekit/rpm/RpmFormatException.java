package dev.pxekit.rpm;

import java.io.IOException;

/** A package breaks its format: what was expected, what was found, and where. */
public final class RpmFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Where, in bytes from the start of the package. */
    private final long offset;

    /**
     * Says what is wrong at a place of the package.
     *
     * @param problem what, found and expected, such as "index entries: 70000 (expected: 0..65535)"
     * @param offset bytes from the start of the package
     */
    public RpmFormatException(String problem, long offset) {
        super(problem + ", at byte " + offset + " of the package");
        this.offset = offset;
    }

    /** {@return where it is, in bytes from the start of the package} */
    public long offset() {
        return offset;
    }
}
