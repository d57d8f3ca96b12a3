package dev.pxekit.examples.cli;

import dev.pxekit.iso.IsoView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the trees of an image is shown. */
final class ViewOption {

    @Option(
            names = "--view",
            paramLabel = "VIEW",
            description = "Which tree of the image: ${COMPLETION-CANDIDATES}. Default: the richest that it has.")
    private @Nullable IsoView view;

    /** The tree asked for, or {@code null}. */
    @Nullable
    IsoView view() {
        return view;
    }
}
