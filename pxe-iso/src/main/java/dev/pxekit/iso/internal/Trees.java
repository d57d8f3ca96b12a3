package dev.pxekit.iso.internal;

import dev.pxekit.iso.IsoFormatException;
import dev.pxekit.iso.IsoView;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The views that an image has, found when it is opened, and where its boot catalog is. */
final class Trees {

    private final Map<IsoView, Tree> trees;
    private final List<IsoView> views;
    /** Why there is no tree of ISO 9660 or none of UDF, where something points at one. */
    private final @Nullable IsoFormatException problem;

    private final long bootCatalogOffset;

    private Trees(Map<IsoView, Tree> trees, @Nullable IsoFormatException problem, long bootCatalogOffset)
            throws IOException {
        this.trees = trees;
        this.problem = problem;
        this.views = richestFirst(trees);
        this.bootCatalogOffset = bootCatalogOffset;
    }

    /**
     * Finds what a session of the image has.
     *
     * @param sessionStart the sector that it begins at
     * @throws IsoFormatException if there is neither a tree of ISO 9660 nor one of UDF
     */
    static Trees find(Image image, long sessionStart) throws IOException {
        Map<IsoView, Tree> trees = new EnumMap<>(IsoView.class);
        IsoFormatException problem = null;
        long bootCatalogOffset = -1;
        try {
            VolumeDescriptors descriptors = VolumeDescriptors.read(image, sessionStart);
            bootCatalogOffset = descriptors.bootCatalogOffset();
            addIso(trees, image, descriptors);
        } catch (IsoFormatException e) {
            problem = e;
        }
        try {
            UdfTree.find(image, sessionStart).ifPresent(tree -> trees.put(IsoView.UDF, tree));
        } catch (IsoFormatException e) {
            problem = worse(problem, e);
        }
        if (trees.isEmpty() && problem != null) {
            throw problem;
        }
        return new Trees(trees, problem, bootCatalogOffset);
    }

    private static void addIso(Map<IsoView, Tree> trees, Image image, VolumeDescriptors descriptors)
            throws IOException {
        Optional<VolumeDescriptor> joliet = descriptors.joliet();
        if (joliet.isPresent()) {
            trees.put(IsoView.JOLIET, IsoTree.of(image, joliet.get()));
        }
        trees.put(IsoView.PLAIN, IsoTree.of(image, descriptors.primary()));
        IsoTree.rockRidge(image, descriptors.primary()).ifPresent(tree -> trees.put(IsoView.ROCK_RIDGE, tree));
    }

    /** An image with an anchor of UDF is one of UDF, so what is wrong there says more. */
    private static IsoFormatException worse(@Nullable IsoFormatException ofIso, IsoFormatException ofUdf) {
        if (ofIso != null) {
            ofUdf.addSuppressed(ofIso);
        }
        return ofUdf;
    }

    private static List<IsoView> richestFirst(Map<IsoView, Tree> trees) throws IOException {
        List<IsoView> views = new ArrayList<>(trees.keySet()); // in the order of the constants
        Tree udf = trees.get(IsoView.UDF);
        if (udf != null && views.size() > 1) {
            IsoView other = views.get(1);
            Tree iso = trees.get(other);
            if (other != IsoView.PLAIN && iso != null && !UdfComparison.hasMore(udf, iso)) {
                views.remove(IsoView.UDF);
                views.add(views.indexOf(other) + 1, IsoView.UDF);
            }
        }
        return List.copyOf(views);
    }

    /** The richest first. */
    List<IsoView> views() {
        return views;
    }

    /**
     * The tree of a view.
     *
     * @throws IsoFormatException if the image does not have it, with the reason as cause if it is damaged
     */
    Tree tree(IsoView view) throws IsoFormatException {
        Tree tree = trees.get(view);
        if (tree == null) {
            IsoFormatException missing = new IsoFormatException("view: " + view + " (the image has: " + views + ")", 0);
            if (problem != null) {
                missing.initCause(problem);
            }
            throw missing;
        }
        return tree;
    }

    /** Where the boot catalog is, in bytes; negative if the image has none. */
    long bootCatalogOffset() {
        return bootCatalogOffset;
    }
}
