package dev.pxekit.examples.cli;

import dev.pxekit.examples.NetworkBootstrapPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the network bootstrap programs that a command line asks for, or says what to install. */
final class Programs {

    private Programs() {}

    /** The programs of a directory if one is given, else the installed ones. */
    static NetworkBootstrapPrograms find(@Nullable Path directory) throws CommandFailure, IOException {
        if (directory != null) {
            return in(directory);
        }
        return NetworkBootstrapPrograms.installed()
                .orElseThrow(
                        () -> new CommandFailure(
                                "iPXE's network bootstrap programs are not installed: install the package"
                                        + " ipxe (Debian, Ubuntu) or ipxe-bootimgs (Fedora, RHEL), or name their directory with --programs DIR"));
    }

    /** The programs of a directory. */
    static NetworkBootstrapPrograms in(Path directory) throws CommandFailure, IOException {
        if (!Files.isReadable(directory)) {
            throw new CommandFailure("--programs: no such directory, or no permission to read it: " + directory);
        }
        return NetworkBootstrapPrograms.in(directory)
                .orElseThrow(() -> new CommandFailure("no network bootstrap program in " + directory
                        + " (looked for undionly.kpxe, snponly.efi and the like)"));
    }
}
