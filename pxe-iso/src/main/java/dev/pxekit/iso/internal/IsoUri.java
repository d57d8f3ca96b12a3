package dev.pxekit.iso.internal;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * {@code iso:<URI of the image>!/path/in/it}. The path is percent-encoded UTF-8, a {@code !} in it too, so that the last
 * {@code !/} always is the border and images in images can be told apart. A surrogate without its other half, which Joliet
 * and UDF names may hold, is written as the three bytes that UTF-8 would have for its number.
 *
 * @param image the URI of the image
 * @param path the decoded absolute path
 */
record IsoUri(URI image, String path) {

    static final String SCHEME = "iso";

    private static final String UNRESERVED = "-._~/";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    static IsoUri parse(URI uri) {
        String text = uri.toString();
        if (!SCHEME.equalsIgnoreCase(uri.getScheme())) {
            throw new IllegalArgumentException("URI: " + uri + " (expected: the scheme " + SCHEME + ")");
        }
        String rest = text.substring(SCHEME.length() + 1);
        int border = rest.lastIndexOf("!/");
        String image = border < 0 ? rest : rest.substring(0, border);
        return new IsoUri(URI.create(image), border < 0 ? "/" : decode(rest.substring(border + 1)));
    }

    URI toUri() {
        return URI.create(SCHEME + ":" + image + "!" + encode(path));
    }

    static String encode(String path) {
        StringBuilder encoded = new StringBuilder();
        path.codePoints().forEach(character -> {
            if (character < 0x80 && (Character.isLetterOrDigit(character) || UNRESERVED.indexOf(character) >= 0)) {
                encoded.append((char) character);
            } else {
                for (byte each : utf8(character)) {
                    encoded.append('%').append(HEX.toHexDigits(each));
                }
            }
        });
        return encoded.toString();
    }

    private static byte[] utf8(int character) {
        return Character.getType(character) == Character.SURROGATE
                ? new byte[] {
                    (byte) (0xe0 | (character >> 12)),
                    (byte) (0x80 | ((character >> 6) & 0x3f)),
                    (byte) (0x80 | (character & 0x3f))
                }
                : Character.toString(character).getBytes(StandardCharsets.UTF_8);
    }

    private static String decode(String path) {
        ByteArrayOutputStream decoded = new ByteArrayOutputStream();
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '%' && i + 2 < bytes.length) { // URI itself has checked the two digits
                decoded.write(Character.digit(bytes[i + 1], 16) << 4 | Character.digit(bytes[i + 2], 16));
                i += 2;
            } else {
                decoded.write(bytes[i]);
            }
        }
        return text(decoded.toByteArray());
    }

    /** Decodes UTF-8, and the surrogates by themselves between it, which its decoder would replace. */
    private static String text(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        int start = 0;
        for (int i = 0; i + 2 < bytes.length; i++) {
            if (bytes[i] == (byte) 0xed && (bytes[i + 1] & 0xe0) == 0xa0 && (bytes[i + 2] & 0xc0) == 0x80) {
                text.append(new String(bytes, start, i - start, StandardCharsets.UTF_8));
                text.append((char) (0xd000 | ((bytes[i + 1] & 0x3f) << 6) | (bytes[i + 2] & 0x3f)));
                start = i + 3;
            }
        }
        return text.append(new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8))
                .toString();
    }
}
