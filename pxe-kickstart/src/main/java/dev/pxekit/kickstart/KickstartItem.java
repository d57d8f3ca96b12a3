package dev.pxekit.kickstart;

import java.util.Objects;

/** A piece of a kickstart file. The texts of all items of a file, put together, are the file. */
public sealed interface KickstartItem
        permits KickstartCommand, Section, KickstartItem.Include, KickstartItem.Comment, KickstartItem.Blank {

    /** {@return the text with its line ends} */
    String text();

    /** {@return the line that it starts on, counted from 1} */
    int line();

    /**
     * A line that asks for another file: {@code %include}, or {@code %ksappend}, which is done before parsing.
     *
     * @param text the line with its line end
     * @param line number of the line
     * @param keyword {@code %include} or {@code %ksappend}
     * @param target path or URL; empty if it is missing
     */
    record Include(String text, int line, String keyword, String target) implements KickstartItem {
        /**
         * Checks the components.
         *
         * @param text the line with its line end
         * @param line number of the line
         * @param keyword {@code %include} or {@code %ksappend}
         * @param target path or URL; empty if it is missing
         */
        public Include {
            Objects.requireNonNull(text, "text");
            checkLine(line);
            Objects.requireNonNull(keyword, "keyword");
            Objects.requireNonNull(target, "target");
        }
    }

    /**
     * A line whose first character, white space aside, is {@code #}. Comments {@code #version=} and {@code #platform=}
     * mean something to tools.
     *
     * @param text the line with its line end
     * @param line number of the line
     */
    record Comment(String text, int line) implements KickstartItem {
        /**
         * Checks the components.
         *
         * @param text the line with its line end
         * @param line number of the line
         */
        public Comment {
            Objects.requireNonNull(text, "text");
            checkLine(line);
        }
    }

    /**
     * A line of white space.
     *
     * @param text the line with its line end
     * @param line number of the line
     */
    record Blank(String text, int line) implements KickstartItem {
        /**
         * Checks the components.
         *
         * @param text the line with its line end
         * @param line number of the line
         */
        public Blank {
            Objects.requireNonNull(text, "text");
            checkLine(line);
        }
    }

    private static void checkLine(int line) {
        if (line < 1) {
            throw new IllegalArgumentException("line: " + line + " (expected: from 1)");
        }
    }
}
