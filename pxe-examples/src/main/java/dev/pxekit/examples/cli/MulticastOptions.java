package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.lease.AddressPool;
import dev.pxekit.tftp.MulticastRange;
import dev.pxekit.tftp.TftpServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Whether a TFTP server sends a file to many clients at once, and on which addresses. */
final class MulticastOptions {

    private static final String SWITCH = "--multicast";
    private static final String ADDRESSES = "--multicast-addresses";
    private static final String PORT = "--multicast-port";
    private static final String TIME_TO_LIVE = "--multicast-ttl";

    @Option(
            names = SWITCH,
            description =
                    "Send a file once to all clients that ask for the option multicast (RFC 2090). For trusted networks"
                            + " only. Default: off.")
    private boolean multicast;

    @Option(
            names = ADDRESSES,
            paramLabel = "FIRST-LAST",
            description = "IPv4 addresses of the groups of clients. Default: 239.255.0.0-239.255.0.255.")
    private @Nullable String addresses;

    @Option(names = PORT, paramLabel = "PORT", description = "UDP port of the groups. Default: 1758.")
    private @Nullable Integer port;

    @Option(
            names = TIME_TO_LIVE,
            paramLabel = "HOPS",
            description = "Time to live of the packets, 1..255; 1 keeps them in the server's network. Default: 1.")
    private @Nullable Integer timeToLive;

    private MulticastRange range = MulticastRange.DEFAULT;

    /**
     * Tells a builder.
     *
     * @throws CommandLine.ParameterException if an option is out of range, or has no meaning without another
     */
    void configure(CommandLine command, TftpServer.Builder builder) {
        if (!multicast) {
            GivenOptions.requireAbsent(command, ADDRESSES, addresses != null, SWITCH);
            GivenOptions.requireAbsent(command, PORT, port != null, SWITCH);
            GivenOptions.requireAbsent(command, TIME_TO_LIVE, timeToLive != null, SWITCH);
            return;
        }
        GivenOptions.apply(command, ADDRESSES, addresses, this::addresses);
        GivenOptions.apply(
                command,
                PORT,
                port,
                given -> range = new MulticastRange(range.first(), range.addresses(), given, range.timeToLive()));
        GivenOptions.apply(
                command,
                TIME_TO_LIVE,
                timeToLive,
                given -> range = new MulticastRange(range.first(), range.addresses(), range.port(), given));
        builder.multicast(range);
    }

    private void addresses(String text) {
        AddressPool pool = Ipv4.range(ADDRESSES, text);
        int count = (int) Math.min(pool.size(), Integer.MAX_VALUE);
        range = new MulticastRange(pool.first(), count, range.port(), range.timeToLive());
    }
}
