package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;

/**
 * How many bytes of continuation areas the records of one directory may take together. What stands in the records
 * themselves is as long as the directory; areas may be shared, so that a small image could have them read, and their text
 * kept, without end. Not thread safe.
 */
final class ContinuationBudget {

    /** Enough for 60,000 names of the greatest length in one directory. */
    static final int MAXIMUM = 1 << 24;

    private long spent;

    /**
     * Takes bytes out of the budget.
     *
     * @param length bytes of one continuation area
     * @param offset where the entry that asks for them is in the image
     */
    void spend(long length, long offset) throws IsoFormatException {
        if (length > MAXIMUM - spent) {
            throw new IsoFormatException(
                    "length of continuation areas (CE) of one directory: " + (spent + length) + " (expected: 0.."
                            + MAXIMUM + ")",
                    offset);
        }
        spent += length;
    }
}
