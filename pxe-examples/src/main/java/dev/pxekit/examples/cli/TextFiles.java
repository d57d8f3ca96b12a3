package dev.pxekit.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that are named on a command line. */
final class TextFiles {

    private static final long MOST_BYTES = 4 << 20;

    private TextFiles() {}

    /** Opens a file for reading. */
    static InputStream open(Path file) throws CommandFailure, IOException {
        if (Files.isDirectory(file)) {
            throw new CommandFailure(file + " is a directory");
        }
        return Files.newInputStream(file);
    }

    /** Reads a file of at most 4 MiB as UTF-8; {@code option} is named in the message of a failure. */
    static String read(String option, Path file) throws CommandFailure, IOException {
        if (Files.isDirectory(file)) {
            throw new CommandFailure(option + ": " + file + " is a directory");
        }
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new CommandFailure(option + ": " + file + " has more than 4 MiB: is it the right file?");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CommandFailure(option + ": no such file: " + file, e);
        } catch (AccessDeniedException e) {
            throw new CommandFailure(option + ": no permission to read " + file, e);
        } catch (CharacterCodingException e) {
            throw new CommandFailure(option + ": " + file + " is not text in UTF-8", e);
        }
    }
}
