package dev.pxekit.kickstart;

/**
 * A piece of a text: where it starts, counted both ways, and how long it is.
 *
 * @param offset first character, counted from 0 in {@code char}s of the text
 * @param length number of {@code char}s, at least 0
 * @param line line of the first character, counted from 1; lines end at LF
 * @param column column of the first character, counted from 1 in {@code char}s
 */
public record Span(int offset, int length, int line, int column) {

    /**
     * Checks the components.
     *
     * @param offset first character, counted from 0 in {@code char}s of the text
     * @param length number of {@code char}s, at least 0
     * @param line line of the first character, counted from 1
     * @param column column of the first character, counted from 1 in {@code char}s
     */
    public Span {
        if (offset < 0 || length < 0 || line < 1 || column < 1) {
            throw new IllegalArgumentException("span: offset " + offset + ", length " + length + ", line " + line
                    + ", column " + column + " (expected: offset and length from 0, line and column from 1)");
        }
    }
}
