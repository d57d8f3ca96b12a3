package dev.pxekit.media.internal.detection;

import dev.pxekit.media.BootFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds boot files of which none is missing. */
final class CompleteBootFiles {

    private CompleteBootFiles() {}

    /** The files if all are there. */
    static Optional<BootFiles> find(TreeFiles tree, String label, String kernel, List<String> modules)
            throws IOException {
        Optional<Path> found = tree.file(kernel);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Path[] paths = new Path[modules.size()];
        for (int i = 0; i < paths.length; i++) {
            Optional<Path> module = tree.file(modules.get(i));
            if (module.isEmpty()) {
                return Optional.empty();
            }
            paths[i] = module.get();
        }
        return Optional.of(new BootFiles(label, found.get(), List.of(paths)));
    }

    /** The first pair of a kernel and an initrd in a directory. */
    static Optional<BootFiles> pair(
            TreeFiles tree, String label, String directory, List<String> kernels, List<String> initrds)
            throws IOException {
        for (String kernel : kernels) {
            for (String initrd : initrds) {
                Optional<BootFiles> files =
                        find(tree, label, directory + "/" + kernel, List.of(directory + "/" + initrd));
                if (files.isPresent()) {
                    return files;
                }
            }
        }
        return Optional.empty();
    }

    /** Those that load something else than each of some others. */
    static Predicate<BootFiles> otherThan(List<BootFiles> others) {
        return files -> others.stream()
                .noneMatch(other ->
                        files.kernel().equals(other.kernel()) && files.modules().equals(other.modules()));
    }
}
