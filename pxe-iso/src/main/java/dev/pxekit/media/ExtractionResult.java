package dev.pxekit.media;

import dev.pxekit.media.internal.extraction.Tally;
import java.time.Duration;
import java.util.List;

/** What an extraction did. Immutable. */
public final class ExtractionResult {

    private final long files;
    private final long directories;
    private final long symbolicLinks;
    private final long hardLinks;
    private final long skipped;
    private final long bytes;
    private final List<ExtractionProblem> problems;
    private final long problemCount;
    private final Duration elapsed;

    ExtractionResult(Tally tally, Duration elapsed) {
        this.files = tally.files();
        this.directories = tally.directories();
        this.symbolicLinks = tally.symbolicLinks();
        this.hardLinks = tally.hardLinks();
        this.skipped = tally.skipped();
        this.bytes = tally.bytes();
        this.problems = tally.problems();
        this.problemCount = tally.problemCount();
        this.elapsed = elapsed;
    }

    /** {@return regular files that were copied} */
    public long files() {
        return files;
    }

    /** {@return directories that were made} */
    public long directories() {
        return directories;
    }

    /** {@return symbolic links that were made} */
    public long symbolicLinks() {
        return symbolicLinks;
    }

    /** {@return further names that were given to files that were copied or there already} */
    public long hardLinks() {
        return hardLinks;
    }

    /** {@return files and symbolic links that were there already} */
    public long skipped() {
        return skipped;
    }

    /** {@return bytes of the files that were copied} */
    public long bytes() {
        return bytes;
    }

    /** {@return what is missing in the target, and why: the first 1,000 entries} */
    public List<ExtractionProblem> problems() {
        return problems;
    }

    /** {@return how many entries were refused or failed, without those below them} */
    public long problemCount() {
        return problemCount;
    }

    /** {@return whether all of the tree that was asked for is in the target} */
    public boolean isComplete() {
        return problemCount == 0;
    }

    /** {@return how long it took, measuring included} */
    public Duration elapsed() {
        return elapsed;
    }

    @Override
    public String toString() {
        return files + " files, " + directories + " directories, " + symbolicLinks + " symbolic links, " + hardLinks
                + " hard links, " + skipped + " there already, " + bytes + " bytes, " + problemCount + " problems";
    }
}
