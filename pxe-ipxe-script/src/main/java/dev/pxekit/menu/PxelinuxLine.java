package dev.pxekit.menu;

import java.util.Objects;

/**
 * One line of a PXELINUX configuration file.
 *
 * @param number counted from 1
 * @param text the line with its line end
 * @param keyword first word in upper case, for {@code MENU} with the second one, as in {@code MENU LABEL}; empty for
 *     blank lines and comments
 * @param value the rest of the line, without white space around it
 */
public record PxelinuxLine(int number, String text, String keyword, String value) {

    /**
     * Checks the components.
     *
     * @param number counted from 1
     * @param text the line with its line end
     * @param keyword first word in upper case, for {@code MENU} with the second one, as in {@code MENU LABEL}
     * @param value the rest of the line, without white space around it
     */
    public PxelinuxLine {
        if (number < 1) {
            throw new IllegalArgumentException("number: " + number + " (expected: from 1)");
        }
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(keyword, "keyword");
        Objects.requireNonNull(value, "value");
    }
}
