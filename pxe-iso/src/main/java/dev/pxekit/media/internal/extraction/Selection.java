package dev.pxekit.media.internal.extraction;

import java.nio.file.Path;
import java.nio.file.PathMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a tree are extracted. Matchers are asked with paths relative to the root.
 *
 * @param include what is, with all below it; {@code null} for everything
 * @param exclude what is not, with all below it; {@code null} for nothing
 */
public record Selection(
        @Nullable PathMatcher include, @Nullable PathMatcher exclude) {

    boolean includesEverything() {
        return include == null;
    }

    boolean includes(Path root, Path entry) {
        return include == null || include.matches(root.relativize(entry));
    }

    boolean excludes(Path root, Path entry) {
        return exclude != null && exclude.matches(root.relativize(entry));
    }
}
