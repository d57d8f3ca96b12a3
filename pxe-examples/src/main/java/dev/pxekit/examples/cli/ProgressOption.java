package dev.pxekit.examples.cli;

import dev.pxekit.tftp.TftpClient;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Whether a transfer is watched. */
final class ProgressOption {

    @Option(
            names = "--progress",
            negatable = true,
            description = "Show how far the transfer is, on standard error. Default: if this is a terminal.")
    private @Nullable Boolean progress;

    /** Lets the command's standard error show the one transfer of a client, if that is wanted. */
    void configure(CommandLine command, TftpClient.Builder builder) {
        if (isWanted()) {
            builder.listener(new TransferProgress(new ProgressLine(command.getErr())));
        }
    }

    boolean isWanted() {
        return progress == null ? CommandLine.Help.Ansi.AUTO.enabled() : progress;
    }
}
