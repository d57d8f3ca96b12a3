package dev.pxekit.tree.internal;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Follows the names of a path from the root: links on the way and, if so asked, one at the end. Absolute targets begin at the
 * root of the tree, and {@code ..} stays there.
 */
final class LinkWalk<N extends TreeNode> {

    /** As Linux has it. */
    private static final int MAXIMUM_LINKS = 40;

    private final TreeFileSystem<N> fileSystem;
    private final TreePath path;
    private final Deque<String> pending;
    private final List<String> names = new ArrayList<>();
    private final List<N> nodes = new ArrayList<>();
    private int links;

    private LinkWalk(TreeFileSystem<N> fileSystem, TreePath path) {
        this.fileSystem = fileSystem;
        this.path = path;
        this.pending = new ArrayDeque<>(path.names());
        nodes.add(fileSystem.rootNode());
    }

    static <N extends TreeNode> LinkWalk<N> along(TreeFileSystem<N> fileSystem, TreePath path, boolean followLast)
            throws IOException {
        LinkWalk<N> walk = new LinkWalk<>(fileSystem, path);
        while (!walk.pending.isEmpty()) {
            walk.step(walk.pending.removeFirst(), followLast);
        }
        return walk;
    }

    private void step(String name, boolean followLast) throws IOException {
        N directory = node();
        if (!directory.isDirectory()) {
            throw missing();
        }
        if (name.equals("..")) {
            if (!names.isEmpty()) {
                names.remove(names.size() - 1);
                nodes.remove(nodes.size() - 1);
            }
        } else if (!name.isEmpty() && !name.equals(".")) {
            N node = fileSystem.find(directory, depth(), name);
            if (node == null) {
                throw missing();
            }
            if (node.isSymbolicLink() && (followLast || !pending.isEmpty())) {
                follow(fileSystem.linkTarget(node));
            } else {
                names.add(name);
                nodes.add(node);
            }
        }
    }

    private NoSuchFileException missing() {
        return new NoSuchFileException(path.toString());
    }

    private void follow(String target) throws FileSystemLoopException {
        if (++links > MAXIMUM_LINKS) {
            throw new FileSystemLoopException(path.toString());
        }
        if (target.startsWith("/")) {
            names.clear();
            nodes.subList(1, nodes.size()).clear();
        }
        String[] steps = target.split("/", -1);
        for (int i = steps.length - 1; i >= 0; i--) {
            pending.addFirst(steps[i]);
        }
    }

    /** What the path leads to. */
    N node() {
        return nodes.get(nodes.size() - 1);
    }

    /** How many directories down from the root that is. */
    int depth() {
        return names.size();
    }

    /** The names that lead there without links and dots, in the case of the tree. */
    List<String> realNames() throws IOException {
        List<String> real = new ArrayList<>(names.size());
        for (int i = 0; i < names.size(); i++) {
            real.add(fileSystem.realName(nodes.get(i), names.get(i)));
        }
        return real;
    }
}
