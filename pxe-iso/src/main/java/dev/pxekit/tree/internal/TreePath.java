package dev.pxekit.tree.internal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path within a tree. The working directory is the root. Paths compare by their names, case included, even where
 * lookup does not mind it. A path that comes out of a listing may remember what it leads to, and so may paths resolved
 * against it: its attributes come without another search from the root.
 */
public final class TreePath implements Path {

    private static final List<String> EMPTY = List.of("");

    private final TreeFileSystem<?> fileSystem;
    private final boolean absolute;
    /** Without empty names, but for the empty path, which is one. */
    private final List<String> names;

    private final @Nullable Known known;

    /**
     * What is known of the way.
     *
     * @param node where its beginning leads
     * @param depth how many directories down from the root that is
     * @param names how many of the path's names are its beginning
     */
    record Known(TreeNode node, int depth, int names) {}

    private TreePath(TreeFileSystem<?> fileSystem, boolean absolute, List<String> names) {
        this(fileSystem, absolute, names, null);
    }

    private TreePath(TreeFileSystem<?> fileSystem, boolean absolute, List<String> names, @Nullable Known known) {
        this.fileSystem = fileSystem;
        this.absolute = absolute;
        this.names = names.isEmpty() && !absolute ? EMPTY : names;
        this.known = known;
    }

    static TreePath root(TreeFileSystem<?> fileSystem) {
        return new TreePath(fileSystem, true, List.of());
    }

    static TreePath parse(TreeFileSystem<?> fileSystem, String first, String... more) {
        StringBuilder joined = new StringBuilder(first);
        for (String part : more) {
            if (!part.isEmpty()) {
                if (joined.length() > 0) {
                    joined.append('/');
                }
                joined.append(part);
            }
        }
        String text = joined.toString();
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new InvalidPathException(text, "NUL character", nul);
        }
        List<String> names = new ArrayList<>();
        for (String name : text.split("/", -1)) {
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return new TreePath(fileSystem, text.startsWith("/"), List.copyOf(names));
    }

    /** The names; none for the root and for the empty path. */
    List<String> names() {
        return isEmpty() ? List.of() : names;
    }

    @Nullable
    Known known() {
        return known;
    }

    /** This path with more names. */
    TreePath append(List<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        return new TreePath(fileSystem, absolute, joined(more), known);
    }

    private List<String> joined(List<String> more) {
        List<String> first = names();
        String[] all = new String[first.size() + more.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i < first.size() ? first.get(i) : more.get(i - first.size());
        }
        return List.of(all);
    }

    /** The path of an entry of this directory that leads to a node, as many directories down from the root as said. */
    TreePath child(String name, TreeNode node, int depth) {
        List<String> all = joined(List.of(name));
        return new TreePath(fileSystem, absolute, all, new Known(node, depth, all.size()));
    }

    private boolean isEmpty() {
        return !absolute && names.size() == 1 && names.get(0).isEmpty();
    }

    private boolean sharesFileSystemWith(Path other) {
        return other instanceof TreePath iso && iso.fileSystem.equals(fileSystem);
    }

    @Override
    public TreeFileSystem<?> getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return absolute;
    }

    @Override
    public @Nullable Path getRoot() {
        return absolute ? root(fileSystem) : null;
    }

    @Override
    public @Nullable Path getFileName() {
        return names.isEmpty() ? null : new TreePath(fileSystem, false, List.of(names.get(names.size() - 1)));
    }

    @Override
    public @Nullable Path getParent() {
        if (names.isEmpty() || (names.size() == 1 && !absolute)) {
            return null;
        }
        return new TreePath(fileSystem, absolute, names.subList(0, names.size() - 1));
    }

    @Override
    public int getNameCount() {
        return names.size();
    }

    @Override
    public Path getName(int index) {
        if (index < 0 || index >= names.size()) {
            throw new IllegalArgumentException("index: " + index + " (expected: 0.." + (names.size() - 1) + ")");
        }
        return new TreePath(fileSystem, false, List.of(names.get(index)));
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        if (beginIndex < 0 || endIndex > names.size() || beginIndex >= endIndex) {
            throw new IllegalArgumentException(
                    "range: " + beginIndex + ".." + endIndex + " (expected: within 0.." + names.size() + ")");
        }
        return new TreePath(fileSystem, false, names.subList(beginIndex, endIndex));
    }

    @Override
    public boolean startsWith(Path other) {
        if (!sharesFileSystemWith(other)) {
            return false;
        }
        TreePath prefix = fileSystem.provider().own(other);
        return prefix.absolute == absolute
                && prefix.names.size() <= names.size()
                && names.subList(0, prefix.names.size()).equals(prefix.names);
    }

    @Override
    public boolean endsWith(Path other) {
        if (!sharesFileSystemWith(other)) {
            return false;
        }
        TreePath suffix = fileSystem.provider().own(other);
        if (suffix.absolute) {
            return equals(suffix);
        }
        int skipped = names.size() - suffix.names.size();
        return skipped >= 0 && names.subList(skipped, names.size()).equals(suffix.names);
    }

    @Override
    public Path normalize() {
        List<String> kept = new ArrayList<>(names.size());
        for (String name : names) {
            boolean up = name.equals("..");
            if (up && !kept.isEmpty() && !kept.get(kept.size() - 1).equals("..")) {
                kept.remove(kept.size() - 1);
            } else if (!name.equals(".") && !(up && absolute)) {
                kept.add(name);
            }
        }
        return new TreePath(fileSystem, absolute, List.copyOf(kept));
    }

    @Override
    public Path resolve(Path other) {
        TreePath path = fileSystem.provider().own(other);
        if (path.absolute || isEmpty()) {
            return path;
        }
        return append(path.names());
    }

    @Override
    public Path relativize(Path other) {
        TreePath path = fileSystem.provider().own(other);
        if (!path.fileSystem.equals(fileSystem) || path.absolute != absolute) {
            throw new IllegalArgumentException("path: " + other + " (expected: "
                    + (absolute ? "an absolute" : "a relative") + " path of the same file system)");
        }
        List<String> from = names();
        List<String> to = path.names();
        int common = 0;
        while (common < from.size() && common < to.size() && from.get(common).equals(to.get(common))) {
            common++;
        }
        List<String> steps = new ArrayList<>();
        for (String name : from.subList(common, from.size())) {
            if (name.equals("..")) {
                throw new IllegalArgumentException(
                        "path: " + this + " (expected: without \"..\", to lead to " + other + ")");
            }
            if (!name.equals(".")) {
                steps.add("..");
            }
        }
        steps.addAll(to.subList(common, to.size()));
        return new TreePath(fileSystem, false, List.copyOf(steps));
    }

    @Override
    public URI toUri() {
        return fileSystem.uri(toAbsolutePath());
    }

    @Override
    public TreePath toAbsolutePath() {
        return absolute ? this : new TreePath(fileSystem, true, names(), known);
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        boolean follow = !Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS);
        return fileSystem.realPath(this, follow);
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("a read-only tree tells of no changes, there is nothing to watch");
    }

    @Override
    public int compareTo(Path other) {
        TreePath path = (TreePath) other;
        if (!fileSystem.provider().owns(path)) {
            throw new ClassCastException("path: " + path + " (expected: of the provider "
                    + fileSystem.provider().getScheme() + ")");
        }
        return toString().compareTo(path.toString());
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof TreePath other
                && other.fileSystem.equals(fileSystem)
                && other.absolute == absolute
                && other.names.equals(names);
    }

    @Override
    public int hashCode() {
        return names.hashCode() * 31 + (absolute ? 1 : 0);
    }

    @Override
    public String toString() {
        return (absolute ? "/" : "") + String.join("/", names);
    }
}
