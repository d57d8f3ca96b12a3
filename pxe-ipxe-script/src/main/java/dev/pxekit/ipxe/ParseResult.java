package dev.pxekit.ipxe;

import java.util.List;
import java.util.Objects;

/**
 * What a parser made of a text: always a model that prints the same text again, and what there is to say about it.
 *
 * @param value the model
 * @param diagnostics in the order of the text
 * @param <T> type of the model
 */
public record ParseResult<T>(T value, List<Diagnostic> diagnostics) {

    /**
     * Checks the components.
     *
     * @param value the model
     * @param diagnostics in the order of the text
     */
    public ParseResult {
        Objects.requireNonNull(value, "value");
        diagnostics = List.copyOf(diagnostics);
    }

    /** {@return whether any diagnostic is an error} */
    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(Diagnostic::isError);
    }

    /**
     * {@return the model of a text without errors}
     *
     * @throws SyntaxException if any diagnostic is an error
     */
    public T orThrow() {
        if (hasErrors()) {
            throw new SyntaxException(diagnostics);
        }
        return value;
    }
}
