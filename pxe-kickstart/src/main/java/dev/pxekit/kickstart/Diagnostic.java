package dev.pxekit.kickstart;

import java.util.Objects;

/**
 * Something the parser or the validator has to say about a text.
 *
 * @param severity how bad it is
 * @param code stable name of the kind of diagnostic, such as {@code unknown-command}; fit for comparing and for filters
 * @param message one sentence for people, which says what to do; may change between releases
 * @param span the piece of the text that is meant
 */
public record Diagnostic(Severity severity, String code, String message, Span span) {

    /** How bad a diagnostic is. */
    public enum Severity {
        /** The installer of the syntax version refuses it. */
        ERROR,
        /** The text is accepted, but probably does not do what was meant. */
        WARNING,
        /** Worth knowing. */
        INFO
    }

    /**
     * Checks the components.
     *
     * @param severity how bad it is
     * @param code stable name of the kind of diagnostic, such as {@code unknown-command}
     * @param message one sentence for people, which says what to do
     * @param span the piece of the text that is meant
     */
    public Diagnostic {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(span, "span");
    }

    /** {@return whether this is an error} */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** Returns {@code LINE:COLUMN: severity: message [code]}, the form that editors and build logs understand. */
    @Override
    public String toString() {
        return span.line() + ":" + span.column() + ": "
                + switch (severity) {
                    case ERROR -> "error";
                    case WARNING -> "warning";
                    case INFO -> "info";
                }
                + ": " + message + " [" + code + "]";
    }
}
