package dev.pxekit.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code pxekit inspect}: shows what an install image is. */
@Command(
        name = "inspect",
        description =
                "Shows what install images are: volume, views, what firmware boots from them, partitions, and the system that they install"
                        + " with its kernel, boot arguments, repositories, answer files and menus. A directory with the files of an"
                        + " image, or of several, will do too.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  pxekit inspect Rocky-9-x86_64-dvd.iso",
            "  pxekit inspect --json *.iso",
            "  pxekit inspect --view joliet old.iso"
        })
final class InspectCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "IMAGE", arity = "1..*", description = "Install images, or directories with their files.")
    private List<Path> images = List.of();

    @Mixin
    private ImageSelection selection = new ImageSelection();

    @Option(names = "--json", description = "Print an object on one line for each image.")
    private boolean json;

    @Override
    public Integer call() throws CommandFailure, IOException {
        PrintWriter out = spec.commandLine().getOut();
        boolean first = true;
        int problems = 0;
        for (Path image : images) {
            Inspection inspection;
            try {
                inspection = Inspection.of(image, selection);
            } catch (CommandFailure | IOException e) {
                if (images.size() == 1) {
                    throw e;
                }
                spec.commandLine().getErr().println("pxekit: " + Printable.of(image + ": " + e.getMessage()));
                problems++;
                continue;
            }
            if (json) {
                out.println(inspection.json());
            } else {
                if (!first) {
                    out.println();
                }
                inspection.print(out);
            }
            StandardOutput.flush(out);
            first = false;
        }
        return problems == 0 ? 0 : 1;
    }
}
