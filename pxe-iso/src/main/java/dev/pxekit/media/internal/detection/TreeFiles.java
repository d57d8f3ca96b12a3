package dev.pxekit.media.internal.detection;

import dev.pxekit.iso.IsoFormatException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The files of a tree by their names in it. Names are looked up as they are, then without regard to case: ESXi's and Windows' discs
 * come in upper case or lower, as whoever copied them read them. Symbolic links are followed inside of the tree only; what leads out
 * does not count. Directories are listed once, up to a bound. For one detection, so not thread safe.
 */
final class TreeFiles {

    private static final int MOST_ENTRIES = 1 << 14;
    private static final int MOST_MATCHES = 256;

    private final Path root;
    private final Path realRoot;
    private final Map<Path, Map<String, Path>> listings = new HashMap<>();

    private TreeFiles(Path root, Path realRoot) {
        this.root = root;
        this.realRoot = realRoot;
    }

    /** The files below a directory; empty if there is no such directory. */
    static Optional<TreeFiles> of(Path root) throws IOException {
        return Files.isDirectory(root) ? Optional.of(new TreeFiles(root, root.toRealPath())) : Optional.empty();
    }

    Path root() {
        return root;
    }

    /** A regular file, by the path that was checked: without dots and symbolic links. */
    Optional<Path> file(String name) throws IOException {
        return find(name).filter(Files::isRegularFile).map(this::inRoot);
    }

    boolean hasFile(String name) throws IOException {
        return file(name).isPresent();
    }

    /** A directory; the empty name is the root. */
    Optional<Path> directory(String name) throws IOException {
        return find(name).filter(Files::isDirectory).map(this::inRoot);
    }

    boolean hasDirectory(String name) throws IOException {
        return directory(name).isPresent();
    }

    /** The beginning of a text file; empty if it is not there. */
    Optional<String> text(String name) throws IOException {
        Optional<Path> file = file(name);
        return file.isEmpty() ? Optional.empty() : Optional.of(TextFile.read(file.get()));
    }

    /** The first names in a directory, sorted without regard to case; none if it is not there. */
    List<String> names(String directory) throws IOException {
        return expand(directory.isEmpty() ? "*" : directory + "/*").stream()
                .map(name -> name.substring(name.lastIndexOf('/') + 1))
                .toList();
    }

    /** The first files that match names such as {@code EFI/BOOT/*.cfg}, as {@link #expand} reads them, in the order of the names. */
    List<Path> matching(List<String> patterns) throws IOException {
        Set<Path> files = new LinkedHashSet<>();
        for (String pattern : patterns) {
            for (String name : expand(pattern)) {
                if (files.size() < MOST_MATCHES) {
                    file(name).ifPresent(files::add);
                }
            }
        }
        return List.copyOf(files);
    }

    /**
     * The first names in the tree that a pattern stands for: in each part of it one {@code *} may stand for anything. One without a star
     * stands for itself.
     */
    List<String> expand(String pattern) throws IOException {
        List<String> names = List.of("");
        for (String part : pattern.split("/", -1)) {
            List<String> longer = new ArrayList<>();
            for (String name : names) {
                String prefix = name.isEmpty() ? "" : name + "/";
                if (part.indexOf('*') < 0) {
                    longer.add(prefix + part);
                } else {
                    entries(name).stream()
                            .filter(entry -> matches(entry, part))
                            .limit(MOST_MATCHES - longer.size())
                            .forEach(entry -> longer.add(prefix + entry));
                }
            }
            names = longer;
        }
        return names;
    }

    private List<String> entries(String directory) throws IOException {
        Optional<Path> found = find(directory).filter(Files::isDirectory);
        return found.isEmpty()
                ? List.of()
                : listing(found.get()).values().stream()
                        .map(path -> String.valueOf(path.getFileName()))
                        .toList();
    }

    private static boolean matches(String name, String pattern) {
        String lower = name.toLowerCase(Locale.ROOT);
        String sought = pattern.toLowerCase(Locale.ROOT);
        int star = sought.indexOf('*');
        return lower.length() >= sought.length() - 1
                && lower.startsWith(sought.substring(0, star))
                && lower.endsWith(sought.substring(star + 1));
    }

    private Path inRoot(Path real) {
        return root.resolve(realRoot.relativize(real));
    }

    private Optional<Path> find(String name) throws IOException {
        if (name.startsWith("/")) {
            return Optional.empty();
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : name.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        Path at = realRoot;
        for (String part : parts) {
            Optional<Path> next = Files.isDirectory(at) ? child(at, part) : Optional.empty();
            if (next.isEmpty()) {
                return next;
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    private Optional<Path> child(Path directory, String name) throws IOException {
        try {
            Path exact = directory.resolve(name);
            if (Files.exists(exact, LinkOption.NOFOLLOW_LINKS)) {
                return real(exact);
            }
        } catch (InvalidPathException e) {
            return Optional.empty(); // the name comes out of a file of the tree
        }
        Path other = listing(directory).get(name.toLowerCase(Locale.ROOT));
        return other == null ? Optional.empty() : real(other);
    }

    /** What a path leads to, if that is in the tree. */
    private Optional<Path> real(Path path) throws IOException {
        try {
            return Optional.of(path.toRealPath()).filter(real -> real.startsWith(realRoot));
        } catch (IsoFormatException | AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            return Optional.empty(); // a symbolic link to nothing, or to itself
        }
    }

    private Map<String, Path> listing(Path directory) throws IOException {
        Map<String, Path> known = listings.get(directory);
        if (known != null) {
            return known;
        }
        Map<String, Path> listing = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                listing.putIfAbsent(String.valueOf(entry.getFileName()).toLowerCase(Locale.ROOT), entry);
                if (listing.size() == MOST_ENTRIES) {
                    break;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        listings.put(directory, listing);
        return listing;
    }
}
