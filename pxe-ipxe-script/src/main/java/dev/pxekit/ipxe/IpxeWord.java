package dev.pxekit.ipxe;

import java.util.Objects;

/**
 * One word of a command as it stands in the script, before expansion. iPXE splits lines at white space first and
 * expands {@code ${…}} afterwards, so that an expansion never makes two words of one and never makes one vanish.
 *
 * @param text the word; continuation backslashes inside it are removed
 * @param span where it stands; includes a continuation inside it
 */
public record IpxeWord(String text, Span span) {

    /**
     * Checks the components.
     *
     * @param text the word
     * @param span where it stands
     */
    public IpxeWord {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(span, "span");
    }

    /** {@return whether the word holds a complete {@code ${…}}, so that its value is known only when it runs} */
    public boolean hasExpansion() {
        int open = text.indexOf("${");
        return open >= 0 && text.indexOf('}', open + 2) >= 0;
    }

    /** Returns the text. */
    @Override
    public String toString() {
        return text;
    }
}
