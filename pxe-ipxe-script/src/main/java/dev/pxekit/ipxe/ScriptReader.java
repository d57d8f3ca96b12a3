package dev.pxekit.ipxe;

import dev.pxekit.ipxe.Diagnostic.Severity;
import dev.pxekit.ipxe.IpxeCommand.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits a script into lines, lines into commands and commands into words, in one pass. */
final class ScriptReader {

    private final String text;
    private final List<IpxeLine> lines = new ArrayList<>();
    private final List<Diagnostic> diagnostics = new ArrayList<>();

    /** The line at hand without continuations and line end, and where each of its characters stands in the text. */
    private final StringBuilder joined = new StringBuilder();

    private int[] positions = new int[256];
    private int[] lineStarts = new int[64];
    private int lineCount;

    ScriptReader(String text) {
        this.text = text;
    }

    List<IpxeLine> lines() {
        return lines;
    }

    List<Diagnostic> diagnostics() {
        return diagnostics;
    }

    ScriptReader read() {
        indexLines();
        if (!IpxeScript.hasMagic(text)) {
            add(
                    Severity.ERROR,
                    "missing-magic",
                    magicMessage(),
                    span(0, text.indexOf('\n') < 0 ? text.length() : text.indexOf('\n')));
        }
        int start = 0;
        while (start < text.length()) {
            start = readLine(start);
        }
        return this;
    }

    private String magicMessage() {
        if (text.startsWith("\uFEFF")) {
            return "a byte order mark stands before #!ipxe, so iPXE does not take the file for a script: save it without";
        }
        return "the first line is not #!ipxe, so iPXE does not take the file for a script: put #!ipxe at its very start";
    }

    /** Reads one line with its continuations and returns where the next one starts. */
    private int readLine(int start) {
        joined.setLength(0);
        int at = start;
        boolean continued;
        do {
            int lineFeed = text.indexOf('\n', at);
            int end = lineFeed < 0 ? text.length() : lineFeed;
            int contentEnd = end > at && text.charAt(end - 1) == '\r' ? end - 1 : end;
            continued = contentEnd > at && text.charAt(contentEnd - 1) == '\\';
            for (int i = at; i < (continued ? contentEnd - 1 : contentEnd); i++) {
                append(text.charAt(i), i);
            }
            at = lineFeed < 0 ? text.length() : lineFeed + 1;
        } while (continued && at < text.length());
        Span span = span(start, at);
        if (continued) {
            add(
                    Severity.ERROR,
                    "continuation-at-end",
                    "the last line ends in a backslash, so iPXE fails instead of running it: remove the backslash",
                    span);
        }
        lines.add(parseLine(text.substring(start, at), span));
        return at;
    }

    private void append(char c, int position) {
        if (joined.length() == positions.length) {
            positions = java.util.Arrays.copyOf(positions, positions.length * 2);
        }
        positions[joined.length()] = position;
        joined.append(c);
    }

    private IpxeLine parseLine(String lineText, Span span) {
        int end = joined.indexOf("\0");
        if (end >= 0) {
            add(
                    Severity.WARNING,
                    "nul-character",
                    "a NUL character ends the line for iPXE; what follows on the line is not run: remove it",
                    span(positions[end], positions[end] + 1));
        } else {
            end = joined.length();
        }
        int at = skipWhiteSpace(0, end);
        if (at == end) {
            return new IpxeLine.Blank(lineText, span);
        }
        if (joined.charAt(at) == '#') {
            return new IpxeLine.Comment(lineText, span, joined.substring(at, end));
        }
        Optional<String> label = Optional.empty();
        if (joined.charAt(at) == ':') {
            int labelEnd = wordEnd(at, end);
            label = Optional.of(joined.substring(at + 1, labelEnd));
            at = labelEnd;
        }
        List<IpxeCommand> commands = new ArrayList<>();
        Optional<String> comment = parseCommands(at, end, commands);
        if (label.isPresent()) {
            boolean bare = commands.size() == 1 && commands.get(0).isEmpty();
            return new IpxeLine.Label(lineText, span, label.get(), bare ? List.of() : commands, comment);
        }
        return new IpxeLine.Statement(lineText, span, commands, comment);
    }

    private Optional<String> parseCommands(int start, int end, List<IpxeCommand> commands) {
        Operator operator = Operator.FIRST;
        List<IpxeWord> words = new ArrayList<>();
        int at = skipWhiteSpace(start, end);
        while (at < end) {
            int wordEnd = wordEnd(at, end);
            String word = joined.substring(at, wordEnd);
            if (word.charAt(0) == '#') {
                commands.add(command(operator, words, at));
                return Optional.of(joined.substring(at, end));
            }
            Optional<Operator> next = operator(word);
            if (next.isPresent()) {
                commands.add(command(operator, words, at));
                words.clear();
                operator = next.get();
            } else {
                words.add(word(word, at, wordEnd));
            }
            at = skipWhiteSpace(wordEnd, end);
        }
        commands.add(command(operator, words, at));
        return Optional.empty();
    }

    private IpxeWord word(String word, int start, int end) {
        Span span = span(positions[start], positions[end - 1] + 1);
        int open = word.lastIndexOf("${");
        if (open >= 0 && word.indexOf('}', open + 2) < 0) {
            add(
                    Severity.WARNING,
                    "unterminated-expansion",
                    "${ without } in the same word is not expanded: close it, without white space inside",
                    span);
        }
        return new IpxeWord(word, span);
    }

    private IpxeCommand command(Operator operator, List<IpxeWord> words, int at) {
        if (words.isEmpty()) {
            int position = at < joined.length() ? positions[at] : at == 0 ? 0 : positions[at - 1] + 1;
            return new IpxeCommand(operator, List.of(), span(position, position));
        }
        Span first = words.get(0).span();
        Span last = words.get(words.size() - 1).span();
        return new IpxeCommand(operator, words, span(first.offset(), last.offset() + last.length()));
    }

    private static Optional<Operator> operator(String word) {
        return switch (word) {
            case "&&" -> Optional.of(Operator.AND);
            case "||" -> Optional.of(Operator.OR);
            case ";" -> Optional.of(Operator.ALWAYS);
            default -> Optional.empty();
        };
    }

    private int skipWhiteSpace(int at, int end) {
        int i = at;
        while (i < end && IpxeText.isWhiteSpace(joined.charAt(i))) {
            i++;
        }
        return i;
    }

    private int wordEnd(int at, int end) {
        int i = at;
        while (i < end && !IpxeText.isWhiteSpace(joined.charAt(i))) {
            i++;
        }
        return i;
    }

    private void add(Severity severity, String code, String message, Span span) {
        diagnostics.add(new Diagnostic(severity, code, message, span));
    }

    private void indexLines() {
        lineCount = 0;
        int at = 0;
        while (at >= 0) {
            if (lineCount == lineStarts.length) {
                lineStarts = java.util.Arrays.copyOf(lineStarts, lineCount * 2);
            }
            lineStarts[lineCount++] = at;
            int lineFeed = text.indexOf('\n', at);
            at = lineFeed < 0 ? -1 : lineFeed + 1;
        }
    }

    private Span span(int start, int end) {
        int found = java.util.Arrays.binarySearch(lineStarts, 0, lineCount, start);
        int line = found >= 0 ? found : -found - 2;
        return new Span(start, end - start, line + 1, start - lineStarts[line] + 1);
    }
}
