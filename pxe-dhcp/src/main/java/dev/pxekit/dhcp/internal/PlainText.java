package dev.pxekit.dhcp.internal;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Prints plain forms as lines for people, which {@link PlainTextParser} reads back. A line is a label, a colon and a value; a
 * value that is too deep for a line follows on lines of its own, indented further. On a line a list is {@code [a, b]} and a map
 * {@code {name: a}}; text stands bare, or in quotes where it would be taken for something else. What follows {@code #} is for
 * people only.
 */
public final class PlainText {

    private static final String INDENT = "  ";

    /** Characters that a text without quotes may have. */
    private static final Pattern BARE =
            Pattern.compile("[\\p{Alnum}_./:@%&?=+*~!$;|<>^'-][\\p{Alnum}_./:@%&?=+*~!$;|<>()^' -]*");

    /** The word before octets in hexadecimal. */
    static final String HEX = "hex";

    private PlainText() {}

    /** Appends a label with its value. */
    public static void print(StringBuilder out, int depth, String label, Object plain) {
        out.append(INDENT.repeat(depth)).append(label).append(label.equals("-") ? "" : ":");
        if (isInline(plain)) {
            appendInline(out.append(' '), plain);
            out.append('\n');
        } else {
            out.append('\n');
            printBlock(out, depth + 1, plain);
        }
    }

    private static void printBlock(StringBuilder out, int depth, Object plain) {
        if (plain instanceof Map<?, ?> map) {
            map.forEach((name, value) -> print(out, depth, name.toString(), value));
        } else {
            for (Object item : (List<?>) plain) {
                if (isOption(item)) {
                    printOption(out, depth, "suboption", (Map<?, ?>) item, "");
                } else {
                    print(out, depth, "-", item);
                }
            }
        }
    }

    /**
     * Appends an option in the form of {@link PlainOptions}.
     *
     * @param kind what the option is, such as {@code option}
     * @param remark for people, or nothing
     */
    public static void printOption(StringBuilder out, int depth, String kind, Map<?, ?> option, String remark) {
        Object name = option.get(PlainOptions.NAME);
        String label = kind + " " + option.get(PlainOptions.CODE) + (name == null ? "" : " (" + name + ")");
        Object value = option.get(PlainOptions.VALUE);
        Object hex = option.get(PlainOptions.HEX);
        if (hex == null && value != null) {
            print(out, depth, label, value);
            return;
        }
        out.append(INDENT.repeat(depth))
                .append(label)
                .append(": ")
                .append(HEX)
                .append(' ')
                .append(hex);
        Object fault = option.get(PlainOptions.FAULT);
        StringBuilder comment = new StringBuilder(remark);
        if (fault != null) {
            comment.append(comment.isEmpty() ? "" : ": ").append(fault);
        } else if (value != null && isInline(value)) {
            appendInline(comment.append(comment.isEmpty() ? "" : ": "), value);
        }
        out.append(comment.isEmpty() ? "" : "  # " + visible(comment)).append('\n');
        if (value != null && !isInline(value)) {
            StringBuilder lines = new StringBuilder();
            printBlock(lines, 0, value);
            lines.toString()
                    .lines()
                    .forEach(line -> out.append(INDENT.repeat(depth + 1))
                            .append("# ")
                            .append(line)
                            .append('\n'));
        }
    }

    private static boolean isOption(Object plain) {
        return plain instanceof Map<?, ?> map && map.containsKey(PlainOptions.CODE);
    }

    private static boolean isInline(Object plain) {
        if (plain instanceof Map<?, ?> map) {
            return !isOption(plain) && map.values().stream().allMatch(PlainText::isInline);
        }
        return !(plain instanceof List<?> list) || list.stream().allMatch(PlainText::isInline);
    }

    private static void appendInline(StringBuilder out, Object plain) {
        if (plain instanceof List<?> list) {
            String separator = "";
            out.append('[');
            for (Object item : list) {
                appendInline(out.append(separator), item);
                separator = ", ";
            }
            out.append(']');
        } else if (plain instanceof Map<?, ?> map) {
            String separator = "";
            out.append('{');
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator).append(entry.getKey()).append(": ");
                appendInline(out, entry.getValue());
                separator = ", ";
            }
            out.append('}');
        } else {
            appendText(out, plain.toString());
        }
    }

    private static void appendText(StringBuilder out, String text) {
        if (BARE.matcher(text).matches() && !text.endsWith(" ") && !isHexWord(text) && !text.contains(": ")) {
            out.append(text);
            return;
        }
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (isInvisible(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    /** A text in which what a terminal would obey stands as an escape. */
    private static String visible(CharSequence text) {
        StringBuilder visible = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            visible.append(isInvisible(c) ? String.format("\\u%04x", (int) c) : c);
        }
        return visible.toString();
    }

    /** Controls, line separators and what turns the direction of text around: a terminal would obey them. */
    private static boolean isInvisible(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    static boolean isHexWord(String text) {
        return text.equals(HEX) || text.startsWith(HEX + " ");
    }
}
