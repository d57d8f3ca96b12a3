package dev.pxekit.dhcp.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines that {@link PlainText} prints, or that people write. */
public final class PlainTextParser {

    private static final Pattern OPTION = Pattern.compile("(?:sub)?option ([0-9]{1,5})(?: \\(.*\\))?");

    /** Lines below lines, and brackets in brackets. */
    private static final int DEEPEST = 64;

    private PlainTextParser() {}

    /** One line with what stands below it. */
    public record Entry(String label, Object value, int line) {

        /** The value as a text that stands alone. */
        public String text() {
            if (value instanceof List || value instanceof Map || value instanceof Block) {
                throw fault("one value");
            }
            return value.toString();
        }

        /** The entries below this one. */
        public List<Entry> children() {
            if (value instanceof Block block) {
                return block.entries;
            }
            if (value.equals("")) {
                return List.of();
            }
            throw fault("indented lines");
        }

        /** The code of an option, or -1. */
        public int optionCode() {
            Matcher option = OPTION.matcher(label);
            return option.matches() ? Integer.parseInt(option.group(1)) : -1;
        }

        /** The value as a plain form. */
        public Object plain() {
            return value instanceof Block block ? block.plain() : value;
        }

        /** The plain form of this as an option: its code with its value or octets. */
        public Map<String, Object> option() {
            Map<String, Object> option = new LinkedHashMap<>();
            option.put(PlainOptions.CODE, optionCode());
            if (value instanceof Octets octets) {
                option.put(PlainOptions.HEX, octets.hex);
            } else {
                option.put(PlainOptions.VALUE, plain());
            }
            return option;
        }

        /** The exception with this line's number before its message, unless it has one. */
        public IllegalArgumentException fault(IllegalArgumentException cause) {
            String message = String.valueOf(cause.getMessage());
            return message.startsWith("line ")
                    ? cause
                    : new IllegalArgumentException("line " + line + ": " + message, cause);
        }

        /** An exception that says on which line something else was expected. */
        public IllegalArgumentException fault(String expected) {
            return new IllegalArgumentException("line " + line + ": " + label + " (expected: " + expected + ")");
        }
    }

    /** Octets in hexadecimal, as they stand after the word hex. */
    public record Octets(String hex) {

        @Override
        public String toString() {
            return hex;
        }
    }

    private record Block(List<Entry> entries) {

        private Object plain() {
            if (entries.stream().allMatch(entry -> entry.label.equals("-"))) {
                return entries.stream().map(Entry::plain).toList();
            }
            if (entries.stream().allMatch(entry -> entry.optionCode() >= 0)) {
                return entries.stream().map(Entry::option).toList();
            }
            Map<String, Object> map = new LinkedHashMap<>();
            entries.forEach(entry -> map.put(entry.label, entry.plain()));
            return map;
        }
    }

    /**
     * Reads lines.
     *
     * @throws IllegalArgumentException if they are not in this form; the message has the line
     */
    public static List<Entry> parse(String text) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        // Some editors begin a file with a byte order mark.
        String marked = text.startsWith("\ufeff") ? text.substring(1) : text;
        for (String line : marked.lines().toList()) {
            number++;
            String content = line.strip();
            if (!content.isEmpty() && !content.startsWith("#")) {
                lines.add(new Line(line.indexOf(content.charAt(0)), content, number));
            }
        }
        List<Entry> entries = new ArrayList<>();
        int next = 0;
        while (next < lines.size()) {
            next = parseEntry(lines, next, entries, 0);
        }
        return entries;
    }

    private record Line(int indent, String content, int number) {

        private IllegalArgumentException fault(String what) {
            return new IllegalArgumentException("line " + number + ": " + what + ": " + content);
        }
    }

    /** Reads one entry and what is below it; returns the line after it. */
    private static int parseEntry(List<Line> lines, int first, List<Entry> entries, int depth) {
        Line line = lines.get(first);
        if (depth > DEEPEST) {
            throw line.fault("indented more than " + DEEPEST + " times");
        }
        boolean item = line.content.equals("-") || line.content.startsWith("- ");
        int colon = item ? 0 : colon(line.content);
        String label = item ? "-" : colon < 0 ? withoutRemark(line.content) : line.content.substring(0, colon);
        String rest = colon < 0 ? "" : line.content.substring(colon + 1).strip();
        int next = first + 1;
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            entries.add(new Entry(label, new Inline(line, rest).parse(), line.number));
            return next;
        }
        List<Entry> children = new ArrayList<>();
        while (next < lines.size() && lines.get(next).indent > line.indent) {
            next = parseEntry(lines, next, children, depth + 1);
        }
        entries.add(new Entry(label, children.isEmpty() ? "" : new Block(List.copyOf(children)), line.number));
        return next;
    }

    private static String withoutRemark(String content) {
        int remark = content.indexOf(" #");
        return remark < 0 ? content : content.substring(0, remark).strip();
    }

    /** The colon after a label, which may have a name in brackets; -1 for none. */
    private static int colon(String content) {
        int remark = content.indexOf(" #");
        int colon = content.indexOf(':');
        return colon < 0 || (remark >= 0 && remark < colon) ? -1 : colon;
    }

    /** A value on one line. */
    private static final class Inline {

        private final Line line;
        private final String text;
        private int position;

        private Inline(Line line, String text) {
            this.line = line;
            this.text = text;
        }

        private Object parse() {
            if (PlainText.isHexWord(text) || text.startsWith(PlainText.HEX + "#")) {
                String octets = text.substring(PlainText.HEX.length());
                int remark = octets.indexOf('#');
                return new Octets((remark < 0 ? octets : octets.substring(0, remark)).replaceAll("[\\s:]", ""));
            }
            Object value = value("", 0);
            skipSpace();
            if (position < text.length() && text.charAt(position) != '#') {
                throw line.fault("nothing more expected after the value");
            }
            return value;
        }

        private Object value(String ends, int depth) {
            skipSpace();
            if (depth > DEEPEST) {
                throw line.fault("more than " + DEEPEST + " brackets");
            }
            char c = position < text.length() ? text.charAt(position) : 0;
            return switch (c) {
                case '[' -> list(depth);
                case '{' -> map(depth);
                case '"' -> quoted();
                default -> bare(ends);
            };
        }

        private List<Object> list(int depth) {
            List<Object> items = new ArrayList<>();
            position++;
            while (!isNext(']')) {
                items.add(value(",]", depth + 1));
                separator(']');
            }
            return items;
        }

        private Map<String, Object> map(int depth) {
            Map<String, Object> map = new LinkedHashMap<>();
            position++;
            while (!isNext('}')) {
                String name = bare(":,}");
                if (position >= text.length() || text.charAt(position) != ':') {
                    throw line.fault("name and colon expected in {}");
                }
                position++;
                map.put(name, value(",}", depth + 1));
                separator('}');
            }
            return map;
        }

        /** Goes over a closing bracket, or stays. */
        private boolean isNext(char close) {
            skipSpace();
            if (position < text.length() && text.charAt(position) == close) {
                position++;
                return true;
            }
            if (position >= text.length()) {
                throw line.fault("no closing " + close);
            }
            return false;
        }

        private void separator(char close) {
            skipSpace();
            if (position < text.length() && text.charAt(position) == ',') {
                position++;
            } else if (position >= text.length() || text.charAt(position) != close) {
                throw line.fault("comma or " + close + " expected");
            }
        }

        private String quoted() {
            StringBuilder value = new StringBuilder();
            position++;
            while (position < text.length() && text.charAt(position) != '"') {
                char c = text.charAt(position++);
                value.append(c == '\\' ? escaped() : c);
            }
            if (position >= text.length()) {
                throw line.fault("no closing quote");
            }
            position++;
            return value.toString();
        }

        private char escaped() {
            if (position < text.length() && text.charAt(position) != 'u') {
                return text.charAt(position++);
            }
            if (position + 5 > text.length()) {
                throw line.fault("four digits expected after \\u");
            }
            position += 5;
            try {
                return (char) Integer.parseInt(text.substring(position - 4, position), 16);
            } catch (NumberFormatException e) {
                throw line.fault("four digits expected after \\u");
            }
        }

        private String bare(String ends) {
            skipSpace();
            int start = position;
            while (position < text.length()
                    && ends.indexOf(text.charAt(position)) < 0
                    && !text.startsWith(" #", position)) {
                position++;
            }
            return text.substring(start, position).strip();
        }

        private void skipSpace() {
            while (position < text.length() && text.charAt(position) == ' ') {
                position++;
            }
        }
    }
}
