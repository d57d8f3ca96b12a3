package dev.pxekit.kickstart;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines as the installer, a program in Python, sees them: besides LF, CR and CR LF, a line ends at a vertical tab, a
 * form feed, the separators U+001C to U+001E, U+0085, U+2028 and U+2029.
 */
final class TextLines {

    private TextLines() {}

    /** Splits a text into lines that keep their line ends. */
    static List<String> split(String text) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isLineEnd(text.charAt(i))) {
                if (text.charAt(i) == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n') {
                    i++;
                }
                lines.add(text.substring(start, i + 1));
                start = i + 1;
            }
        }
        if (start < text.length()) {
            lines.add(text.substring(start));
        }
        return lines;
    }

    static String withoutLineEnd(String line) {
        if (line.endsWith("\r\n")) {
            return line.substring(0, line.length() - 2);
        }
        boolean ended = !line.isEmpty() && isLineEnd(line.charAt(line.length() - 1));
        return ended ? line.substring(0, line.length() - 1) : line;
    }

    static boolean isLineEnd(char c) {
        return (c >= '\n' && c <= '\r') || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029;
    }
}
