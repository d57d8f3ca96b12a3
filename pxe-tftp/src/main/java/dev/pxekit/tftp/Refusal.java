package dev.pxekit.tftp;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client is told of an exception that has a meaning of its own. No text of it gets out but that of a
 * {@link TftpErrorException}, as others hold paths.
 */
record Refusal(TftpErrorCode code, String reason) {

    /** The refusal that an exception means; empty if it is trouble of the server's. */
    static Optional<Refusal> of(Exception e) {
        if (e instanceof TftpErrorException error) {
            return Optional.of(new Refusal(error.code(), Printable.of(error.text())));
        } else if (e instanceof NoSuchFileException
                || e instanceof FileNotFoundException
                || e instanceof NotDirectoryException) {
            return Optional.of(new Refusal(TftpErrorCode.FILE_NOT_FOUND, "file not found"));
        } else if (e instanceof AccessDeniedException) {
            return Optional.of(new Refusal(TftpErrorCode.ACCESS_VIOLATION, "access violation"));
        } else if (e instanceof FileAlreadyExistsException) {
            return Optional.of(new Refusal(TftpErrorCode.FILE_EXISTS, "file already exists"));
        }
        return Optional.empty();
    }

    /** The same for what was thrown amid writing; where it means nothing else, it is trouble of the server's. */
    static Refusal ofWriting(Exception e) {
        return of(e).orElseGet(() -> e instanceof IOException && tellsOfFullDisk(String.valueOf(e.getMessage()))
                ? new Refusal(TftpErrorCode.DISK_FULL, TftpErrorCode.DISK_FULL.description())
                : new Refusal(TftpErrorCode.NOT_DEFINED, "cannot write the file"));
    }

    /** Java has no exception for it, only the words of the operating system: of Linux, of others, of quotas, of Windows. */
    private static boolean tellsOfFullDisk(String message) {
        String text = message.toLowerCase(Locale.ROOT);
        return text.contains("no space left")
                || text.contains("quota exceeded")
                || text.contains("file too large")
                || text.contains("not enough space");
    }
}
