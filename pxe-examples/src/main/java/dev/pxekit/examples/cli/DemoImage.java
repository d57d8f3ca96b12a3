package dev.pxekit.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * The small install image that comes with the command line (made by {@code src/main/demo/make-demo-image.sh}), as a file, which lasts
 * until it is closed.
 */
record DemoImage(Path directory, Path file) implements AutoCloseable {

    /** Writes the image into a temporary directory. */
    static DemoImage unpack() throws IOException {
        Path directory = Files.createTempDirectory("pxekit");
        Path file = directory.resolve("demo.iso");
        try (InputStream image =
                Objects.requireNonNull(DemoImage.class.getResourceAsStream("/dev/pxekit/examples/demo.iso"))) {
            // Ctrl-C does not come to close(); the deletions run last to first
            directory.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            Files.copy(image, file);
        }
        return new DemoImage(directory, file);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(directory);
    }
}
