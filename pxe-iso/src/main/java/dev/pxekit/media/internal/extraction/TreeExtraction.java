package dev.pxekit.media.internal.extraction;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Extracts what the walk through a tree meets. The thread that walks makes the directories and hands the files to the {@link
 * Workers}; whoever holds a directory last makes its links and gives it its attributes: by then all below it is done, so that
 * nothing can be written through one of these links.
 */
final class TreeExtraction implements SourceTree.Visitor {

    /** Names that are compared in the target, each with all before it; more would take time with their square. */
    private static final int MOST_ALIKE = 64;

    private final ExtractionContext context;
    private final KeptAttributes attributes;
    private final TargetDirectory root;
    private final boolean rootIsNew;
    private final Measurement bounds;
    private final FileExtraction files;
    private final LinkExtraction links;
    private final Map<SourceEntry.SharedFile, CompletableFuture<Optional<Path>>> shared = new HashMap<>();
    private @Nullable PendingDirectory current;

    /**
     * Prepares.
     *
     * @param root the open target
     * @param rootIsNew whether it was made for this run, so that it is given the attributes of the tree's root
     * @param bounds throws if a tree that changes has grown past its bounds
     */
    TreeExtraction(ExtractionContext context, TargetDirectory root, boolean rootIsNew, Measurement bounds) {
        this.context = context;
        this.attributes = context.settings().attributes();
        this.root = root;
        this.rootIsNew = rootIsNew;
        this.bounds = bounds;
        this.files = new FileExtraction(context);
        this.links = new LinkExtraction(context);
    }

    /** Extracts the tree. When this returns or throws, everything has ended. */
    void extract() throws IOException {
        try {
            context.tree().walk(this);
        } catch (IOException | RuntimeException | Error e) {
            context.workers().stop(e);
        } finally {
            while (current != null) {
                leave();
            }
            context.workers().close();
        }
        context.workers().check();
    }

    @Override
    public boolean enter(SourceEntry directory, boolean selected) throws IOException {
        context.workers().check();
        PendingDirectory entered = new PendingDirectory(current, directory);
        if (current == null) {
            entered.target = root;
            entered.isNew = rootIsNew;
        }
        current = entered;
        if (selected && target(entered) == null) {
            leave();
            return false;
        }
        return true;
    }

    @Override
    public void leave() {
        PendingDirectory left = current;
        if (left != null) {
            current = left.parent;
            letGo(left);
        }
    }

    @Override
    public void failed(Path relative, IOException cause) {
        context.failed(relative, cause);
    }

    @Override
    public void visit(SourceEntry entry) throws IOException {
        context.workers().check();
        PendingDirectory directory = current;
        TargetDirectory target = directory == null ? null : target(directory);
        if (directory == null || target == null) {
            return;
        }
        bounds.visit(entry);
        try {
            Optional<String> refusal = refusal(directory, target, entry);
            if (refusal.isPresent()) {
                context.refused(entry.relative(), refusal.get());
            } else if (entry.kind() == SourceEntry.Kind.SYMBOLIC_LINK) {
                directory.links.add(entry);
            } else {
                submit(directory, target, entry);
            }
        } catch (FileSystemException e) {
            context.failed(entry.relative(), e);
        }
    }

    /** Why an entry can't have its name in the target. */
    private static Optional<String> refusal(PendingDirectory directory, TargetDirectory target, SourceEntry entry)
            throws IOException {
        if (entry.kind() == SourceEntry.Kind.OTHER) {
            return Optional.of("it is a device, a pipe or a socket, which Java can't make");
        }
        String name = entry.name();
        Optional<String> problem = TargetNames.problem(target.path(), name);
        if (problem.isPresent()) {
            return problem;
        }
        List<String> alike = directory.claim(name);
        if (alike.size() > MOST_ALIKE) {
            return Optional.of(
                    "more than " + MOST_ALIKE + " names of its directory differ from it in case or accents alone");
        }
        for (String earlier : alike) {
            if (earlier.equals(name) || target.isOneName(earlier, name)) {
                return Optional.of("for the target its name is the same as that of " + earlier + ", which came first");
            }
        }
        return Optional.empty();
    }

    /** The directory in the target, made or opened when it is needed first; {@code null} if that does not work. */
    private @Nullable TargetDirectory target(PendingDirectory directory) {
        PendingDirectory parent = directory.parent;
        if (directory.target != null || directory.isUnusable || parent == null) {
            return directory.target;
        }
        TargetDirectory above = target(parent);
        if (above != null) {
            try {
                open(directory, parent, above);
            } catch (IOException e) {
                context.failed(directory.source.relative(), e);
            }
        }
        directory.isUnusable = directory.target == null;
        return directory.target;
    }

    private void open(PendingDirectory directory, PendingDirectory parent, TargetDirectory above) throws IOException {
        SourceEntry source = directory.source;
        Optional<String> refusal = refusal(parent, above, source);
        BasicFileAttributes existing = refusal.isPresent() || parent.isNew ? null : above.attributes(source.name());
        if (existing != null && !existing.isDirectory()) {
            refusal = Optional.of("the target has " + (existing.isSymbolicLink() ? "a symbolic link" : "a file")
                    + " of this name, and a directory is to be there: delete it first");
        }
        if (refusal.isPresent()) {
            context.refused(source.relative(), refusal.get());
            return;
        }
        if (existing == null) {
            above.createDirectory(source.name(), attributes.setsPermissions(source));
            directory.isNew = true;
            context.tally().madeDirectory();
        }
        TargetDirectory opened = above.open(source.name());
        try {
            if (existing != null) {
                if (attributes.setsPermissions(source)) {
                    attributes.unlock(opened); // they are set again at the end
                }
                opened.deleteParts();
            }
            directory.target = opened;
        } finally {
            if (directory.target == null) {
                opened.close();
            }
        }
    }

    private void submit(PendingDirectory directory, TargetDirectory target, SourceEntry entry) throws IOException {
        SourceEntry.SharedFile key = context.settings().keepsHardLinks() ? entry.sharedFile() : null;
        CompletableFuture<Optional<Path>> earlier = key == null ? null : shared.get(key);
        CompletableFuture<Optional<Path>> own = new CompletableFuture<>();
        if (key != null && earlier == null) {
            shared.put(key, own);
        }
        directory.hold();
        boolean submitted = false;
        try {
            // Tasks begin in this order, so one never waits for a name that has not begun.
            context.workers().submit(() -> file(directory, target, entry, earlier, own));
            submitted = true;
        } finally {
            if (!submitted) {
                letGo(directory);
            }
        }
    }

    private void file(
            PendingDirectory directory,
            TargetDirectory target,
            SourceEntry entry,
            @Nullable CompletableFuture<Optional<Path>> earlier,
            CompletableFuture<Optional<Path>> own) {
        boolean there = false;
        try {
            Optional<Path> otherName = earlier == null ? Optional.empty() : earlier.join();
            there = !context.workers().isStopped() && files.extract(target, directory.isNew, entry, otherName);
        } catch (IOException e) {
            context.failed(entry.relative(), e);
        } finally {
            own.complete(there ? Optional.of(target.path().resolve(entry.name())) : Optional.empty());
            letGo(directory);
        }
    }

    /** Finishes a directory that nobody holds any more, and those above of which that is true then. */
    private void letGo(PendingDirectory directory) {
        PendingDirectory next = directory;
        while (next != null && next.letGo()) {
            try {
                finish(next);
            } catch (RuntimeException | Error e) {
                context.workers().stop(e);
            }
            next = next.parent;
        }
    }

    private void finish(PendingDirectory directory) {
        TargetDirectory target = directory.target;
        if (target == null) {
            return;
        }
        try (target) {
            for (SourceEntry link : directory.links) {
                link(directory, target, link);
            }
            if (!context.workers().isStopped() && (directory.isNew || directory.parent != null)) {
                attributes.applyToDirectory(target, directory.source);
            }
        } catch (IOException e) {
            context.failed(directory.source.relative(), e);
        }
    }

    private void link(PendingDirectory directory, TargetDirectory target, SourceEntry entry) {
        if (context.workers().isStopped()) {
            return;
        }
        try {
            links.extract(target, directory.isNew, entry);
        } catch (IOException e) {
            context.failed(entry.relative(), e);
        }
    }
}
