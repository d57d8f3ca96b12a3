package dev.pxekit.examples.cli;

import picocli.CommandLine.Command;

/** {@code pxekit dhcp}: reads and writes DHCP messages. */
@Command(
        name = "dhcp",
        description = "Shows DHCP messages, out of captures or as octets, and makes them from text.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DhcpDecodeCommand.class, DhcpEncodeCommand.class})
final class DhcpCommand {}
