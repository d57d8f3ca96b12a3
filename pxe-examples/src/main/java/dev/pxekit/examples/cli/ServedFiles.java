package dev.pxekit.examples.cli;

import dev.pxekit.iso.IsoFileSystems;
import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a server serves: a directory, or what is in an install image. Closed when nothing is read from it any more. */
final class ServedFiles implements AutoCloseable {

    private final Path root;
    private final String description;
    private final @Nullable FileSystem image;

    private ServedFiles(Path root, String description, @Nullable FileSystem image) {
        this.root = root;
        this.description = description;
        this.image = image;
    }

    /** Opens a directory or an ISO 9660 image. */
    static ServedFiles open(Path path) throws CommandFailure, IOException {
        if (Files.notExists(path)) {
            throw new CommandFailure("no such directory or image: " + path);
        }
        if (!Files.isReadable(path)) {
            throw new CommandFailure("no permission to read " + path);
        }
        if (Files.isDirectory(path)) {
            return new ServedFiles(path, "the directory " + path, null);
        }
        try {
            FileSystem image = IsoFileSystems.open(path);
            return new ServedFiles(image.getPath("/"), "the files in the image " + path, image);
        } catch (IsoFormatException e) {
            throw new CommandFailure(path + " is neither a directory nor an ISO 9660 image: " + e.getMessage(), e);
        }
    }

    /** The directory whose files are served. */
    Path root() {
        return root;
    }

    /** Whether it is an image, which is read only. */
    boolean isImage() {
        return image != null;
    }

    @Override
    public String toString() {
        return description;
    }

    @Override
    public void close() throws IOException {
        if (image != null) {
            image.close();
        }
    }
}
