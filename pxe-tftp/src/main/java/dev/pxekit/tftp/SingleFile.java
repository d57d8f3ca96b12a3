package dev.pxekit.tftp;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** One file in memory, under one name. */
final class SingleFile implements TftpFiles {

    private final String name;
    private final TftpFile file;

    SingleFile(String name, byte[] content) {
        this.name = FileName.ofProgram(name);
        this.file = TftpFile.of(content);
    }

    @Override
    public TftpFile open(TftpRequest request) throws AccessDeniedException, NoSuchFileException {
        if (!FileName.plain(request.fileName()).equals(name)) {
            throw new NoSuchFileException(Printable.of(request.fileName()));
        }
        return file;
    }
}
