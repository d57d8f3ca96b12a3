package dev.pxekit.kickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Words of a line by the rules of a POSIX shell, without expansions: single quotes are literal, in double quotes a
 * backslash escapes a double quote or itself, elsewhere it escapes the next character, and {@code #} outside quotes
 * starts a comment, even inside a word.
 *
 * @param words the words, quotes removed; all up to the problem if there is one
 * @param problem what is wrong with the line
 */
record ShellWords(List<String> words, Optional<Problem> problem) {

    /** What can be wrong with a line. */
    enum Problem {
        UNCLOSED_QUOTE,
        DANGLING_ESCAPE,
        /** A backslash before the line end: no error, but it continues nothing. */
        TRAILING_BACKSLASH
    }

    /** Splits a line, which may have its line end. */
    static ShellWords split(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        Optional<Problem> problem = Optional.empty();
        int at = 0;
        while (at < line.length()) {
            char c = line.charAt(at++);
            if (c == '#') {
                break;
            }
            if (isBlank(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else if (c == '\\') {
                if (at == line.length()) {
                    problem = Optional.of(Problem.DANGLING_ESCAPE);
                } else if (TextLines.isLineEnd(line.charAt(at))) {
                    problem = Optional.of(Problem.TRAILING_BACKSLASH);
                } else {
                    word.append(line.charAt(at++));
                    inWord = true;
                }
            } else if (c == '\'' || c == '"') {
                int end = closingQuote(line, at, c);
                if (end < 0) {
                    problem = Optional.of(Problem.UNCLOSED_QUOTE);
                    break;
                }
                word.append(c == '"' ? unescape(line.substring(at, end)) : line.substring(at, end));
                inWord = true;
                at = end + 1;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return new ShellWords(List.copyOf(words), problem);
    }

    private static int closingQuote(String line, int from, char quote) {
        for (int i = from; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == quote) {
                return i;
            }
            if (c == '\\' && quote == '"') {
                i++;
            }
        }
        return -1;
    }

    private static String unescape(String quoted) {
        StringBuilder text = new StringBuilder(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            boolean escapes = c == '\\'
                    && i + 1 < quoted.length()
                    && (quoted.charAt(i + 1) == '"' || quoted.charAt(i + 1) == '\\');
            text.append(escapes ? quoted.charAt(++i) : c);
        }
        return text.toString();
    }

    /** Writes a word so that it is read back as it is. Of {@code --option=value} only the value is quoted. */
    static String quote(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (TextLines.isLineEnd(c) || c == 0) {
                throw new IllegalArgumentException(
                        "a word holds a line end or a NUL at " + i + ": a kickstart command is one line");
            }
        }
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        if (equals > 0 && isPlain(word.substring(0, equals))) {
            String value = word.substring(equals + 1);
            return word.substring(0, equals + 1) + (value.isEmpty() || isPlain(value) ? value : quoted(value));
        }
        return isPlain(word) ? word : quoted(word);
    }

    private static boolean isPlain(String word) {
        return !word.isEmpty() && word.chars().noneMatch(c -> isBlank((char) c) || "'\"\\#".indexOf(c) >= 0);
    }

    private static String quoted(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || TextLines.isLineEnd(c);
    }
}
