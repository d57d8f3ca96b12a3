package dev.pxekit.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where and how long a command asks who is there, and how it reports: what {@code discover} and {@code doctor} share. */
final class SegmentOptions {

    private static final Duration LONGEST_WINDOW = Duration.ofMinutes(10);

    @Option(
            names = "--interface",
            paramLabel = "IF",
            description =
                    "Interface to ask on, that of the machines that are to boot. Default: the one that is up and has an"
                            + " address, if there is one only.")
    private @Nullable String interfaceName;

    @Option(
            names = "--window",
            paramLabel = "SECONDS",
            converter = Seconds.class,
            description = "How long DHCP servers have to answer, up to 600. Default: 5.")
    private Duration window = Duration.ofSeconds(5);

    @Option(names = "--json", description = "Print an object on one line for each answer or finding.")
    private boolean json;

    /**
     * Complains of what is out of range.
     *
     * @throws ParameterException if the window is
     */
    void check(CommandLine command) {
        if (window.compareTo(LONGEST_WINDOW) > 0) {
            throw new ParameterException(command, "--window: more than 600 seconds");
        }
    }

    /** The interface given, or the only one for IPv4. */
    NetworkInterface networkInterface() throws CommandFailure, IOException {
        return Interfaces.find(
                interfaceName != null ? interfaceName : Interfaces.only().name());
    }

    /** The interface given, or the only one for IPv6. */
    NetworkInterface networkInterface6() throws CommandFailure, IOException {
        return interfaceName != null ? Interfaces.find(interfaceName) : Interfaces.onlyLinkLocal();
    }

    Duration window() {
        return window;
    }

    /**
     * Prints what was found.
     *
     * @param summary the last line for people
     */
    void print(PrintWriter out, List<? extends Reported> found, String summary) throws CommandFailure {
        for (Reported each : found) {
            if (json) {
                out.println(each.json());
            } else {
                each.print(out);
            }
        }
        if (!json) {
            out.println(summary);
        }
        StandardOutput.flush(out);
    }
}
