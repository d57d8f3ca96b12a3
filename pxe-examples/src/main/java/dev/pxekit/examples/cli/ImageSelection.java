package dev.pxekit.examples.cli;

import dev.pxekit.iso.IsoOptions;
import dev.pxekit.iso.IsoView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the trees of an image is shown. */
final class ImageSelection {

    @Option(
            names = "--view",
            paramLabel = "VIEW",
            description = "Which tree of the image: ${COMPLETION-CANDIDATES}. Default: the richest that it has.")
    private @Nullable IsoView view;

    @Option(
            names = "--session",
            paramLabel = "SECTOR",
            description = "The sector of 2,048 bytes that the session begins at which is shown, of an image that has "
                    + "several. Default: 0, which is the last session of most.")
    private long session;

    /** Whether something was asked for. */
    boolean isSet() {
        return view != null || session != 0;
    }

    /** What an image is opened with. */
    IsoOptions options() throws CommandFailure {
        if (session < 0) {
            throw new CommandFailure("--session: " + session + " (expected: a sector, 0 or more)");
        }
        IsoOptions.Builder options = IsoOptions.builder().sessionStart(session);
        if (view != null) {
            options.view(view);
        }
        return options.build();
    }
}
