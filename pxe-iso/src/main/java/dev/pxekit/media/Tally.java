package dev.pxekit.media;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Counts what an extraction does and tells its listener, one call at a time. Thread safe. */
final class Tally {

    private static final int MOST_PROBLEMS = 1000;

    private final ExtractionListener listener;
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
    }

    synchronized void measured(long entries, long totalBytes) {
        total = totalBytes;
        listener.measured(entries, totalBytes);
    }

    synchronized void started(Path path, long size) {
        listener.fileStarted(path, size);
    }

    synchronized void wrote(long count) {
        progress += count;
        listener.progress(progress, total);
    }

    synchronized void copied(Path path, long size) {
        files++;
        bytes += size;
        listener.fileFinished(path, size);
    }

    synchronized void linked(Path path, long size) {
        hardLinks++;
        listener.fileFinished(path, size);
    }

    synchronized void madeLink() {
        symbolicLinks++;
    }

    synchronized void madeDirectory() {
        directories++;
    }

    synchronized void skipped(Path path, long size) {
        skipped++;
        listener.fileSkipped(path, size);
    }

    synchronized void problem(ExtractionProblem problem) {
        problemCount++;
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
        listener.problem(problem);
    }

    synchronized long files() {
        return files;
    }

    synchronized long directories() {
        return directories;
    }

    synchronized long symbolicLinks() {
        return symbolicLinks;
    }

    synchronized long hardLinks() {
        return hardLinks;
    }

    synchronized long skipped() {
        return skipped;
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized List<ExtractionProblem> problems() {
        return List.copyOf(problems);
    }

    synchronized long problemCount() {
        return problemCount;
    }
}
