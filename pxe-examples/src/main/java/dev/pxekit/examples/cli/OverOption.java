package dev.pxekit.examples.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Images over the one that is named, for commands whose further parameters are paths in it. */
final class OverOption {

    @Option(
            names = "--over",
            paramLabel = "IMAGE",
            description = "A further image over it: of files that both have, its one counts. May be repeated.")
    private List<Path> images = new ArrayList<>();

    /** All images, the one below first. */
    List<Path> over(Path image) {
        List<Path> all = new ArrayList<>(List.of(image));
        all.addAll(images);
        return all;
    }
}
