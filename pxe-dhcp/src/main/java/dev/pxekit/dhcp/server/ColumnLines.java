package dev.pxekit.dhcp.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The lines of a system file that has columns divided by blanks, empty ones and what follows {@code #} left out. */
final class ColumnLines {

    private ColumnLines() {}

    /**
     * A line.
     *
     * @param file where it stands
     * @param number the first has number 1
     * @param columns at least one
     */
    record Line(Path file, int number, List<String> columns) {

        IOException fault(String what) {
            return new IOException(file + " line " + number + ": " + what);
        }

        IOException fault(String what, Throwable cause) {
            return new IOException(file + " line " + number + ": " + what, cause);
        }
    }

    static List<Line> read(Path file) throws IOException {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        // Names outside of ASCII are passed over, in whatever encoding they are.
        for (String text : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
            number++;
            // Not by a pattern, whose dot ends at an octet 85, half of an Å in UTF-8.
            int comment = text.indexOf('#');
            String content = (comment < 0 ? text : text.substring(0, comment)).strip();
            if (!content.isEmpty()) {
                lines.add(new Line(file, number, List.of(content.split("\\s+"))));
            }
        }
        return lines;
    }
}
