package dev.pxekit.tree.internal;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a directory lists.
 *
 * @param entries in the order to show
 * @param damage what was wrong with the directory, told after the last entry; {@code null} for a sound one
 */
public record TreeListing<N extends TreeNode>(
        List<Entry<N>> entries, @Nullable IOException damage) {

    /**
     * A listed name.
     *
     * @param name the name
     * @param node what it leads to, for paths to remember; {@code null} where they shall ask again
     */
    public record Entry<N extends TreeNode>(
            String name, @Nullable N node) {}
}
