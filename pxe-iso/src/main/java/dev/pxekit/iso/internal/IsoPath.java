package dev.pxekit.iso.internal;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A path within an image. The working directory is the root. Paths compare by their names, case included, even where
 * lookup does not mind it.
 */
final class IsoPath implements Path {

    private static final List<String> EMPTY = List.of("");

    private final IsoFileSystem fileSystem;
    private final boolean absolute;
    /** Without empty names, but for the empty path, which is one. */
    private final List<String> names;

    private IsoPath(IsoFileSystem fileSystem, boolean absolute, List<String> names) {
        this.fileSystem = fileSystem;
        this.absolute = absolute;
        this.names = names.isEmpty() && !absolute ? EMPTY : names;
    }

    static IsoPath root(IsoFileSystem fileSystem) {
        return new IsoPath(fileSystem, true, List.of());
    }

    static IsoPath parse(IsoFileSystem fileSystem, String first, String... more) {
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
        return new IsoPath(fileSystem, text.startsWith("/"), List.copyOf(names));
    }

    /** The path as one of ours. */
    static IsoPath of(Path path) {
        Objects.requireNonNull(path, "path");
        if (path instanceof IsoPath iso) {
            return iso;
        }
        throw new ProviderMismatchException(
                "path: " + path.getClass().getName() + " (expected: one of an image opened by IsoFileSystems)");
    }

    /** The names; none for the root and for the empty path. */
    List<String> names() {
        return isEmpty() ? List.of() : names;
    }

    /** This path with more names. */
    IsoPath append(List<String> more) {
        if (more.isEmpty()) {
            return this;
        }
        List<String> all = new ArrayList<>(names());
        all.addAll(more);
        return new IsoPath(fileSystem, absolute, List.copyOf(all));
    }

    private boolean isEmpty() {
        return !absolute && names.size() == 1 && names.get(0).isEmpty();
    }

    private boolean sharesFileSystemWith(Path other) {
        return other instanceof IsoPath iso && iso.fileSystem == fileSystem;
    }

    @Override
    public FileSystem getFileSystem() {
        return fileSystem;
    }

    IsoFileSystem fileSystem() {
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
        return names.isEmpty() ? null : new IsoPath(fileSystem, false, List.of(names.get(names.size() - 1)));
    }

    @Override
    public @Nullable Path getParent() {
        if (names.isEmpty() || (names.size() == 1 && !absolute)) {
            return null;
        }
        return new IsoPath(fileSystem, absolute, names.subList(0, names.size() - 1));
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
        return new IsoPath(fileSystem, false, List.of(names.get(index)));
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        if (beginIndex < 0 || endIndex > names.size() || beginIndex >= endIndex) {
            throw new IllegalArgumentException(
                    "range: " + beginIndex + ".." + endIndex + " (expected: within 0.." + names.size() + ")");
        }
        return new IsoPath(fileSystem, false, names.subList(beginIndex, endIndex));
    }

    @Override
    public boolean startsWith(Path other) {
        if (!sharesFileSystemWith(other)) {
            return false;
        }
        IsoPath prefix = of(other);
        return prefix.absolute == absolute
                && prefix.names.size() <= names.size()
                && names.subList(0, prefix.names.size()).equals(prefix.names);
    }

    @Override
    public boolean endsWith(Path other) {
        if (!sharesFileSystemWith(other)) {
            return false;
        }
        IsoPath suffix = of(other);
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
        return new IsoPath(fileSystem, absolute, List.copyOf(kept));
    }

    @Override
    public Path resolve(Path other) {
        IsoPath path = of(other);
        if (path.absolute || isEmpty()) {
            return path;
        }
        return append(path.names());
    }

    @Override
    public Path relativize(Path other) {
        IsoPath path = of(other);
        if (path.fileSystem != fileSystem || path.absolute != absolute) {
            throw new IllegalArgumentException("path: " + other + " (expected: "
                    + (absolute ? "an absolute" : "a relative") + " path of the same image)");
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
        return new IsoPath(fileSystem, false, List.copyOf(steps));
    }

    @Override
    public URI toUri() {
        return new IsoUri(fileSystem.imagePath().toUri(), toAbsolutePath().toString()).toUri();
    }

    @Override
    public IsoPath toAbsolutePath() {
        return absolute ? this : new IsoPath(fileSystem, true, names());
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        boolean follow = !Arrays.asList(options).contains(LinkOption.NOFOLLOW_LINKS);
        return fileSystem.resolve(this, follow).path();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("an image does not change, there is nothing to watch");
    }

    @Override
    public int compareTo(Path other) {
        return toString().compareTo(((IsoPath) other).toString());
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof IsoPath other
                && other.fileSystem == fileSystem
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
