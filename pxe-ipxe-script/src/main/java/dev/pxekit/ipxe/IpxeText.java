package dev.pxekit.ipxe;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be written so that iPXE reads it as meant. The language has no quoting, so a few texts cannot be written at
 * all; they are refused with a message that names the reason.
 */
final class IpxeText {

    /** iPXE parses no more positional arguments than this. */
    static final int MAX_ARGUMENTS = 255;

    private IpxeText() {}

    /** White space as C's {@code isspace}: a no-break space is not. */
    static boolean isWhiteSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Checks a text that must stay one word. */
    static String word(String what, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty: iPXE has no way to write an empty word");
        }
        for (int i = 0; i < text.length(); i++) {
            if (isWhiteSpace(text.charAt(i)) || text.charAt(i) == 0) {
                throw new IllegalArgumentException(what + ": \"" + text + "\" holds white space at " + i
                        + ": iPXE would split it, since it has no quoting; keep it in a setting or percent-encode it");
            }
        }
        if (text.startsWith("#")) {
            throw new IllegalArgumentException(what + ": \"" + text + "\" would start a comment");
        }
        if (text.equals("&&") || text.equals("||") || text.equals(";")) {
            throw new IllegalArgumentException(what + ": \"" + text + "\" would be read as an operator");
        }
        if (hasOpenExpansion(text)) {
            throw new IllegalArgumentException(
                    what + ": \"" + text
                            + "\" has ${ without } in the same word, so iPXE would not expand it: close it, without white space inside");
        }
        return text;
    }

    /** Tells whether a word opens more expansions than it closes. */
    private static boolean hasOpenExpansion(String word) {
        int depth = 0;
        for (int i = 0; i < word.length(); i++) {
            if (word.startsWith("${", i)) {
                depth++;
            } else if (word.charAt(i) == '}' && depth > 0) {
                depth--;
            }
        }
        return depth > 0;
    }

    /** Splits a text that iPXE puts together again with single spaces. */
    static List<String> words(String what, String text) {
        List<String> words = new ArrayList<>();
        int start = 0;
        while (start <= text.length() && !text.isEmpty()) {
            int space = text.indexOf(' ', start);
            int end = space < 0 ? text.length() : space;
            if (start == end) {
                throw new IllegalArgumentException(
                        what + ": \"" + text
                                + "\" starts or ends with a space or has two in a row: iPXE keeps only single spaces between words");
            }
            words.add(word(what, text.substring(start, end)));
            start = end + 1;
        }
        return words;
    }

    /** Checks the words of a whole command and puts them together. */
    static String command(List<String> words) {
        if (words.size() - 1 > MAX_ARGUMENTS) {
            throw new IllegalArgumentException(words.get(0) + ": " + (words.size() - 1)
                    + " arguments (expected: at most " + MAX_ARGUMENTS + ", the most that iPXE takes)");
        }
        String command = String.join(" ", words);
        if (command.endsWith("\\")) {
            throw new IllegalArgumentException(
                    "\"" + command + "\" ends in a backslash, which would join the next line to it");
        }
        return command;
    }

    /** Decodes as UTF-8 where that loses nothing, else one character a byte. */
    static Charset charsetOf(byte[] bytes) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException e) {
            // Not an error: a script is bytes, and old ones are in ISO 8859-1.
            return StandardCharsets.ISO_8859_1;
        }
    }
}
