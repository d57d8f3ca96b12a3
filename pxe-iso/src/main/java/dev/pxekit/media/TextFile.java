package dev.pxekit.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Small text files of a tree. */
final class TextFile {
    private static final int MAXIMUM_TITLE = 200;

    private static final int MAXIMUM_LENGTH = 1 << 16;

    private TextFile() {}

    /** The first 64 KiB of a file as UTF-8; empty if it is not there. */
    static Optional<String> read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(MAXIMUM_LENGTH), StandardCharsets.UTF_8));
        }
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
