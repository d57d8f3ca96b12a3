package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoView;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The views that an image has, found when it is opened. */
final class Trees {

    private final Map<IsoView, Tree> trees;

    private Trees(Map<IsoView, Tree> trees) {
        this.trees = trees;
    }

    static Trees find(Image image, VolumeDescriptors descriptors) throws IOException {
        Map<IsoView, Tree> trees = new EnumMap<>(IsoView.class);
        Optional<IsoTree> rockRidge = IsoTree.rockRidge(image, descriptors.primary());
        rockRidge.ifPresent(tree -> trees.put(IsoView.ROCK_RIDGE, tree));
        Optional<VolumeDescriptor> joliet = descriptors.joliet();
        if (joliet.isPresent()) {
            trees.put(IsoView.JOLIET, IsoTree.of(image, joliet.get()));
        }
        trees.put(IsoView.PLAIN, IsoTree.of(image, descriptors.primary()));
        return new Trees(trees);
    }

    /** The richest first: the order of the constants. */
    List<IsoView> views() {
        return List.copyOf(trees.keySet());
    }

    Tree tree(IsoView view) {
        Tree tree = trees.get(view);
        if (tree == null) {
            throw new IllegalArgumentException("view: " + view + " (expected: one of " + views() + ")");
        }
        return tree;
    }
}
