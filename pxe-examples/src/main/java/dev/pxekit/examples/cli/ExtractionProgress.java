package dev.pxekit.examples.cli;

import dev.pxekit.media.ExtractionListener;

/** Shows an extraction, some ten times a second. */
final class ExtractionProgress implements ExtractionListener {

    private static final long PAUSE_NANOS = 100_000_000;

    private final ProgressLine line;
    private long shownAt = System.nanoTime();

    ExtractionProgress(ProgressLine line) {
        this.line = line;
    }

    @Override
    public void progress(long bytes, long total) {
        long now = System.nanoTime();
        if (now - shownAt >= PAUSE_NANOS) {
            shownAt = now;
            line.show(bytes, total);
        }
    }
}
