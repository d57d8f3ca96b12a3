package dev.pxekit.tree.internal;

import java.nio.file.PathMatcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Path matchers of the syntaxes {@code glob} and {@code regex}, as {@link java.nio.file.FileSystem} describes them. */
final class Glob {

    private static final String ESCAPED_IN_REGEX = "\\^$.|?*+()[]{}";

    private final String glob;
    private final StringBuilder regex = new StringBuilder();
    private int index;
    private boolean inGroup;

    private Glob(String glob) {
        this.glob = glob;
    }

    static PathMatcher matcher(String syntaxAndPattern, boolean ignoreCase) {
        int colon = syntaxAndPattern.indexOf(':');
        if (colon <= 0) {
            throw new IllegalArgumentException("pattern: " + syntaxAndPattern + " (expected: syntax:pattern)");
        }
        String syntax = syntaxAndPattern.substring(0, colon);
        String pattern = syntaxAndPattern.substring(colon + 1);
        String regex;
        if (syntax.equalsIgnoreCase("glob")) {
            regex = new Glob(pattern).toRegex();
        } else if (syntax.equalsIgnoreCase("regex")) {
            regex = pattern;
        } else {
            throw new UnsupportedOperationException("syntax: " + syntax + " (expected: glob or regex)");
        }
        Pattern compiled = Pattern.compile(regex, ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
        return path -> compiled.matcher(path.toString()).matches();
    }

    private String toRegex() {
        while (index < glob.length()) {
            char c = glob.charAt(index++);
            switch (c) {
                case '\\' -> literal(next("a character after \\"));
                case '*' -> star();
                case '?' -> regex.append("[^/]");
                case '[' -> bracket();
                case '{' -> {
                    if (inGroup) {
                        throw error("groups cannot be nested");
                    }
                    inGroup = true;
                    regex.append("(?:(?:");
                }
                case '}' -> close();
                case ',' -> regex.append(inGroup ? ")|(?:" : ",");
                default -> literal(c);
            }
        }
        if (inGroup) {
            throw error("} is missing");
        }
        return regex.toString();
    }

    private void star() {
        if (index < glob.length() && glob.charAt(index) == '*') {
            index++;
            regex.append(".*");
        } else {
            regex.append("[^/]*");
        }
    }

    private void close() {
        regex.append(inGroup ? "))" : "\\}");
        inGroup = false;
    }

    private void literal(char c) {
        if (ESCAPED_IN_REGEX.indexOf(c) >= 0) {
            regex.append('\\');
        }
        regex.append(c);
    }

    /** Within brackets only {@code !} at the start, {@code -} between two characters and the end are special. */
    private void bracket() {
        regex.append("[[^/]&&[");
        char c = next("]");
        if (c == '!') {
            regex.append('^');
            c = next("]");
        }
        boolean first = true;
        while (first || c != ']') {
            if (c == '/') {
                throw error("/ cannot stand in brackets");
            }
            char end = rangeEnd(c);
            regex.append(quotedInClass(c));
            if (end != c) {
                regex.append('-').append(quotedInClass(end));
            }
            first = false;
            c = next("]");
        }
        regex.append("]]");
    }

    private char rangeEnd(char start) {
        if (index + 1 < glob.length() && glob.charAt(index) == '-' && glob.charAt(index + 1) != ']') {
            char end = glob.charAt(index + 1);
            if (end < start) {
                throw error("range " + start + "-" + end + " runs backwards");
            }
            index += 2;
            return end;
        }
        return start;
    }

    private static String quotedInClass(char c) {
        return Character.isLetterOrDigit(c) || Character.isSurrogate(c) ? String.valueOf(c) : "\\" + c;
    }

    private char next(String expected) {
        if (index >= glob.length()) {
            throw error(expected + " is missing");
        }
        return glob.charAt(index++);
    }

    private PatternSyntaxException error(String what) {
        return new PatternSyntaxException(what, glob, index - 1);
    }
}
