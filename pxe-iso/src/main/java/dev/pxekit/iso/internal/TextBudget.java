package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;

/**
 * How many bytes the records of one directory may have read together that do not stand in the records themselves, such as
 * continuation areas. What stands in the records is as long as the directory; the rest may be shared, so that a small image
 * could have it read, and its text kept, without end. Not thread safe.
 */
final class TextBudget {

    /** Enough for 60,000 names of the greatest length in one directory. */
    static final int MAXIMUM = 1 << 24;

    private final String what;
    private long spent;

    /**
     * Begins with nothing spent.
     *
     * @param what is read, in words
     */
    TextBudget(String what) {
        this.what = what;
    }

    /**
     * Takes bytes out of the budget.
     *
     * @param length bytes of one text
     * @param offset where what asks for them is in the image
     */
    void spend(long length, long offset) throws IsoFormatException {
        if (length > MAXIMUM - spent) {
            throw new IsoFormatException(
                    "length of " + what + " of one directory: " + (spent + length) + " (expected: 0.." + MAXIMUM + ")",
                    offset);
        }
        spent += length;
    }
}
