package dev.pxekit.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Small text files of a tree. */
final class TextFile {

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
}
