package dev.pxekit.media.internal.detection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small text files of a tree. */
final class TextFile {
    private static final int MAXIMUM_TITLE = 200;

    private static final int MAXIMUM_LENGTH = 1 << 16;

    private TextFile() {}

    /** The first 64 KiB of a file: UTF-8, or what its byte order mark says. */
    static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return decode(in.readNBytes(MAXIMUM_LENGTH));
        }
    }

    private static String decode(byte[] bytes) {
        if (bytes.length >= 2 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xfe) {
            return new String(bytes, 2, bytes.length - 2, StandardCharsets.UTF_16LE); // Windows' files
        }
        boolean marked = bytes.length >= 3
                && (bytes[0] & 0xff) == 0xef
                && (bytes[1] & 0xff) == 0xbb
                && (bytes[2] & 0xff) == 0xbf;
        int start = marked ? 3 : 0;
        return new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
    }

    /**
     * A title as it is matched: each run of white space is one blank, and what is longer than any title is cut off, since
     * matching takes time that grows with the square of the length.
     */
    static String title(String line) {
        String collapsed = line.strip().replaceAll("\\s+", " ");
        return collapsed.substring(0, Math.min(collapsed.length(), MAXIMUM_TITLE));
    }
}
