package dev.pxekit.examples.cli;

import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pxekit cat}: puts files of an image on standard output. */
@Command(
        name = "cat",
        description = "Puts the content of files of an image on standard output, one after the other.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class CatCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "IMAGE", description = "An install image.")
    private Path image = Path.of("");

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "PATH", description = "Files of the image.")
    private List<String> paths = new ArrayList<>();

    @Mixin
    private OverOption over = new OverOption();

    @Mixin
    private ImageSelection selection = new ImageSelection();

    @Override
    public Integer call() throws CommandFailure, IOException {
        try (ImageTree tree = ImageTree.open(over.over(image), selection)) {
            List<Path> files = new ArrayList<>();
            for (String path : paths) {
                files.add(file(tree, path));
            }
            // System.out would swallow the failure of a pipe that is closed.
            try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
                for (Path file : files) {
                    send(file, out);
                }
            }
        }
        return 0;
    }

    private static Path file(ImageTree tree, String path) throws CommandFailure {
        Path file = tree.find(path);
        if (Files.isDirectory(file)) {
            throw new CommandFailure(Printable.of(path) + " is a directory");
        }
        return file;
    }

    private static void send(Path file, FileOutputStream out) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            if (channel instanceof FileChannel source) {
                send(source, out.getChannel());
                return;
            }
        }
        Files.copy(file, (OutputStream) out);
    }

    private static void send(FileChannel source, FileChannel out) throws IOException {
        long position = 0;
        while (position < source.size()) {
            long count = source.transferTo(position, source.size() - position, out);
            if (count <= 0) {
                throw new EOFException("the image ends early: " + position + " bytes of " + source.size());
            }
            position += count;
        }
    }
}
