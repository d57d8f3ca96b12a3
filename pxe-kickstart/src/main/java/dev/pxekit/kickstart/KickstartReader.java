package dev.pxekit.kickstart;

import dev.pxekit.kickstart.Diagnostic.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a kickstart file line by line. */
final class KickstartReader {

    /** A line of the text with its line end. */
    private record Line(int number, int offset, String text) {

        /** The first word, roughly: enough to tell headers from other lines. */
        String firstWord() {
            int start = 0;
            while (start < text.length() && isBlank(text.charAt(start))) {
                start++;
            }
            int end = start;
            while (end < text.length() && !isBlank(text.charAt(end)) && text.charAt(end) != '#') {
                end++;
            }
            return text.substring(start, end);
        }

        private static boolean isBlank(char c) {
            return c == ' ' || (c >= '\t' && c <= '\r');
        }
    }

    private final SyntaxVersion version;
    private final List<Line> lines = new ArrayList<>();

    /** For each line the next one from it on that ends a section or starts a known one; the number of lines if none. */
    private final int[] boundaries;

    private final List<KickstartItem> items = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    KickstartReader(String text, SyntaxVersion version) {
        this.version = version;
        int offset = 0;
        for (String line : TextLines.split(text)) {
            lines.add(new Line(lines.size() + 1, offset, line));
            offset += line.length();
        }
        boundaries = new int[lines.size() + 1];
        boundaries[lines.size()] = lines.size();
        for (int i = lines.size() - 1; i >= 0; i--) {
            String word = lines.get(i).firstWord();
            boundaries[i] = word.equals(SectionNames.END) || SectionNames.isKnown(word) ? i : boundaries[i + 1];
        }
    }

    List<KickstartItem> items() {
        return items;
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    KickstartReader read() {
        int at = 0;
        while (at < lines.size()) {
            at = readItem(at);
        }
        return this;
    }

    /** Reads an item and returns the index of the line after it. */
    private int readItem(int index) {
        Line line = lines.get(index);
        String stripped = line.text().strip();
        if (stripped.isEmpty()) {
            items.add(new KickstartItem.Blank(line.text(), line.number()));
        } else if (stripped.startsWith("#")) {
            items.add(new KickstartItem.Comment(line.text(), line.number()));
        } else {
            ShellWords words = words(line);
            if (words.words().isEmpty()) {
                // Nothing but an unclosed quote or a backslash.
                items.add(new KickstartCommand(line.text(), line.number(), line.firstWord(), List.of()));
            } else if (SectionNames.isInclude(words.words().get(0))) {
                readInclude(line, words.words());
            } else if (words.words().get(0).startsWith("%")) {
                return readSection(index, words.words());
            } else {
                readCommand(line, words.words());
            }
        }
        return index + 1;
    }

    private ShellWords words(Line line) {
        ShellWords words = ShellWords.split(line.text());
        words.problem().ifPresent(problem -> {
            switch (problem) {
                case UNCLOSED_QUOTE ->
                    add(
                            Severity.ERROR,
                            "unclosed-quote",
                            "a quote is not closed on its line: close or escape it",
                            line);
                case DANGLING_ESCAPE ->
                    add(Severity.ERROR, "dangling-escape", "the file ends after a backslash: remove it", line);
                case TRAILING_BACKSLASH ->
                    add(
                            Severity.WARNING,
                            "trailing-backslash",
                            "a backslash does not join lines in a kickstart file: write the command on one line",
                            line);
            }
        });
        return words;
    }

    private void readInclude(Line line, List<String> words) {
        String target = words.size() > 1 ? words.get(1) : "";
        if (target.isEmpty()) {
            add(
                    Severity.ERROR,
                    "include-without-path",
                    words.get(0) + " needs the path of a file, such as %include /tmp/disks.ks",
                    line);
        }
        items.add(new KickstartItem.Include(line.text(), line.number(), words.get(0), target));
    }

    private void readCommand(Line line, List<String> words) {
        String name = words.get(0);
        if (CommandTable.status(name, version) == CommandTable.Status.ABSENT) {
            String hint = CommandTable.whereElse(name, version)
                    .map(text -> ": " + text)
                    .orElse(": check its spelling");
            add(Severity.ERROR, "unknown-command", "no command " + name + " in " + version + hint, line);
        }
        items.add(new KickstartCommand(line.text(), line.number(), name, words.subList(1, words.size())));
    }

    private int readSection(int index, List<String> words) {
        Line header = lines.get(index);
        String name = words.get(0);
        boolean known = SectionNames.isKnown(name);
        int end = boundaries[index + 1];
        boolean closed = end < lines.size() && lines.get(end).firstWord().equals(SectionNames.END);
        if (!known) {
            String hint = name.equals(SectionNames.END)
                    ? "%end without a section before it: remove it"
                    : "no section " + name + " in a kickstart file: check its spelling";
            add(Severity.ERROR, "unknown-section", hint, header);
            if (!closed || name.equals(SectionNames.END)) {
                // Perhaps not meant as a section at all: what follows is read as usual.
                end = index + 1;
                closed = false;
            }
        } else if (!closed && SectionNames.needsEnd(version)) {
            Line where = lines.get(Math.min(end, lines.size() - 1));
            add(
                    Severity.ERROR,
                    "section-not-closed",
                    "the section " + name + " of line " + header.number() + " is not closed: put %end before this",
                    where);
        }
        int next = closed ? end + 1 : end;
        StringBuilder text = new StringBuilder();
        lines.subList(index, next).forEach(line -> text.append(line.text()));
        List<String> body = lines.subList(index + 1, end).stream()
                .map(line -> TextLines.withoutLineEnd(line.text()))
                .toList();
        items.add(new Section(text.toString(), header.number(), name, words.subList(1, words.size()), body, closed));
        return next;
    }

    private void add(Severity severity, String code, String message, Line line) {
        diagnostics.add(diagnostic(severity, code, message, line.number(), line.offset(), line.text()));
    }

    /** A diagnostic about a line, without the white space around it. */
    static Diagnostic diagnostic(
            Severity severity, String code, String message, int number, int offset, String lineText) {
        int indent = lineText.length() - lineText.stripLeading().length();
        int length = lineText.strip().length();
        int start = length == 0 ? 0 : indent;
        return new Diagnostic(severity, code, message, new Span(offset + start, length, number, start + 1));
    }

    /** The version that a {@code #version=} comment names. */
    static Optional<SyntaxVersion> declaredVersion(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("#version="))
                .map(line -> line.substring("#version=".length()))
                .flatMap(name -> SyntaxVersion.find(name).stream())
                .findFirst();
    }
}
