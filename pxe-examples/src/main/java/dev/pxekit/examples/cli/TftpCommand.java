package dev.pxekit.examples.cli;

import picocli.CommandLine.Command;

/** {@code pxekit tftp}: the TFTP server and the TFTP client, on their own. */
@Command(
        name = "tftp",
        description = "Serves files over TFTP, fetches and sends them, and measures servers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TftpServeCommand.class, TftpGetCommand.class, TftpPutCommand.class, TftpBenchCommand.class})
final class TftpCommand {}
