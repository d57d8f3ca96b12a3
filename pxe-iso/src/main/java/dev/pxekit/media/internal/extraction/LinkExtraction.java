package dev.pxekit.media.internal.extraction;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Makes symbolic links. */
final class LinkExtraction {

    private final ExtractionContext context;

    LinkExtraction(ExtractionContext context) {
        this.context = context;
    }

    /**
     * Extracts a link.
     *
     * @param isNew whether nothing can be in the directory already
     */
    void extract(TargetDirectory target, boolean isNew, SourceEntry entry) throws IOException {
        Path leadsTo = Files.readSymbolicLink(entry.path());
        Optional<String> refusal = refusal(target, entry, leadsTo);
        BasicFileAttributes existing = isNew ? null : target.attributes(entry.name());
        if (refusal.isPresent()) {
            context.refused(entry.relative(), refusal.get());
        } else if (existing != null && existing.isDirectory()) {
            context.refused(entry.relative(), "the target has a directory of this name: delete it first");
        } else if (existing != null && existing.isSymbolicLink() && leadsTo(target, entry.name(), leadsTo)) {
            context.tally().skipped(entry, 0);
        } else {
            make(target, entry, leadsTo.toString());
        }
    }

    private Optional<String> refusal(TargetDirectory target, SourceEntry entry, Path leadsTo) {
        if (!context.settings().keepsOutwardLinks()) {
            Optional<String> problem = OutwardLinks.problem(context.tree().root(), entry.relative(), leadsTo);
            if (problem.isPresent()) {
                return problem;
            }
        }
        for (Path name : leadsTo) {
            String text = name.toString();
            if (!text.isEmpty() && !text.equals(".") && !text.equals("..")) {
                Optional<String> problem = TargetNames.problem(target.path(), text);
                if (problem.isPresent()) {
                    return Optional.of("the symbolic link leads to " + leadsTo + ": " + problem.get());
                }
            }
        }
        return Optional.empty();
    }

    private static boolean leadsTo(TargetDirectory target, String name, Path leadsTo) throws IOException {
        Path found = Files.readSymbolicLink(target.path().resolve(name));
        return found.equals(found.getFileSystem().getPath(leadsTo.toString()));
    }

    private void make(TargetDirectory target, SourceEntry entry, String leadsTo) throws IOException {
        try {
            target.put(entry.name(), part -> {
                target.createSymbolicLink(part, leadsTo);
                context.settings().attributes().applyToLink(target, part, entry);
            });
        } catch (UnsupportedOperationException e) {
            throw new FileSystemException(entry.relative().toString(), null, "the target has no symbolic links");
        }
        context.tally().madeLink();
    }
}
