package dev.pxekit.media.internal.extraction;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Which symbolic links stay within a tree, however others in it are followed on the way.
 *
 * <p>A target climbs from the real directory of its link, and then goes down by names. A name may be that of another link,
 * of which the same is true. What must not be is {@code ..} after such a name: that climbs from where the other link leads,
 * which may be higher than it looks. So a {@code ..} counts only after a real directory.
 */
final class LinkTargets {

    private LinkTargets() {}

    /** Why a link may lead out of its tree; empty if it does not. */
    static Optional<String> problem(Path root, Path relative, Path target) {
        if (target.isAbsolute() || target.getRoot() != null) {
            return Optional.of("the symbolic link leads to " + target + ", an absolute path");
        }
        Deque<Path> names = new ArrayDeque<>();
        relative.forEach(names::addLast);
        names.removeLast();
        int own = names.size();
        for (Path name : target) {
            String text = name.toString();
            if (text.equals("..")) {
                if (names.isEmpty()) {
                    return Optional.of("the symbolic link leads out of the tree, to " + target);
                }
                if (names.size() > own && !isDirectory(root, names)) {
                    return Optional.of("the symbolic link may lead out of the tree, to " + target);
                }
                names.removeLast();
                own = Math.min(own, names.size());
            } else if (!text.isEmpty() && !text.equals(".")) {
                names.addLast(name);
            }
        }
        return Optional.empty();
    }

    private static boolean isDirectory(Path root, Iterable<Path> names) {
        Path path = root;
        for (Path name : names) {
            path = path.resolve(name);
        }
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
}
