package dev.pxekit.media.internal.extraction;

import dev.pxekit.media.ExistingFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** One run of an {@code Extractor}: measures the tree, makes and opens the target, extracts the one into the other. */
public final class Extraction {

    private Extraction() {}

    /**
     * Extracts a tree; see {@code Extractor.extract}.
     *
     * @return what was done
     */
    public static Tally run(Path root, Path target, ExtractionSettings settings) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new NotDirectoryException(root.toString());
        }
        Path nearest = nearest(target);
        if (root.getFileSystem().equals(target.getFileSystem()) && nearest.startsWith(root.toRealPath())) {
            throw new FileSystemException(
                    target.toString(), null, "the target lies in the tree that is to be extracted");
        }
        SourceTree tree = new SourceTree(root, settings.selection(), settings.bounds());
        Measurement measurement = Measurement.of(tree, settings);
        measurement.requireSpace(target, nearest, settings.existing() != ExistingFiles.REPLACE);
        Tally tally = new Tally(settings.listener());
        tally.measured(measurement.entries(), measurement.bytes());
        boolean isNew = Files.notExists(target, LinkOption.NOFOLLOW_LINKS);
        if (isNew) {
            Files.createDirectories(target);
        }
        Path real = target.toRealPath();
        Set<PosixFilePermission> unlocked = Set.of();
        try (Workers workers = new Workers(settings.threads());
                TargetDirectory directory = TargetDirectory.openRoot(real)) {
            if (!isNew) {
                unlocked = settings.attributes().unlock(directory);
                directory.deleteParts();
            }
            AtomicLong room = new AtomicLong(settings.bounds().bytes() - measurement.bytes());
            ExtractionContext context = new ExtractionContext(tree, settings, tally, workers, room);
            new TreeExtraction(context, directory, isNew, Measurement.begin(tree, settings)).extract();
        } finally {
            if (!unlocked.isEmpty()) {
                Files.setPosixFilePermissions(real, unlocked);
            }
        }
        return tally;
    }

    /** The real path of the target or, as long as it is not there, of what is there of the directories above it. */
    private static Path nearest(Path target) throws IOException {
        Path path = target.toAbsolutePath();
        Path parent = path.getParent();
        while (Files.notExists(path) && parent != null) {
            path = parent;
            parent = path.getParent();
        }
        return path.toRealPath();
    }
}
