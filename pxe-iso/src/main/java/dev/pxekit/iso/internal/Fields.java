package dev.pxekit.iso.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Numbers and texts of ISO 9660 (ECMA-119 §7). The buffers are little-endian: of numbers recorded in both byte orders the
 * little-endian half counts, as in every reader in use.
 */
final class Fields {

    private Fields() {}

    static int u8(ByteBuffer buffer, int index) {
        return buffer.get(index) & 0xff;
    }

    static int u16(ByteBuffer buffer, int index) {
        return buffer.getShort(index) & 0xffff;
    }

    static long u32(ByteBuffer buffer, int index) {
        return buffer.getInt(index) & 0xffff_ffffL;
    }

    static byte[] bytes(ByteBuffer buffer, int index, int length) {
        byte[] bytes = new byte[length];
        buffer.get(index, bytes);
        return bytes;
    }

    /** Two characters that name a System Use entry. */
    static int signature(char first, char second) {
        return (first << 8) | second;
    }

    /** A padded text of a volume descriptor. */
    static String text(ByteBuffer buffer, int index, int length, Charset charset) {
        String text = new String(bytes(buffer, index, length), charset);
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == 0)) {
            end--;
        }
        return text.substring(0, end);
    }

    /** Names are UTF-8 where they can be, else ISO 8859-1: the format does not say, and writers use what they have. */
    static String name(byte[] bytes) {
        if (isAscii(bytes)) {
            return new String(bytes, StandardCharsets.US_ASCII);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }
}
