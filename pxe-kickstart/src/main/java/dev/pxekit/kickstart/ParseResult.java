package dev.pxekit.kickstart;

import java.util.List;
import java.util.Objects;

/**
 * What the parser made of a text: always a document that prints the same text again, and what there is to say about it.
 *
 * @param kickstart the document
 * @param diagnostics in the order of the text
 */
public record ParseResult(Kickstart kickstart, List<Diagnostic> diagnostics) {

    /**
     * Checks the components.
     *
     * @param kickstart the document
     * @param diagnostics in the order of the text
     */
    public ParseResult {
        Objects.requireNonNull(kickstart, "kickstart");
        diagnostics = List.copyOf(diagnostics);
    }

    /** {@return whether any diagnostic is an error} */
    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }

    /**
     * Hands out the document of a text without errors.
     *
     * @return the document
     * @throws SyntaxException if any diagnostic is an error
     */
    public Kickstart orThrow() {
        if (hasErrors()) {
            throw new SyntaxException(diagnostics);
        }
        return kickstart;
    }
}
