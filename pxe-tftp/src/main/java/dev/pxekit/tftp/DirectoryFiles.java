package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The regular files under a directory, and nothing outside it. */
final class DirectoryFiles implements TftpFiles {

    private final Path root;

    DirectoryFiles(Path root) {
        this.root = root;
    }

    @Override
    public TftpFile open(TftpRequest request) throws IOException {
        String name = request.fileName();
        Path path = resolve(name);
        Path realRoot = root.toRealPath();
        Path real = realPath(path, name);
        if (!real.startsWith(realRoot)) {
            throw new AccessDeniedException(Printable.of(name), null, "leads outside the root");
        }
        if (!Files.isRegularFile(real)) {
            throw new NoSuchFileException(Printable.of(name), null, "not a regular file");
        }
        return open(real);
    }

    private Path resolve(String name) throws IOException {
        Path path = root;
        for (String element : FileName.elements(name)) {
            try {
                path = path.resolve(element);
            } catch (InvalidPathException e) {
                AccessDeniedException refused =
                        new AccessDeniedException(Printable.of(name), null, "not a name of this file system");
                refused.initCause(e);
                throw refused;
            }
        }
        return path;
    }

    private static Path realPath(Path path, String name) throws IOException {
        try {
            return path.toRealPath();
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            // A name through a regular file, longer than the file system takes, or a loop of links.
            NoSuchFileException absent = new NoSuchFileException(Printable.of(name), null, e.getReason());
            absent.initCause(e);
            throw absent;
        }
    }

    private static TftpFile open(Path real) throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(real, StandardOpenOption.READ);
        try {
            return TftpFile.of(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }
}
