package dev.pxekit.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An entry of the tree that is not in the target, and why. Of a directory it speaks for everything below.
 *
 * @param path the entry, relative to the root of the tree
 * @param kind whether a rule or an error was in the way
 * @param reason what is wrong, in words
 * @param cause the error, if there was one
 */
public record ExtractionProblem(Path path, Kind kind, String reason, Optional<IOException> cause) {

    /** What was in the way. */
    public enum Kind {
        /** A rule of {@link Extractor}: the same entry is refused again in every run. */
        REFUSED,
        /** An error while reading or writing. */
        FAILED
    }

    @Override
    public String toString() {
        return path + ": " + reason;
    }
}
