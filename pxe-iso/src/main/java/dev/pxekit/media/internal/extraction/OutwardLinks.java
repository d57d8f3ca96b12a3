package dev.pxekit.media.internal.extraction;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Tells symbolic links that may lead out of a tree from those that stay within, however others in it are followed on the way.
 *
 * <p>The path in a link climbs from the real directory of the link, and then goes down by names. A name may be that of another
 * link, of which the same is true. What must not be is {@code ..} after such a name: that climbs from where the other link
 * leads, which may be higher than it looks. So a {@code ..} counts only after a real directory.
 */
final class OutwardLinks {

    private OutwardLinks() {}

    /** Why a link may lead out of its tree; empty if it does not. */
    static Optional<String> problem(Path root, Path relative, Path leadsTo) {
        if (leadsTo.isAbsolute() || leadsTo.getRoot() != null) {
            return Optional.of("the symbolic link leads to " + leadsTo + ", an absolute path");
        }
        Deque<Path> names = new ArrayDeque<>();
        relative.forEach(names::addLast);
        names.removeLast();
        int own = names.size();
        for (Path name : leadsTo) {
            String text = name.toString();
            if (text.equals("..")) {
                if (names.isEmpty()) {
                    return Optional.of("the symbolic link leads out of the tree, to " + leadsTo);
                }
                if (names.size() > own && !isDirectory(root, names)) {
                    return Optional.of("the symbolic link may lead out of the tree, to " + leadsTo);
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
