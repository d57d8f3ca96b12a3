package dev.pxekit.media.internal.extraction;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts regular files in their places: copies them under another name, which is exchanged for theirs when they are whole. */
final class FileExtraction {

    private final ExtractionContext context;
    private final KeptAttributes attributes;
    private final FileCopy content;

    FileExtraction(ExtractionContext context) {
        this.context = context;
        this.attributes = context.settings().attributes();
        this.content = new FileCopy(context.workers(), context.tally());
    }

    /**
     * Extracts a file.
     *
     * @param isNew whether nothing can be in the directory already
     * @param otherName where the file is under another of its names
     * @return whether it is in its place
     */
    boolean extract(TargetDirectory target, boolean isNew, SourceEntry entry, Optional<Path> otherName)
            throws IOException {
        BasicFileAttributes existing = isNew ? null : target.attributes(entry.name());
        if (existing != null && existing.isDirectory()) {
            context.refused(entry.relative(), "the target has a directory of this name: delete it first");
            return false;
        }
        if (otherName.isPresent() && link(target, entry, otherName.get(), existing)) {
            return true;
        }
        if (existing != null && entry.isLike(existing) && keeps(target, entry)) {
            context.tally().wrote(entry.size());
            context.tally().skipped(entry, entry.size());
            return true;
        }
        if (otherName.isPresent() && context.room().addAndGet(-entry.size()) < 0) {
            throw new FileSystemException(
                    entry.relative().toString(),
                    null,
                    "the target can't link it to " + otherName.get() + ", and copies pass maximumBytes");
        }
        copy(target, entry);
        return true;
    }

    private boolean keeps(TargetDirectory target, SourceEntry entry) throws IOException {
        return switch (context.settings().existing()) {
            case REPLACE -> false;
            case KEEP_IF_SAME_TIME -> true;
            case KEEP_IF_SAME_CONTENT -> {
                try (SeekableByteChannel source = FileCopy.open(entry.path());
                        SeekableByteChannel there = target.openFile(entry.name())) {
                    yield content.isSame(source, there);
                }
            }
        };
    }

    private void copy(TargetDirectory target, SourceEntry entry) throws IOException {
        context.tally().started(entry);
        try (SeekableByteChannel source = FileCopy.open(entry.path())) {
            target.put(entry.name(), part -> {
                try (SeekableByteChannel file = target.createFile(part, attributes.setsPermissions(entry))) {
                    content.copy(source, file, entry.size());
                }
                attributes.applyToFile(target, part, entry);
            });
        }
        context.tally().copied(entry);
    }

    /** Gives a file that is there another name; whether that worked. */
    private boolean link(
            TargetDirectory target, SourceEntry entry, Path otherName, @Nullable BasicFileAttributes existing)
            throws IOException {
        if (existing != null && isSameFile(otherName, existing)) {
            context.tally().skipped(entry, entry.size());
            return true;
        }
        if (!target.link(entry.name(), otherName)) {
            return false;
        }
        context.tally().linked(entry);
        return true;
    }

    private static boolean isSameFile(Path file, BasicFileAttributes other) throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
        return key != null && key.equals(other.fileKey());
    }
}
