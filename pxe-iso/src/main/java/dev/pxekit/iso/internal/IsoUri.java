package dev.pxekit.iso.internal;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * {@code iso:<URI of the image>!/path/in/it}. The path is percent-encoded UTF-8, a {@code !} in it too, so that the last
 * {@code !/} always is the border and images in images can be told apart.
 *
 * @param image the URI of the image
 * @param path the decoded absolute path
 */
record IsoUri(URI image, String path) {

    static final String SCHEME = "iso";

    private static final String UNRESERVED = "-._~/";

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
        for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0)) {
                encoded.append(c);
            } else {
                encoded.append('%')
                        .append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return encoded.toString();
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
        return decoded.toString(StandardCharsets.UTF_8);
    }
}
