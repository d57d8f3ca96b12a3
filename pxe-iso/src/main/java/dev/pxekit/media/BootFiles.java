package dev.pxekit.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A kernel and its initrds, both of which are there. */
record BootFiles(Path kernel, List<Path> initrds) {

    /** The files if both are regular files within the tree. */
    static Optional<BootFiles> find(Path root, String kernel, String initrd) {
        return file(root, kernel).flatMap(k -> file(root, initrd).map(i -> new BootFiles(k, List.of(i))));
    }

    /** The first pair of a kernel and an initrd in a directory. */
    static Optional<BootFiles> find(Path root, String directory, List<String> kernels, List<String> initrds) {
        return kernels.stream()
                .flatMap(kernel -> initrds.stream().flatMap(initrd -> stream(root, directory, kernel, initrd)))
                .findFirst();
    }

    private static Stream<BootFiles> stream(Path root, String directory, String kernel, String initrd) {
        return find(root, directory + "/" + kernel, directory + "/" + initrd).stream();
    }

    /** The file below the root, by the path that was checked: without dots and symbolic links. */
    private static Optional<Path> file(Path root, String name) {
        try {
            Path start = root.toRealPath();
            Path file = start.resolve(name).toRealPath();
            return file.startsWith(start) && Files.isRegularFile(file)
                    ? Optional.of(root.resolve(start.relativize(file)))
                    : Optional.empty();
        } catch (InvalidPathException | IOException e) {
            return Optional.empty(); // the name comes out of a file of the tree; there may be no such file
        }
    }
}
