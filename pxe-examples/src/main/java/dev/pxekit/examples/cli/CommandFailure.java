package dev.pxekit.examples.cli;

import java.io.Serial;

/** Ends a command with one line that says what is wrong and what to do, and exit code 1. */
final class CommandFailure extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    CommandFailure(String message) {
        super(message);
    }

    CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
