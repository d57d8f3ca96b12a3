package dev.pxekit.media.internal.extraction;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Goes through a tree, directory by directory, within bounds. Symbolic links are not followed. */
final class SourceTree {

    /** What is done with the entries; a directory's come between {@link #enter} and {@link #leave}. */
    interface Visitor {

        /**
         * A directory begins.
         *
         * @param selected whether it was asked for, or only something below it may be
         * @return whether to go into it; if not, it is not left either
         */
        boolean enter(SourceEntry directory, boolean selected) throws IOException;

        /** A file, a link or anything else that was asked for. */
        void visit(SourceEntry entry) throws IOException;

        /** A directory ends. */
        void leave() throws IOException;

        /** An entry, or what is left of a directory, can't be read. */
        void failed(Path relative, IOException cause) throws IOException;
    }

    private final Path root;
    private final Selection selection;
    private final TreeBounds bounds;
    private @Nullable SourceRecording recording;

    SourceTree(Path root, Selection selection, TreeBounds bounds) {
        this.root = root;
        this.selection = selection;
        this.bounds = bounds;
    }

    Path root() {
        return root;
    }

    /** Goes through the tree, as the recording has it if there is one. */
    void walk(Visitor visitor) throws IOException {
        if (recording != null) {
            recording.replay(visitor);
            return;
        }
        SourceEntry entry = SourceEntry.read(root, root);
        boolean selected = selection.includesEverything();
        if (visitor.enter(entry, selected)) {
            new Walk(visitor).entries(entry, selected, 0);
        }
    }

    /** Goes through the tree with a visitor that enters every directory, and keeps what it meets unless that is too much. */
    void record(Visitor visitor) throws IOException {
        SourceRecording recorded = new SourceRecording(visitor);
        walk(recorded);
        if (recorded.isComplete()) {
            recording = recorded;
        }
    }

    private final class Walk {
        private final Visitor visitor;
        private long count;

        Walk(Visitor visitor) {
            this.visitor = visitor;
        }

        /** The entries of a directory that has been entered. */
        private void entries(SourceEntry directory, boolean selected, int depth) throws IOException {
            try (DirectoryStream<Path> stream = open(directory)) {
                Iterator<Path> paths = stream.iterator();
                while (hasNext(paths, directory)) {
                    entry(paths.next(), selected, depth);
                }
            } catch (UnreadableDirectoryException e) {
                visitor.failed(directory.relative(), e.problem);
            }
            visitor.leave();
        }

        @SuppressWarnings("StreamResourceLeak") // the caller closes it
        private DirectoryStream<Path> open(SourceEntry directory) throws UnreadableDirectoryException {
            try {
                return Files.newDirectoryStream(directory.path());
            } catch (IOException e) {
                throw new UnreadableDirectoryException(directory.path(), e);
            }
        }

        private boolean hasNext(Iterator<Path> paths, SourceEntry directory) throws UnreadableDirectoryException {
            try {
                return paths.hasNext();
            } catch (DirectoryIteratorException e) {
                throw new UnreadableDirectoryException(directory.path(), Objects.requireNonNull(e.getCause()));
            }
        }

        private void entry(Path path, boolean selected, int depth) throws IOException {
            if (++count > bounds.entries()) {
                throw new FileSystemException(
                        root.toString(),
                        null,
                        "the tree has more than " + bounds.entries() + " entries (maximumEntries)");
            }
            if (selection.excludes(root, path)) {
                return;
            }
            boolean here = selected || selection.includes(root, path);
            SourceEntry entry;
            try {
                entry = SourceEntry.read(root, path, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException e) {
                visitor.failed(root.relativize(path), e);
                return;
            }
            if (entry.kind() != SourceEntry.Kind.DIRECTORY) {
                if (here) {
                    visitor.visit(entry);
                }
            } else if (depth >= bounds.depth()) {
                throw new FileSystemException(
                        path.toString(),
                        null,
                        "more than " + bounds.depth() + " directories in one another (maximumDepth)");
            } else if (visitor.enter(entry, here)) {
                entries(entry, here, depth + 1);
            }
        }
    }

    /** Keeps errors of reading a directory apart from those that a visitor throws. */
    private static final class UnreadableDirectoryException extends IOException {
        private static final long serialVersionUID = 1;
        private final transient IOException problem;

        UnreadableDirectoryException(Path directory, IOException problem) {
            super(directory.toString(), problem);
            this.problem = problem;
        }
    }
}
