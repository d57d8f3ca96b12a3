package dev.pxekit.examples.cli;

import picocli.CommandLine.Command;

/** {@code pxekit dhcp}: reads and writes DHCP messages, and finds out what goes on in a network. */
@Command(
        name = "dhcp",
        description =
                "Shows DHCP messages, out of captures, off the network or as octets, makes them from text, and finds servers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DhcpDiscoverCommand.class,
            DhcpWatchCommand.class,
            DhcpDecodeCommand.class,
            DhcpEncodeCommand.class
        })
final class DhcpCommand {}
