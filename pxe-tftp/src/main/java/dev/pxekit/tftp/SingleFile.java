package dev.pxekit.tftp;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** One file in memory, under one name. */
final class SingleFile implements TftpFiles {

    private final List<String> name;
    private final byte[] content;

    SingleFile(String name, byte[] content) {
        try {
            this.name = FileName.elements(name);
        } catch (AccessDeniedException e) {
            throw new IllegalArgumentException("name: " + e.getMessage() + " (expected: a relative file name)", e);
        }
        this.content = content;
    }

    @Override
    public TftpFile open(TftpRequest request) throws AccessDeniedException, NoSuchFileException {
        if (!FileName.elements(request.fileName()).equals(name)) {
            throw new NoSuchFileException(Printable.of(request.fileName()));
        }
        return TftpFile.of(content);
    }
}
