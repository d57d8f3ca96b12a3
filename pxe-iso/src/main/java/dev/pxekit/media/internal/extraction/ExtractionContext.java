package dev.pxekit.media.internal.extraction;

import dev.pxekit.media.ExtractionProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the parts of one extraction share.
 *
 * @param room bytes that may be written beyond those that were measured: of files that the target can't link
 */
record ExtractionContext(SourceTree tree, ExtractionSettings settings, Tally tally, Workers workers, AtomicLong room) {

    void refused(Path relative, String reason) {
        tally.problem(new ExtractionProblem(relative, ExtractionProblem.Kind.REFUSED, reason, Optional.empty()));
    }

    /** Reports an error, unless it comes of being stopped. */
    void failed(Path relative, IOException cause) {
        if (workers.isStopped()) {
            return;
        }
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        tally.problem(new ExtractionProblem(relative, ExtractionProblem.Kind.FAILED, reason, Optional.of(cause)));
        if (settings.stopsAtFirstFailure()) {
            workers.stop(cause);
        }
    }
}
