package dev.pxekit.examples.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text forms of several messages one after the other: each begins with its title or after a line {@code ---}. */
final class TextSections {

    private static final Pattern SEPARATOR = Pattern.compile("\\s*-{3,}\\s*");
    private static final Pattern NUMBERED = Pattern.compile("line (\\d+): (.*)", Pattern.DOTALL);

    /** More than any message has, even with an option for each of its octets. */
    private static final int MOST_CHARACTERS = 16 << 20;

    private final BufferedReader lines;
    private int number;

    /** A title that ended the section before. */
    private @Nullable String pending;

    TextSections(BufferedReader lines) {
        this.lines = lines;
    }

    /** Whether a line stands between packets. */
    static boolean isSeparator(String line) {
        return SEPARATOR.matcher(line).matches();
    }

    /** The next message; empty at the end. Sections of remarks alone are passed over. */
    Optional<DecodedMessage> next(int family) throws CommandFailure, IOException {
        StringBuilder section = new StringBuilder();
        int before = pending == null ? number : number - 1;
        boolean content = pending != null;
        if (pending != null) {
            section.append(pending).append('\n');
            pending = null;
        }
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            boolean title = DecodedMessage.isTitle(line);
            if (content && title) {
                pending = line;
                return Optional.of(parse(section.toString(), before, family));
            }
            if (!isSeparator(line)) {
                boolean remark = line.isBlank() || line.strip().startsWith("#");
                section.append(remark ? "" : line).append('\n');
                content |= !remark;
            } else if (content) {
                return Optional.of(parse(section.toString(), before, family));
            } else {
                section.setLength(0);
                before = number;
            }
            if (section.length() > MOST_CHARACTERS) {
                throw new CommandFailure("line " + number + ": the text of one packet has more than 16 Mi characters");
            }
        }
        return content ? Optional.of(parse(section.toString(), before, family)) : Optional.empty();
    }

    /** Reads one section; faults are told by the line's number in all of the text. */
    private static DecodedMessage parse(String section, int before, int family) throws CommandFailure {
        try {
            return DecodedMessage.parse(section, family);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            Matcher numbered = NUMBERED.matcher(message);
            String placed = numbered.matches()
                    ? "line " + (before + Integer.parseInt(numbered.group(1))) + ": " + numbered.group(2)
                    : "the packet from line " + (before + 1) + " on: " + message;
            throw new CommandFailure(Printable.of(placed), e);
        }
    }
}
