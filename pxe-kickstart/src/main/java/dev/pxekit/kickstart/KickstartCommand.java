package dev.pxekit.kickstart;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A command line.
 *
 * @param text the line with its line end
 * @param line number of the line, counted from 1
 * @param name the first word
 * @param arguments the other words, quotes removed, options as they are written
 */
public record KickstartCommand(String text, int line, String name, List<String> arguments) implements KickstartItem {

    /**
     * Checks the components.
     *
     * @param text the line with its line end
     * @param line number of the line, counted from 1
     * @param name the first word
     * @param arguments the other words, quotes removed, options as they are written
     */
    public KickstartCommand {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(name, "name");
        arguments = List.copyOf(arguments);
        if (line < 1) {
            throw new IllegalArgumentException("line: " + line + " (expected: from 1)");
        }
    }

    /**
     * Looks up the value of an option, written as {@code --name=value} or {@code --name value}. Abbreviated options are
     * not recognised.
     *
     * @param name the option with its dashes, such as {@code --url}
     * @return the value that counts, which is the last one; empty if the option is not there or has no value
     */
    public Optional<String> option(String name) {
        Optional<String> value = Optional.empty();
        for (int i = 0; i < arguments.size() && !arguments.get(i).equals("--"); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(name + "=")) {
                value = Optional.of(argument.substring(name.length() + 1));
            } else if (argument.equals(name) && i + 1 < arguments.size()) {
                value = Optional.of(arguments.get(i + 1));
            }
        }
        return value;
    }

    /**
     * Looks for an option without a value.
     *
     * @param name the option with its dashes, such as {@code --all}
     * @return whether it is there
     */
    public boolean hasFlag(String name) {
        int end = arguments.indexOf("--");
        return arguments.subList(0, end < 0 ? arguments.size() : end).contains(name);
    }
}
