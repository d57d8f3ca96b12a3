package dev.pxekit.kickstart;

import java.util.List;
import java.util.Objects;

/**
 * A section: a header line, lines that the header's kind says how to read, and {@code %end}.
 *
 * @param text all of it, with line ends
 * @param line number of the header line, counted from 1
 * @param name such as {@code %post}
 * @param arguments words of the header after the name, quotes removed
 * @param body the lines between header and end, as they are, without line ends
 * @param closed whether there is an {@code %end}
 */
public record Section(String text, int line, String name, List<String> arguments, List<String> body, boolean closed)
        implements KickstartItem {

    /**
     * Checks the components.
     *
     * @param text all of it, with line ends
     * @param line number of the header line, counted from 1
     * @param name such as {@code %post}
     * @param arguments words of the header after the name, quotes removed
     * @param body the lines between header and end, as they are, without line ends
     * @param closed whether there is an {@code %end}
     */
    public Section {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(name, "name");
        arguments = List.copyOf(arguments);
        body = List.copyOf(body);
        if (line < 1) {
            throw new IllegalArgumentException("line: " + line + " (expected: from 1)");
        }
    }
}
