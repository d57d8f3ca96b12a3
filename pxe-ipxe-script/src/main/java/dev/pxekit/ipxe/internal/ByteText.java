package dev.pxekit.ipxe.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Texts that hold one byte a character, and numbers in them. */
final class ByteText {

    private ByteText() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String of(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Takes a text from the outside: its UTF-8 bytes, one a character. */
    static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Gives a text to the outside: decoded as UTF-8 if it is that. */
    static String display(String text) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(text)))
                    .toString();
        } catch (CharacterCodingException e) {
            // Bytes of another character set, or of none: show them one by one.
            return text;
        }
    }

    /**
     * A number in C's notation (sign, {@code 0x}, leading zero for octal), wrapped around at 64 bits, or empty if the
     * text is anything else.
     */
    static OptionalLong number(String text) {
        int at = 0;
        boolean negative = false;
        if (at < text.length() && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            negative = text.charAt(at) == '-';
            at++;
        }
        if (at == text.length()) {
            return OptionalLong.empty();
        }
        int base = 10;
        if (text.charAt(at) == '0') {
            boolean hex = at + 1 < text.length() && Character.toLowerCase(text.charAt(at + 1)) == 'x';
            base = hex ? 16 : 8;
            // A lone "0x" is zero, for iPXE.
            at += hex ? 2 : 0;
        }
        long value = 0;
        for (; at < text.length(); at++) {
            int digit = hexDigit(text.charAt(at));
            if (digit < 0 || digit >= base) {
                return OptionalLong.empty();
            }
            value = value * base + digit;
        }
        return OptionalLong.of(negative ? -value : value);
    }

    /** Value of a hexadecimal digit, or -1. */
    static int hexDigit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }
}
