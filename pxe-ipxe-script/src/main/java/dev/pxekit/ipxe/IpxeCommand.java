package dev.pxekit.ipxe;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One command of a line: a name and arguments, and how it hangs on the command before it.
 *
 * @param operator when it runs, seen from the command before it on the line
 * @param words name and arguments; empty for an empty part such as the one after a trailing {@code ||}, which succeeds
 * @param span from the first to the last word
 */
public record IpxeCommand(Operator operator, List<IpxeWord> words, Span span) {

    /**
     * What joins commands of a line. Evaluation goes from left to right without precedence: the status of the last
     * command that ran decides.
     */
    public enum Operator {
        /** First command of a line. */
        FIRST(""),
        /** Runs if the last command that ran succeeded. */
        AND("&&"),
        /** Runs if the last command that ran failed. */
        OR("||"),
        /** Runs always. */
        ALWAYS(";");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        /** {@return the word that stands for it in a script; empty for {@link #FIRST}} */
        public String symbol() {
            return symbol;
        }
    }

    /**
     * Checks the components.
     *
     * @param operator when it runs, seen from the command before it on the line
     * @param words name and arguments
     * @param span from the first to the last word
     */
    public IpxeCommand {
        Objects.requireNonNull(operator, "operator");
        words = List.copyOf(words);
        Objects.requireNonNull(span, "span");
    }

    /** {@return whether there is no word at all} */
    public boolean isEmpty() {
        return words.isEmpty();
    }

    /** {@return the first word, which may hold an expansion; empty for an empty part} */
    public String name() {
        return words.isEmpty() ? "" : words.get(0).text();
    }

    /** {@return the words after the name, options included, with expansions left in} */
    public List<String> arguments() {
        return words.stream().skip(1).map(IpxeWord::text).toList();
    }

    /** Returns the words joined by one space. */
    @Override
    public String toString() {
        return words.stream().map(IpxeWord::text).collect(Collectors.joining(" "));
    }
}
