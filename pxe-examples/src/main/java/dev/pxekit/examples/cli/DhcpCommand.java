package dev.pxekit.examples.cli;

import picocli.CommandLine.Command;

/** {@code pxekit dhcp}: reads and writes DHCP messages, and finds out what goes on in a network. */
@Command(
        name = "dhcp",
        description =
                "Serves addresses and boot files, finds servers, and shows DHCP messages out of captures, off the network or as"
                        + " octets.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DhcpServeCommand.class,
            DhcpProxyCommand.class,
            DhcpLeasesCommand.class,
            DhcpDiscoverCommand.class,
            DhcpWatchCommand.class,
            DhcpDecodeCommand.class,
            DhcpEncodeCommand.class
        })
final class DhcpCommand {}
