package dev.pxekit.examples.cli;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Hands what a command line says to a builder. What the builder complains of is wrong usage of the option, by its name. */
final class GivenOptions {

    private GivenOptions() {}

    /** Calls the setter if the option was given. */
    static <T> void apply(CommandLine command, String option, @Nullable T value, Consumer<? super T> setter) {
        if (value == null) {
            return;
        }
        try {
            setter.accept(value);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command, option + ": " + complaint(String.valueOf(e.getMessage())), e);
        }
    }

    /** Complains if an option was given that has no meaning without another one, which was not. */
    static void requireAbsent(CommandLine command, String option, boolean given, String other) {
        if (given) {
            throw new ParameterException(command, option + " has no meaning without " + other);
        }
    }

    /** Builders say {@code maxBlockSize: 3 (expected: 512..65464)}; the user knows another name for it. */
    private static String complaint(String message) {
        return message.substring(message.indexOf(": ") < 0 ? 0 : message.indexOf(": ") + 2);
    }
}
