package dev.pxekit.tftp;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** From the name of one request to a real path under the root. */
final class PathLookup {

    /** Entries of directories that one request may read: some milliseconds of work for a packet that anybody can send. */
    static final int MOST_ENTRIES = 10_000;

    private final String name;
    private final Path root;
    private final Path realRoot;
    private final boolean ignoringCase;
    private int entriesLeft = MOST_ENTRIES;

    PathLookup(String name, Path root, Path realRoot, boolean ignoringCase) {
        this.name = name;
        this.root = root;
        this.realRoot = realRoot;
        this.ignoringCase = ignoringCase;
    }

    /**
     * The path of the elements below a directory, whether there is such a file or not.
     *
     * @throws InvalidPathException if the file system has no such names
     */
    Path find(Path directory, List<String> elements) throws IOException {
        Path path = directory;
        for (String element : elements) {
            Path exact = path.resolve(element);
            Path other =
                    ignoringCase && !Files.exists(exact, LinkOption.NOFOLLOW_LINKS) ? otherCase(path, element) : null;
            path = other == null ? exact : other;
        }
        return path;
    }

    /**
     * The real path of a path below the root.
     *
     * @throws NoSuchFileException if there is nothing
     * @throws AccessDeniedException if it is not under the real root, whether there is something or not
     */
    Path real(Path path) throws IOException {
        Path real;
        try {
            real = path.toRealPath();
        } catch (AccessDeniedException e) {
            throw e;
        } catch (FileSystemException e) {
            // Besides absent files: names through a regular file, longer than the file system takes, or loops of links.
            refuseBehindLinkOut(path);
            NoSuchFileException absent = new NoSuchFileException(Printable.of(name), null, e.getReason());
            absent.initCause(e);
            throw absent;
        }
        if (!real.startsWith(realRoot)) {
            throw FileName.refused(name, "leads outside the root");
        }
        return real;
    }

    /** Behind a link that leads outside, even "no such file" would tell what is there. */
    private void refuseBehindLinkOut(Path absent) throws IOException {
        for (Path above = absent.getParent(); above != null && !above.equals(root); above = above.getParent()) {
            if (Files.exists(above)) {
                real(above);
                return;
            }
        }
    }

    /** The first entry of a directory that differs from the element in case only. */
    private @Nullable Path otherCase(Path directory, String element) throws IOException {
        if (!Files.isDirectory(directory)) {
            return null;
        }
        real(directory); // nothing outside is read, not even a directory
        Path first = null;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (--entriesLeft < 0) {
                    throw new NoSuchFileException(
                            Printable.of(name),
                            null,
                            "more than " + MOST_ENTRIES + " directory entries to look through");
                }
                if (lastElement(entry).equalsIgnoreCase(element)
                        && (first == null || lastElement(entry).compareTo(lastElement(first)) < 0)) {
                    first = entry;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return first;
    }

    private static String lastElement(Path entry) {
        return String.valueOf(entry.getFileName());
    }
}
