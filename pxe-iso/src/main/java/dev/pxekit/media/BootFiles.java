package dev.pxekit.media;

import java.nio.file.Path;
import java.util.List;

/**
 * What a machine loads to start an installer, all of it there. What the parts are, the {@link BootProtocol} tells. Immutable.
 *
 * @param label tells it from the others of its tree, such as "hwe", "disc" or "i386"; empty if there is nothing to tell
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
}
