package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Decides where an uploaded file goes. Called on the server's executor, so it may block; several calls run at once.
 *
 * <pre>{@code
 * TftpUploads uploads = TftpUploads.into(Path.of("/srv/uploads")).upTo(16 << 20);
 * }</pre>
 */
@FunctionalInterface
public interface TftpUploads {

    /**
     * Begins a file for one transfer. What is thrown decides what the client is told, and no message but that of a
     * {@link TftpErrorException} reaches it.
     *
     * @param request who wants to write what; the option {@link TftpOption#TRANSFER_SIZE} is what the client says of the size
     * @return where the content goes; the server closes it
     * @throws AccessDeniedException if it may not be written: ERROR 2
     * @throws NoSuchFileException if there is no place for it: ERROR 1
     * @throws FileAlreadyExistsException if it is there already: ERROR 6
     * @throws TftpErrorException to choose the ERROR
     * @throws IOException for any other trouble: ERROR 0, or 3 where the file system has no room
     */
    TftpUpload open(TftpRequest request) throws IOException;

    /**
     * New files in a directory of any file system, and in those below it; see {@link DirectoryUploads} for what can be changed.
     *
     * @param root the directory; looked up again for each request, so it may be replaced
     * @return uploads to it
     */
    static DirectoryUploads into(Path root) {
        return new DirectoryUploads(root);
    }
}
