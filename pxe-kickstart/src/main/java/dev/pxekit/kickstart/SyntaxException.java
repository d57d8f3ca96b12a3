package dev.pxekit.kickstart;

import java.util.List;
import java.util.stream.Collectors;

/** Thrown by the strict parse methods for a text with errors. The message lists them, one a line. */
public final class SyntaxException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** Not serialized: an exception that crossed a wire still has its message. */
    private final transient List<Diagnostic> diagnostics;

    SyntaxException(List<Diagnostic> diagnostics) {
        super(diagnostics.stream()
                .filter(Diagnostic::isError)
                .map(Diagnostic::toString)
                .collect(Collectors.joining("\n")));
        this.diagnostics = List.copyOf(diagnostics);
    }

    /** {@return all diagnostics of the text, warnings included, in the order of the text} */
    public List<Diagnostic> diagnostics() {
        return diagnostics == null ? List.of() : diagnostics;
    }
}
