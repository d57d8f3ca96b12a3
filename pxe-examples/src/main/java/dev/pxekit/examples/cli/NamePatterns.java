package dev.pxekit.examples.cli;

import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Globs of a command line. One without a slash is about the name, in whatever directory; one with a slash about the path. */
final class NamePatterns implements PathMatcher {

    private final List<PathMatcher> matchers = new ArrayList<>();

    /**
     * Reads globs.
     *
     * @throws PatternSyntaxException if one of them is none
     */
    NamePatterns(FileSystem fileSystem, List<String> globs) {
        for (String glob : globs) {
            String path =
                    glob.replaceFirst("^/", "").replaceFirst("(?<=.)/$", ""); // as the shell completes directories
            PathMatcher matcher = fileSystem.getPathMatcher("glob:" + path);
            matchers.add(glob.contains("/") ? matcher : entry -> matcher.matches(entry.getFileName()));
        }
    }

    @Override
    public boolean matches(Path path) {
        return matchers.stream().anyMatch(matcher -> matcher.matches(path));
    }
}
