package dev.pxekit.examples.cli;

import dev.pxekit.iso.IsoOptions;
import dev.pxekit.iso.IsoView;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
            description =
                    "The sector of 2,048 bytes that the session begins at which is shown, of each image. Default: 0, "
                            + "which is the last session of most that have several.")
    private @Nullable Long session;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /** Whether something was asked for. */
    boolean isSet() {
        return view != null || session != null;
    }

    /**
     * What an image is opened with.
     *
     * @throws CommandLine.ParameterException if there can be no such session
     */
    IsoOptions options() {
        IsoOptions.Builder options = IsoOptions.builder();
        GivenOptions.apply(command.commandLine(), "--session", session, options::sessionStart);
        if (view != null) {
            options.view(view);
        }
        return options.build();
    }
}
