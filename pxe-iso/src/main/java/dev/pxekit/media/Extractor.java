package dev.pxekit.media;

import dev.pxekit.media.internal.extraction.Extraction;
import dev.pxekit.media.internal.extraction.ExtractionSettings;
import dev.pxekit.media.internal.extraction.KeptAttributes;
import dev.pxekit.media.internal.extraction.Selection;
import dev.pxekit.media.internal.extraction.Tally;
import dev.pxekit.media.internal.extraction.TreeBounds;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Copies a tree, such as that of an install image, to a directory: safely, in parallel, and so that an interrupted run can be
 * started again.
 *
 * <pre>{@code
 * try (FileSystem image = IsoFileSystems.open(Path.of("rocky-9.iso"))) {
 *     ExtractionResult result = Extractor.builder()
 *             .build()
 *             .extract(image.getPath("/"), Path.of("/srv/rocky-9"));
 *     result.problems().forEach(System.err::println);
 * }
 * }</pre>
 *
 * <p><b>The tree may be hostile.</b> Nothing is written outside of the target, whatever names and links the tree has:
 *
 * <ul>
 *   <li>No symbolic link in the target is followed, be it from the tree or one that was there before; the path of the target
 *       itself is, links included. A link in place of a file or a link is replaced; in place of a directory it is refused,
 *       with all that belongs below it.
 *   <li>The links of a directory are made when all below it is done.
 *   <li>A symbolic link is made as it is if it can only lead within the tree: an absolute target, more {@code ..} than there
 *       are directories above it, and {@code ..} after the name of another link are refused, unless there is {@link
 *       Builder#keepOutwardLinks}.
 *   <li>Devices, pipes and sockets are refused, and names that the target can't store or takes for that of an earlier entry
 *       (case, accents; of names in one directory that differ in that alone, no more than 65 are made). Set-user-id,
 *       set-group-id and sticky bits are not kept.
 *   <li>The tree is measured before anything is written, and must be within the bounds for entries, bytes and depth, and fit
 *       into the free space of the target. A file that claims bytes which the image lacks fails, and what was copied of it
 *       is removed.
 * </ul>
 *
 * <p>The target is to be written by nobody else meanwhile. On Linux and macOS somebody who may write into it can spoil what is
 * extracted, and have an empty directory or a link made elsewhere by exchanging a directory for a link at the right moment
 * (Java makes these by path only), but not have a file written there. On Windows, where nothing can be opened relative to a
 * directory, a file too.
 *
 * <p><b>Starting again.</b> A file is written under a name that begins with {@code .pxekit-part-} in its directory and gets
 * its own when it is whole and has its time and permissions, in one step. So a run can be ended at any moment, and the
 * next one skips what is there ({@link ExistingFiles}), copies the rest and removes incomplete files. Nothing is forced to the
 * disk: after a loss of power let the next run compare content.
 *
 * <p><b>Kept:</b> content, times of modification, of symbolic links too; the nine permission bits, of directories at the end;
 * hard links where the attributes say that a file has several names ({@code unix:nlink} and the same {@code fileKey}, size
 * and time), else copies; owners only with {@link Builder#keepOwners}. The target itself is given attributes only if it was
 * not there.
 *
 * <p><b>Errors.</b> What can't be read or written is reported in the result, and the rest is extracted; with {@link
 * Builder#stopAtFirstFailure} the first error is thrown. Interrupting the calling thread ends a run soon with an {@link
 * java.io.InterruptedIOException}, an exception of the listener with that; incomplete files are removed.
 *
 * <p>Immutable and thread safe. Works from any file system to any other; content goes from file to file without passing
 * through the heap where the operating system can do that.
 */
public final class Extractor {

    private final ExtractionSettings settings;

    private Extractor(ExtractionSettings settings) {
        this.settings = settings;
    }

    /** {@return a builder that starts from the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Extracts a tree.
     *
     * @param root the directory whose content is copied, in any file system
     * @param target where it goes; made, with those above it, if it is not there
     * @return what was done, and what is missing
     * @throws FileSystemException if the tree passes a bound, or the target lies in it or has no room: nothing was written
     * @throws java.io.InterruptedIOException if the calling thread was interrupted
     * @throws IOException if the target can't be made, or at the first failure if that is asked for
     */
    public ExtractionResult extract(Path root, Path target) throws IOException {
        long startedAt = System.nanoTime();
        Tally tally = Extraction.run(root, target, settings);
        return new ExtractionResult(tally, Duration.ofNanos(System.nanoTime() - startedAt));
    }

    /** Builds an {@link Extractor}. Not thread safe. */
    public static final class Builder {

        private static final int MOST_THREADS = 64;

        private @Nullable PathMatcher include;
        private @Nullable PathMatcher exclude;
        private ExistingFiles existing = ExistingFiles.KEEP_IF_SAME_TIME;
        private boolean keepPermissions = true;
        private boolean keepOwners;
        private boolean keepHardLinks = true;
        private boolean keepOutwardLinks;
        private boolean stopAtFirstFailure;
        private long maximumEntries = 1_000_000;
        private long maximumBytes = Long.MAX_VALUE;
        private int maximumDepth = 256;
        private int threads = Math.min(4, Runtime.getRuntime().availableProcessors());
        private ExtractionListener listener = Tally.NOBODY;

        private Builder() {}

        /**
         * Extracts only what matches, with all that is below a directory that does. Directories above are made if something
         * in them is extracted. Default: everything.
         *
         * @param matcher is asked with paths relative to the root, in the tree's file system; a lambda will do
         * @return this builder
         */
        public Builder include(PathMatcher matcher) {
            this.include = matcher;
            return this;
        }

        /**
         * Leaves out what matches, with all that is below a directory that does. Default: nothing.
         *
         * @param matcher is asked with paths relative to the root, in the tree's file system; a lambda will do
         * @return this builder
         */
        public Builder exclude(PathMatcher matcher) {
            this.exclude = matcher;
            return this;
        }

        /**
         * Says which files that are there already are kept. Default: those of the same size and time.
         *
         * @param value what is kept
         * @return this builder
         */
        public Builder existing(ExistingFiles value) {
            this.existing = value;
            return this;
        }

        /**
         * Gives files and directories the permissions that they have in the tree, otherwise those that new files have.
         * Default: {@code true}.
         *
         * @param value whether to do so
         * @return this builder
         */
        public Builder keepPermissions(boolean value) {
            this.keepPermissions = value;
            return this;
        }

        /**
         * Gives everything the owners, by number, that it has in the tree, which takes root. Default: {@code false}.
         *
         * @param value whether to do so
         * @return this builder
         */
        public Builder keepOwners(boolean value) {
            this.keepOwners = value;
            return this;
        }

        /**
         * Extracts a file of several names once, with several names; otherwise a copy for each. Default: {@code true}.
         *
         * @param value whether to do so
         * @return this builder
         */
        public Builder keepHardLinks(boolean value) {
            this.keepHardLinks = value;
            return this;
        }

        /**
         * Makes symbolic links as they are even if they lead out of the tree. Extraction does not follow them either, but
         * whoever uses the target will. Default: {@code false}, they are refused.
         *
         * @param value whether to do so
         * @return this builder
         */
        public Builder keepOutwardLinks(boolean value) {
            this.keepOutwardLinks = value;
            return this;
        }

        /**
         * Ends at the first error and throws it. What a rule refuses is no error. Default: {@code false}, errors are
         * reported in the result.
         *
         * @param value whether to do so
         * @return this builder
         */
        public Builder stopAtFirstFailure(boolean value) {
            this.stopAtFirstFailure = value;
            return this;
        }

        /**
         * Bounds the entries of the tree, those that are not extracted included. Default: 1,000,000. Up to 100,000 are kept in
         * memory, some 300 bytes each; a larger tree is read twice.
         *
         * @param value at least 1
         * @return this builder
         */
        public Builder maximumEntries(long value) {
            this.maximumEntries = atLeastOne("maximumEntries", value);
            return this;
        }

        /**
         * Bounds the content of the files, in bytes. Default: no bound but the free space of the target.
         *
         * @param value at least 1
         * @return this builder
         */
        public Builder maximumBytes(long value) {
            this.maximumBytes = atLeastOne("maximumBytes", value);
            return this;
        }

        /**
         * Bounds the directories in one another; two files stay open for each that is being extracted. Default: 256.
         *
         * @param value at least 1
         * @return this builder
         */
        public Builder maximumDepth(int value) {
            this.maximumDepth = (int) atLeastOne("maximumDepth", value);
            return this;
        }

        /**
         * Sets how many threads copy files, besides the calling one, which reads directories. Default: as many as there are
         * processors, at most 4.
         *
         * @param value 1 to 64
         * @return this builder
         */
        public Builder threads(int value) {
            if (value < 1 || value > MOST_THREADS) {
                throw new IllegalArgumentException("threads: " + value + " (expected: 1.." + MOST_THREADS + ")");
            }
            this.threads = value;
            return this;
        }

        /**
         * Watches the extraction.
         *
         * @param value is told what happens
         * @return this builder
         */
        public Builder listener(ExtractionListener value) {
            this.listener = value;
            return this;
        }

        private static long atLeastOne(String name, long value) {
            if (value < 1) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
            }
            return value;
        }

        /** {@return the extractor} */
        public Extractor build() {
            return new Extractor(new ExtractionSettings(
                    new Selection(include, exclude),
                    new TreeBounds(maximumEntries, maximumBytes, maximumDepth),
                    new KeptAttributes(keepPermissions, keepOwners),
                    existing,
                    keepHardLinks,
                    keepOutwardLinks,
                    stopAtFirstFailure,
                    threads,
                    listener));
        }
    }
}
