package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;

/**
 * How many bytes the records of one directory may have read together that do not stand in the records themselves, such as
 * continuation areas. What stands in the records is as long as the directory; the rest may be shared, so that a small image
 * could have it read, and its text kept, without end. Not thread safe.
 */
final class TextBudget {

    /** What directories may have whose records are few: a record may have 64 KiB. */
    private static final int LEAST = 1 << 24;

    /** Bytes for each byte of records: real writers need less than one. */
    private static final int FACTOR = 4;

    private final String what;
    private final long maximum;
    private long spent;

    /**
     * Begins with nothing spent.
     *
     * @param what is read, in words
     * @param directoryLength bytes of the directory's records
     */
    TextBudget(String what, long directoryLength) {
        this.what = what;
        this.maximum = Math.max(LEAST, FACTOR * Math.min(directoryLength, Directory.MAXIMUM_LENGTH));
    }

    /**
     * Takes bytes out of the budget.
     *
     * @param length bytes of one text
     * @param offset where what asks for them is in the image
     */
    void spend(long length, long offset) throws IsoFormatException {
        if (length > maximum - spent) {
            throw new IsoFormatException(
                    "length of " + what + " of one directory: " + (spent + length) + " (expected: 0.." + maximum + ")",
                    offset);
        }
        spent += length;
    }
}
