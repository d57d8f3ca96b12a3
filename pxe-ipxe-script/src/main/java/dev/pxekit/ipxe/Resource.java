package dev.pxekit.ipxe;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Something that a simulated script downloads. Its bytes are read only as far as the simulation needs them. */
public interface Resource {

    /** {@return the number of bytes} */
    long sizeInBytes();

    /**
     * Opens the bytes; the caller closes the stream. May be called more than once.
     *
     * @return the bytes from the first on
     * @throws IOException if they cannot be read
     */
    InputStream open() throws IOException;

    /**
     * {@return a resource that has a copy of these bytes}
     *
     * @param bytes the bytes
     */
    static Resource of(byte[] bytes) {
        byte[] copy = bytes.clone();
        return new Resource() {
            @Override
            public long sizeInBytes() {
                return copy.length;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(copy);
            }
        };
    }

    /**
     * {@return a resource that has the bytes of a text in UTF-8}
     *
     * @param text the text
     */
    static Resource of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * {@return a resource that has the bytes of a file, of any file system}
     *
     * @param file the file
     * @throws IOException if the size of the file cannot be read
     */
    static Resource of(Path file) throws IOException {
        long size = Files.size(file);
        return new Resource() {
            @Override
            public long sizeInBytes() {
                return size;
            }

            @Override
            public InputStream open() throws IOException {
                return Files.newInputStream(file);
            }
        };
    }
}
