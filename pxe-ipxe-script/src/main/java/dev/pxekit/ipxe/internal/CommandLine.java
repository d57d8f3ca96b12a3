package dev.pxekit.ipxe.internal;

import dev.pxekit.ipxe.internal.CommandSyntax.Option;
import dev.pxekit.ipxe.internal.CommandSyntax.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Words of a command after expansion, sorted into options and positional arguments. */
final class CommandLine {

    /** Why words cannot be a command line. Caught where commands are run. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1;

        private final transient Status status;
        private final boolean withUsage;

        Refused(Status status, String message, boolean withUsage) {
            super(message, null, false, false);
            this.status = status;
            this.withUsage = withUsage;
        }

        Status status() {
            return status;
        }

        boolean withUsage() {
            return withUsage;
        }

        String text() {
            String message = getMessage();
            return message == null ? "" : message;
        }
    }

    private final Map<String, String> options = new HashMap<>();
    private final List<String> arguments = new ArrayList<>();

    private CommandLine() {}

    static CommandLine parse(CommandSyntax syntax, List<String> words) throws Refused {
        CommandLine line = new CommandLine();
        int at = 0;
        while (at < words.size() && words.get(at).startsWith("-")) {
            String word = words.get(at++);
            if (word.equals("--")) {
                break;
            }
            at = word.startsWith("--")
                    ? line.parseLong(syntax, word, words, at)
                    : line.parseShort(syntax, word, words, at);
        }
        line.arguments.addAll(words.subList(at, words.size()));
        int count = line.arguments.size();
        if (count < syntax.minArguments() || count > syntax.maxArguments()) {
            throw new Refused(Status.RANGE, "", true);
        }
        return line;
    }

    private int parseLong(CommandSyntax syntax, String word, List<String> words, int next) throws Refused {
        int equals = word.indexOf('=');
        String name = word.substring(2, equals < 0 ? word.length() : equals);
        if (name.equals("help")) {
            throw new Refused(Status.CANCELLED, "", true);
        }
        Option option = syntax.longOption(name)
                .orElseThrow(() -> new Refused(Status.INVALID, "Unrecognised option \"" + word + "\"", true));
        if (option.value() == Value.NONE) {
            if (equals >= 0) {
                throw new Refused(Status.INVALID, "Option \"" + name + "\" takes no argument", true);
            }
            options.put(name, "");
            return next;
        }
        if (equals >= 0) {
            store(option, word.substring(equals + 1));
            return next;
        }
        store(option, following(name, words, next));
        return next + 1;
    }

    private int parseShort(CommandSyntax syntax, String word, List<String> words, int next) throws Refused {
        if (word.length() == 1) {
            throw new Refused(Status.INVALID, "Unrecognised option \"-\"", true);
        }
        for (int i = 1; i < word.length(); i++) {
            char letter = word.charAt(i);
            if (letter == 'h') {
                throw new Refused(Status.CANCELLED, "", true);
            }
            Option option = syntax.shortOption(letter)
                    .orElseThrow(() -> new Refused(Status.INVALID, "Unrecognised option \"-" + letter + "\"", true));
            if (option.value() != Value.NONE) {
                if (i + 1 < word.length()) {
                    store(option, word.substring(i + 1));
                    return next;
                }
                store(option, following(option.longName(), words, next));
                return next + 1;
            }
            options.put(option.longName(), "");
        }
        return next;
    }

    private static String following(String option, List<String> words, int next) throws Refused {
        if (next >= words.size() || words.get(next).startsWith("-")) {
            throw new Refused(Status.INVALID, "Option \"" + option + "\" requires an argument", true);
        }
        return words.get(next);
    }

    private void store(Option option, String value) throws Refused {
        boolean number = option.value() == Value.NUMBER || (option.value() == Value.KEY && value.length() != 1);
        if (number && ByteText.number(value).isEmpty()) {
            throw invalidInteger(value);
        }
        options.put(option.longName(), value);
    }

    static Refused invalidInteger(String value) {
        return new Refused(Status.INVALID, "\"" + value + "\": invalid integer value", false);
    }

    /** A positional argument that must be a number. */
    long number(int index) throws Refused {
        return ByteText.number(arguments.get(index)).orElseThrow(() -> invalidInteger(arguments.get(index)));
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    Optional<String> option(String option) {
        return Optional.ofNullable(options.get(option));
    }

    List<String> arguments() {
        return arguments;
    }

    /** The arguments from an index on, with one space between them; empty if there are none. */
    Optional<String> joinedFrom(int index) {
        return index >= arguments.size()
                ? Optional.empty()
                : Optional.of(String.join(" ", arguments.subList(index, arguments.size())));
    }
}
