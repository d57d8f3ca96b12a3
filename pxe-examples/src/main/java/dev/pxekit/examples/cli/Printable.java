package dev.pxekit.examples.cli;

import java.util.Locale;

/** Text off the wire for a terminal: what would steer it, break a line or turn the direction of reading stands as an escape. */
final class Printable {

    private Printable() {}

    /** The text with {@code \}{@code u001b} and the like in place of control, format and line breaking characters. */
    static String of(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isHarmless(text, i)) {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return out.toString();
    }

    /** The text in quotes, which it cannot end by itself. */
    static String quoted(String text) {
        return '"' + of(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
    }

    private static boolean isHarmless(String text, int index) {
        char c = text.charAt(index);
        int point =
                Character.isLowSurrogate(c) && index > 0 ? text.codePointBefore(index + 1) : text.codePointAt(index);
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
