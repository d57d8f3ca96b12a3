package dev.pxekit.examples.cli;

import dev.pxekit.tftp.OptionPolicy;
import dev.pxekit.tftp.TftpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How a TFTP server is to behave: the options of {@code pxekit tftp serve} that its builder takes. */
final class ServerOptions {

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Address of this machine to listen on. Default: all of them.")
    private @Nullable String bind;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Default: ${DEFAULT-VALUE}; firmware asks no other. 0 takes any free port.")
    private int port = HostAndPort.TFTP_PORT;

    @Option(
            names = "--transport",
            paramLabel = "auto|nio|epoll",
            description = "How packets get to the kernel: by plain Java (nio), or many at a time (epoll, Linux only)."
                    + " Default: epoll where it can be used.")
    private TftpServer.Transport transport = TftpServer.Transport.AUTO;

    @Option(
            names = "--ports",
            paramLabel = "shared|transfer|server",
            description =
                    "The server's port of a transfer: one of a few that all transfers share, which is the fastest; one"
                            + " for each transfer; or the port that is asked, for firewalls and containers. Default: shared.")
    private TftpServer.@Nullable Ports ports;

    @Option(names = "--single-port", description = "The same as --ports server.")
    private boolean singlePort;

    @Option(
            names = "--port-range",
            paramLabel = "FIRST-LAST",
            converter = PortRange.Converter.class,
            description = "Ports to choose from for the transfers. Default: any free port.")
    private @Nullable PortRange portRange;

    @Option(
            names = "--max-block-size",
            paramLabel = "BYTES",
            description =
                    "Largest block to agree to, 512..65464. Default: 65464; 1468 keeps packets whole on Ethernet.")
    private @Nullable Integer maxBlockSize;

    @Option(
            names = "--max-window-size",
            paramLabel = "BLOCKS",
            description = "Largest window to agree to, 1..65535. Default: 64.")
    private @Nullable Integer maxWindowSize;

    @Option(
            names = "--refuse",
            paramLabel = "OPTION",
            description = "Ignore an option of the clients, such as blksize; may be repeated.")
    private List<String> refused = List.of();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "How long to wait for the first answer of a client before sending again. Default: 1.")
    private @Nullable Duration timeout;

    @Option(
            names = "--retries",
            paramLabel = "TIMES",
            description = "How often to send again without an answer, 0..100. Default: 5.")
    private @Nullable Integer retries;

    @Option(
            names = "--max-silence",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "How long a client that has answered may be silent before it is given up, however often it is"
                    + " sent to, 1..86400. Default: 120.")
    private @Nullable Duration maxSilence;

    @Option(
            names = "--max-transfers",
            paramLabel = "COUNT",
            description = "Most transfers at once; further clients are told to try again. Default: 4096.")
    private @Nullable Integer maxTransfers;

    @Option(
            names = "--max-transfers-per-client",
            paramLabel = "COUNT",
            description = "Most transfers at once of one address. Default: 1024.")
    private @Nullable Integer maxTransfersPerClient;

    @Option(
            names = "--max-memory",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description = "Most memory for what is in flight or read ahead, as in 64M. Default: 256M, or half"
                    + " of the largest heap if that is less.")
    private @Nullable Long maxMemory;

    @Option(
            names = "--max-transfer-memory",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description = "Most memory for one transfer, twice what it has in flight. Default: 2M.")
    private @Nullable Long maxTransferMemory;

    @Option(
            names = "--busy-poll",
            paramLabel = "MICROS",
            description =
                    "Go on asking for packets so long after the last one before sleeping, as in 100: faster for clients"
                            + " without windows, at the price of a busy processor while they are served. Default: 50, 0 on one processor.")
    private @Nullable Long busyPollMicros;

    @Option(
            names = "--event-loops",
            paramLabel = "COUNT",
            description = "Threads that move packets. Default: half of the processors, at most 4.")
    private @Nullable Integer eventLoops;

    /** The transport that was asked for. */
    TftpServer.Transport transport() {
        return transport;
    }

    /**
     * Tells a builder everything but the transport.
     *
     * @throws ParameterException if an option is out of range, or two have no meaning together
     */
    void configure(CommandLine command, TftpServer.Builder builder) throws CommandFailure {
        if (singlePort && ports != null && ports != TftpServer.Ports.SERVER) {
            throw new ParameterException(command, "--single-port and --ports contradict each other");
        }
        TftpServer.Ports chosen = singlePort ? TftpServer.Ports.SERVER : ports;
        if (portRange != null && chosen == TftpServer.Ports.SERVER) {
            throw new ParameterException(command, "--port-range has no meaning when all is on one port");
        }
        builder.bind(address(command));
        GivenOptions.apply(command, "--ports", chosen, builder::ports);
        GivenOptions.apply(command, "--port-range", portRange, range -> builder.portRange(range.first(), range.last()));
        GivenOptions.apply(command, "--max-block-size", maxBlockSize, builder::maxBlockSize);
        GivenOptions.apply(command, "--max-window-size", maxWindowSize, builder::maxWindowSize);
        GivenOptions.apply(command, "--timeout", timeout, builder::retransmissionTimeout);
        GivenOptions.apply(command, "--retries", retries, builder::maxRetransmissions);
        GivenOptions.apply(command, "--max-silence", maxSilence, builder::maxSilence);
        GivenOptions.apply(command, "--max-transfers", maxTransfers, builder::maxTransfers);
        GivenOptions.apply(
                command, "--max-transfers-per-client", maxTransfersPerClient, builder::maxTransfersPerClient);
        GivenOptions.apply(command, "--max-memory", maxMemory, builder::maxMemory);
        GivenOptions.apply(
                command,
                "--max-transfer-memory",
                maxTransferMemory,
                bytes -> builder.maxTransferMemory((int) Math.min(bytes, Integer.MAX_VALUE)));
        GivenOptions.apply(
                command,
                "--busy-poll",
                busyPollMicros,
                micros -> builder.busyPoll(Duration.of(micros, ChronoUnit.MICROS)));
        GivenOptions.apply(command, "--event-loops", eventLoops, builder::eventLoops);
        builder.optionPolicy(OptionPolicy.refusing(refused.toArray(String[]::new)));
    }

    private InetSocketAddress address(CommandLine command) throws CommandFailure {
        if (port < 0 || port > 0xFFFF) {
            throw new ParameterException(command, "--port: " + port + " (expected: 0..65535)");
        }
        if (bind == null) {
            return new InetSocketAddress(port);
        }
        try {
            return new InetSocketAddress(InetAddress.getByName(bind), port);
        } catch (UnknownHostException e) {
            throw new CommandFailure("--bind: " + bind + " is no address of this machine (ip address lists them)", e);
        }
    }
}
