package dev.pxekit.iso;

import java.io.IOException;

/**
 * An image breaks its format: what was expected, what was found, and where. Readers throw nothing else for a malformed
 * image.
 */
public final class IsoFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    /** Where, in bytes from the start of the image. */
    private final long offset;

    /** What is wrong, without the place. */
    private final String problem;

    /**
     * Says what is wrong at a place of the image.
     *
     * @param problem what, found and expected, such as "directory record length: 12 (expected: 34..255)"
     * @param offset bytes from the start of the image
     */
    public IsoFormatException(String problem, long offset) {
        super(problem + ", at byte " + offset + " of the image");
        this.offset = offset;
        this.problem = problem;
    }

    /** {@return where it is, in bytes from the start of the image} */
    public long offset() {
        return offset;
    }

    /** {@return what is wrong, without the place} */
    public String problem() {
        return problem;
    }
}
