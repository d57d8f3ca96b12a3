package dev.pxekit.examples.cli;

import dev.pxekit.tftp.DirectoryUploads;
import dev.pxekit.tftp.TftpServer;
import dev.pxekit.tftp.TftpUploads;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Whether the clients of a TFTP server may write, and what. */
final class UploadOptions {

    private static final String SWITCH = "--write";
    private static final String REPLACE = "--replace";
    private static final String REPLACE_ONLY = "--replace-only";
    private static final String MAX_SIZE = "--max-upload-size";

    @Option(
            names = SWITCH,
            description = "Let clients write files that are not there yet into DIR. Default: they are refused.")
    private boolean writable;

    @Option(names = REPLACE, description = "Let them replace files that are there as well.")
    private boolean replacing;

    @Option(names = REPLACE_ONLY, description = "Let them replace files that are there, and write no new ones.")
    private boolean replacingOnly;

    @Option(
            names = MAX_SIZE,
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description = "Largest file that clients may write, as in 16M. Default: no limit.")
    private @Nullable Long maxSize;

    /**
     * Complains of what has no meaning.
     *
     * @throws CommandLine.ParameterException if an option is given that has no meaning without another
     */
    void check(CommandLine command) {
        if (!writable) {
            GivenOptions.requireAbsent(command, REPLACE, replacing, SWITCH);
            GivenOptions.requireAbsent(command, REPLACE_ONLY, replacingOnly, SWITCH);
            GivenOptions.requireAbsent(command, MAX_SIZE, maxSize != null, SWITCH);
        }
    }

    /**
     * Tells a builder.
     *
     * @throws CommandFailure if the files are to be written and cannot be
     */
    void configure(TftpServer.Builder builder, ServedFiles files) throws CommandFailure {
        if (!writable) {
            return;
        }
        if (files.isImage()) {
            throw new CommandFailure(SWITCH + ": " + files + " cannot be changed; give a directory");
        }
        DirectoryUploads uploads = TftpUploads.into(files.root());
        if (replacingOnly) {
            uploads = uploads.replacingOnly();
        } else if (replacing) {
            uploads = uploads.replacing();
        }
        builder.uploads(maxSize == null ? uploads : uploads.upTo(maxSize));
    }
}
