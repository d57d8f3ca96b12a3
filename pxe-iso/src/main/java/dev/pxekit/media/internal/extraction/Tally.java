package dev.pxekit.media.internal.extraction;

import dev.pxekit.media.ExtractionListener;
import dev.pxekit.media.ExtractionProblem;
import java.util.ArrayList;
import java.util.List;

/** Counts what an extraction does and tells its listener, one call at a time. Thread safe. */
public final class Tally {

    private static final int MOST_PROBLEMS = 1000;

    /** Needs no paths. */
    public static final ExtractionListener NOBODY = new ExtractionListener() {};

    private final ExtractionListener listener;
    private final boolean isWatched;
    private final List<ExtractionProblem> problems = new ArrayList<>();
    private long problemCount;
    private long files;
    private long directories;
    private long symbolicLinks;
    private long hardLinks;
    private long skipped;
    private long bytes;
    private long progress;
    private long total;

    Tally(ExtractionListener listener) {
        this.listener = listener;
        this.isWatched = !listener.equals(NOBODY);
    }

    synchronized void measured(long entries, long totalBytes) {
        total = totalBytes;
        listener.measured(entries, totalBytes);
    }

    synchronized void started(SourceEntry entry) {
        if (isWatched) {
            listener.fileStarted(entry.relative(), entry.size());
        }
    }

    synchronized void wrote(long count) {
        progress += count;
        listener.progress(progress, total);
    }

    synchronized void copied(SourceEntry entry) {
        files++;
        bytes += entry.size();
        if (isWatched) {
            listener.fileFinished(entry.relative(), entry.size());
        }
    }

    synchronized void linked(SourceEntry entry) {
        hardLinks++;
        if (isWatched) {
            listener.fileFinished(entry.relative(), entry.size());
        }
    }

    synchronized void madeLink() {
        symbolicLinks++;
    }

    synchronized void madeDirectory() {
        directories++;
    }

    synchronized void skipped(SourceEntry entry, long size) {
        skipped++;
        if (isWatched) {
            listener.fileSkipped(entry.relative(), size);
        }
    }

    synchronized void problem(ExtractionProblem problem) {
        problemCount++;
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
        listener.problem(problem);
    }

    public synchronized long files() {
        return files;
    }

    public synchronized long directories() {
        return directories;
    }

    public synchronized long symbolicLinks() {
        return symbolicLinks;
    }

    public synchronized long hardLinks() {
        return hardLinks;
    }

    public synchronized long skipped() {
        return skipped;
    }

    public synchronized long bytes() {
        return bytes;
    }

    public synchronized List<ExtractionProblem> problems() {
        return List.copyOf(problems);
    }

    public synchronized long problemCount() {
        return problemCount;
    }
}
