package dev.pxekit.ipxe;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One line of a script as iPXE sees it: several lines of the file, if all but the last of them end in a backslash.
 * The texts of all lines of a script, put together, are the script.
 */
public sealed interface IpxeLine {

    /** {@return the text with its line end and, if continued, all that was joined to it} */
    String text();

    /** {@return where the line stands; the line number of the span is that of its first line in the file} */
    Span span();

    /** {@return the commands in order, empty parts included; none for blank lines and comments} */
    default List<IpxeCommand> commands() {
        return List.of();
    }

    /**
     * White space and nothing else.
     *
     * @param text the text with its line end
     * @param span where the line stands
     */
    record Blank(String text, Span span) implements IpxeLine {
        /**
         * Checks the components.
         *
         * @param text the text with its line end
         * @param span where the line stands
         */
        public Blank {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(span, "span");
        }
    }

    /**
     * A line whose first word starts with {@code #}; the magic {@code #!ipxe} is one of them. A backslash at its end
     * swallows the next line, as for any other.
     *
     * @param text the text with its line end
     * @param span where the line stands
     * @param comment from the {@code #} on, without the line end
     */
    record Comment(String text, Span span, String comment) implements IpxeLine {
        /**
         * Checks the components.
         *
         * @param text the text with its line end
         * @param span where the line stands
         * @param comment from the {@code #} on, without the line end
         */
        public Comment {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(span, "span");
            Objects.requireNonNull(comment, "comment");
        }
    }

    /**
     * A label, the target of {@code goto}, and the commands that may follow it on its line.
     *
     * @param text the text with its line end
     * @param span where the line stands
     * @param name between the colon and the next white space; may be empty, is never expanded, case matters
     * @param commands what runs when the line is reached, by {@code goto} or by falling through
     * @param comment from {@code #} on, if there is one
     */
    record Label(String text, Span span, String name, List<IpxeCommand> commands, Optional<String> comment)
            implements IpxeLine {
        /**
         * Checks the components.
         *
         * @param text the text with its line end
         * @param span where the line stands
         * @param name between the colon and the next white space
         * @param commands what runs when the line is reached, by {@code goto} or by falling through
         * @param comment from {@code #} on, if there is one
         */
        public Label {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(span, "span");
            Objects.requireNonNull(name, "name");
            commands = List.copyOf(commands);
            Objects.requireNonNull(comment, "comment");
        }
    }

    /**
     * Commands, joined by operators.
     *
     * @param text the text with its line end
     * @param span where the line stands
     * @param commands at least one; {@code echo a || } has two, the second of them empty
     * @param comment from {@code #} on, if there is one
     */
    record Statement(String text, Span span, List<IpxeCommand> commands, Optional<String> comment) implements IpxeLine {
        /**
         * Checks the components.
         *
         * @param text the text with its line end
         * @param span where the line stands
         * @param commands at least one
         * @param comment from {@code #} on, if there is one
         */
        public Statement {
            Objects.requireNonNull(text, "text");
            Objects.requireNonNull(span, "span");
            commands = List.copyOf(commands);
            Objects.requireNonNull(comment, "comment");
        }
    }
}
