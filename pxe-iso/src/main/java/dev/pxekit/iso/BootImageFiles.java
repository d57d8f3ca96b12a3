package dev.pxekit.iso;

import dev.pxekit.iso.internal.IsoFileSystem;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of the tree whose content begins where boot images do: one walk finds those of all entries of a catalog, when
 * the first is asked for. What is damaged is passed over. Thread safe.
 */
final class BootImageFiles {

    private final IsoFileSystem image;
    private final Set<Long> offsets = new HashSet<>();
    private @Nullable Result result;

    /**
     * What the walk came to.
     *
     * @param files by where they begin in the image
     * @param damage what was passed over first
     */
    private record Result(Map<Long, Path> files, @Nullable IsoFormatException damage) {}

    BootImageFiles(IsoFileSystem image) {
        this.image = image;
    }

    /** Adds a boot image by where it begins in the image, in bytes. */
    synchronized void add(long offset) {
        offsets.add(offset);
    }

    /** The first file that begins there; empty if there is none that can be seen. */
    Optional<Path> find(long offset) throws IOException {
        return Optional.ofNullable(result().files().get(offset));
    }

    /** Throws what is wrong with the tree if files may have gone unseen for it. */
    void requireSound() throws IOException {
        IsoFormatException damage = result().damage();
        if (damage != null) {
            throw damage;
        }
    }

    private synchronized Result result() throws IOException {
        Path root = image.getPath("/"); // refused once the image is closed, whatever is known
        if (result == null) {
            Search search = new Search();
            Files.walkFileTree(root, search);
            result = new Result(search.files, search.damage);
        }
        return result;
    }

    private final class Search extends SimpleFileVisitor<Path> {
        private final Map<Long, Path> files = new HashMap<>();
        /** A file of many names is looked up once. */
        private final Set<Object> seen = new HashSet<>();

        private @Nullable IsoFormatException damage;

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isRegularFile() && seen.add(attributes.fileKey())) {
                image.contentOffset(file)
                        .filter(offsets::contains)
                        .ifPresent(offset -> files.putIfAbsent(offset, file));
            }
            return files.size() < offsets.size() ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
            return passOver(problem);
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException problem) throws IOException {
            return problem == null ? FileVisitResult.CONTINUE : passOver(problem);
        }

        private FileVisitResult passOver(IOException problem) throws IOException {
            if (!(problem instanceof IsoFormatException format)) {
                throw problem;
            }
            if (damage == null) {
                damage = format;
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
