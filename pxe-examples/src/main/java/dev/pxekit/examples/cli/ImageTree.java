package dev.pxekit.examples.cli;

import dev.pxekit.iso.IsoFileSystems;
import dev.pxekit.iso.IsoFormatException;
import dev.pxekit.iso.IsoOptions;
import dev.pxekit.media.Overlay;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The tree in the images of a command line. Closing it closes them. */
final class ImageTree implements AutoCloseable {

    private final List<FileSystem> open = new ArrayList<>();
    private final Path root;

    private ImageTree(List<Path> images, IsoOptions options) throws CommandFailure, IOException {
        try {
            for (Path image : images) {
                open.add(open(image, options));
            }
            this.root = merged(open.stream().map(image -> image.getPath("/")).toList());
        } catch (CommandFailure | IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens images.
     *
     * @param selection which of their trees
     */
    static ImageTree open(List<Path> images, ImageSelection selection) throws CommandFailure, IOException {
        return new ImageTree(images, selection.options());
    }

    private static FileSystem open(Path image, IsoOptions options) throws CommandFailure, IOException {
        if (Files.notExists(image)) {
            throw new CommandFailure("no such image: " + image);
        }
        if (!Files.isRegularFile(image)) {
            throw new CommandFailure(image + " is not a file: give the path of an install image");
        }
        try {
            return IsoFileSystems.open(image, options);
        } catch (IsoFormatException e) {
            throw new CommandFailure(image + " is no image that can be read: " + e.getMessage(), e);
        }
    }

    /** One tree of several; where more than one has a file, the last one counts. */
    private Path merged(List<Path> roots) throws IOException {
        if (roots.size() == 1) {
            return roots.get(0);
        }
        FileSystem overlay = Overlay.of(roots);
        open.add(0, overlay);
        return overlay.getPath("/");
    }

    /** The root of the tree. */
    Path root() {
        return root;
    }

    /** A file or directory of the tree by a path from its root, with or without a leading slash. */
    Path find(String path) throws CommandFailure {
        Path found;
        try {
            found = root.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw new CommandFailure("no such file in the image: " + Printable.of(path), e);
        }
        if (Files.notExists(found, LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandFailure("no such file in the image: " + Printable.of(path));
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        for (FileSystem image : open) {
            image.close();
        }
    }
}
