package dev.pxekit.media;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a machine loads to start an installer, all of it there. What the parts are, the {@link BootProtocol} tells. Immutable.
 *
 * @param label tells it from the others of its tree, such as "hwe" or "i386"; empty if there is nothing to tell
 * @param kernel what is started
 * @param modules what is loaded with it, in this order
 */
public record BootFiles(String label, Path kernel, List<Path> modules) {

    /**
     * Copies the list.
     *
     * @param label tells it from the others of its tree
     * @param kernel what is started
     * @param modules what is loaded with it, in this order
     */
    public BootFiles {
        modules = List.copyOf(modules);
    }

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

    boolean loadsTheSameAs(BootFiles other) {
        return kernel.equals(other.kernel) && modules.equals(other.modules);
    }
}
