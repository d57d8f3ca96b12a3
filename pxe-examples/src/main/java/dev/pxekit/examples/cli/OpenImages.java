package dev.pxekit.examples.cli;

import dev.pxekit.examples.BootImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The images of a command line, opened together and closed together. */
record OpenImages(List<BootImage> images) implements AutoCloseable {

    /** Opens all images or none. */
    static OpenImages open(List<Path> paths) throws IOException {
        OpenImages open = new OpenImages(new ArrayList<>());
        try {
            for (Path path : paths) {
                open.images.add(BootImage.open(path));
            }
            return open;
        } catch (IOException | RuntimeException e) {
            open.close();
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (BootImage image : images) {
            try {
                image.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
