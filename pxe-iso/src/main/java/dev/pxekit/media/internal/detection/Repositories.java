package dev.pxekit.media.internal.detection;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Directories of a tree that package managers can install from. */
final class Repositories {

    /** More than any product has; each costs a look into the tree. */
    private static final int MOST = 256;

    private Repositories() {}

    /** Those of RPM packages among some directories: what has {@code repodata/repomd.xml}. */
    static List<Path> withMetadata(TreeFiles tree, Collection<String> candidates) throws IOException {
        Set<Path> repositories = new LinkedHashSet<>();
        for (String candidate : candidates.stream().limit(MOST).toList()) {
            if (tree.hasFile(candidate + "/repodata/repomd.xml")) {
                tree.directory(candidate).ifPresent(repositories::add);
            }
        }
        return List.copyOf(repositories);
    }

    /** Those of RPM packages at the root and one level below it. */
    static List<Path> withMetadata(TreeFiles tree) throws IOException {
        List<String> candidates = new ArrayList<>(List.of("."));
        candidates.addAll(tree.names(""));
        return withMetadata(tree, candidates);
    }

    /** The root if it holds packages of Debian: {@code dists}. */
    static List<Path> ofDebian(TreeFiles tree) throws IOException {
        return tree.hasDirectory("dists") ? List.of(tree.root()) : List.of();
    }
}
