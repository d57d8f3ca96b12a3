package dev.pxekit.media.internal.overlay;

import dev.pxekit.tree.internal.TreeNode;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * What a path of an overlay leads to.
 *
 * @param parts where it is, the last layer first; several only of a directory
 * @param attributes those of the first part
 */
record OverlayNode(List<LayerPath> parts, BasicFileAttributes attributes) implements TreeNode {

    static OverlayNode of(List<LayerPath> parts, List<BasicFileAttributes> attributes) {
        BasicFileAttributes shown =
                parts.size() == 1 ? attributes.get(0) : MergedAttributes.of(attributes.get(0), keys(parts, attributes));
        return new OverlayNode(List.copyOf(parts), shown);
    }

    private static List<Object> keys(List<LayerPath> parts, List<BasicFileAttributes> attributes) {
        Object[] keys = new Object[parts.size()];
        for (int i = 0; i < keys.length; i++) {
            Object key = attributes.get(i).fileKey();
            keys[i] = key == null ? parts.get(i).path() : key;
        }
        return List.of(keys);
    }

    /** Where what is shown of it is. */
    LayerPath top() {
        return parts.get(0);
    }

    @Override
    public boolean isDirectory() {
        return attributes.isDirectory();
    }

    @Override
    public boolean isRegularFile() {
        return attributes.isRegularFile();
    }

    @Override
    public boolean isSymbolicLink() {
        return attributes.isSymbolicLink();
    }
}
