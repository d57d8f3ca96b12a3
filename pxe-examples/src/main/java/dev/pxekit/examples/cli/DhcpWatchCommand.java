package dev.pxekit.examples.cli;

import dev.pxekit.dhcp.DhcpFormatException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pxekit dhcp watch}: shows the DHCP conversations of a network as they go on. */
@Command(
        name = "watch",
        description = "Shows the DHCP conversations that this machine can see, as they go on, until Ctrl-C.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nWhat is seen:%n",
        footer = {
            "  Without --capture: broadcasts to ports 67 and 68 of any interface, and what DHCPv6 clients send to all",
            "  servers. That leaves out everything by unicast: renewals, relay agents, port 4011, replies to clients that",
            "  do not ask for broadcasts, and all that DHCPv6 servers say. Java does not tell which interface a broadcast",
            "  came in by. Nothing is taken away from servers and clients of this machine.",
            "  With --capture: everything that the capture has.",
            "",
            "Examples:",
            "  pxekit dhcp watch",
            "  tcpdump -i eth0 -U -w - 'udp port 67 or 68 or 4011 or 546 or 547' | pxekit dhcp watch --capture -"
        })
final class DhcpWatchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--interface",
            paramLabel = "IF",
            description = "Hear DHCPv6 clients on this interface alone; default: all interfaces.")
    private @Nullable String interfaceName;

    @Option(
            names = "--capture",
            paramLabel = "FILE|-",
            description = "Read a pcap or pcapng capture in place of the network: a file, read on as it grows, or - for"
                    + " standard input.")
    private @Nullable String capture;

    @Option(names = "--json", description = "Print an object on one line for each message.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Print the text form of each message below its line.")
    private boolean verbose;

    /** Where messages come from, one after the other. */
    private interface Source {
        Optional<MessageInput.Payload> next() throws CommandFailure, IOException;
    }

    @Override
    public Integer call() throws CommandFailure, IOException {
        endAtSignal(Thread.currentThread());
        if (capture != null) {
            try (MessageInput messages = MessageInput.openGrowing(capture)) {
                watch(messages::next);
                messages.printNotes(spec.commandLine().getErr());
            }
            return 0;
        }
        try (BroadcastSockets sockets = BroadcastSockets.open(interfaces())) {
            PrintWriter err = spec.commandLine().getErr();
            sockets.notes().forEach(note -> err.println("pxekit: " + note));
            err.println("pxekit: watching broadcasts; what goes by unicast is not seen (pxekit dhcp watch --help)");
            err.flush();
            watch(sockets::next);
        }
        return 0;
    }

    /** Ctrl-C ends the wait for the next message. */
    private static void endAtSignal(Thread watching) {
        StopSignals signals = StopSignals.listen(watching::interrupt);
        Thread waiting = new Thread(
                () -> {
                    try {
                        signals.await();
                        watching.interrupt();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "stop signal");
        waiting.setDaemon(true);
        waiting.start();
    }

    private List<NetworkInterface> interfaces() throws CommandFailure, SocketException {
        return interfaceName != null ? List.of(Interfaces.find(interfaceName)) : Interfaces.multicast();
    }

    private void watch(Source source) throws CommandFailure, IOException {
        PrintWriter out = spec.commandLine().getOut();
        MessagePrinter printer = new MessagePrinter(out, json ? MessageFormat.JSON : MessageFormat.SUMMARY, verbose);
        for (var payload = source.next(); payload.isPresent(); payload = source.next()) {
            try {
                printer.print(payload.get(), payload.get().decode(DecodedMessage.ANY_FAMILY));
            } catch (DhcpFormatException e) {
                printer.print(payload.get(), e);
            }
            StandardOutput.flush(out);
        }
        PrintWriter totals = json ? spec.commandLine().getErr() : out;
        totals.println((json ? "pxekit: " : System.lineSeparator()) + printer.total());
        totals.flush();
        // The interruption has done what it was for.
        Thread.interrupted();
    }
}
